"""Names of the LMS that published apps import and that exist nowhere else. Used only where there is no LMS."""

import sys
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.dispatch import Signal


class CourseWaffleFlag:
    """A flag per course that nobody can turn: on for the forum in this database, off for everything else."""

    ON = frozenset({"forum_v2.enable_mysql_backend", "discussions.enable_forum_v2"})

    def __init__(self, name: str, module_name: str = "", log_prefix: str = "") -> None:
        self.name = name

    def is_enabled(self, course_key: Any = None) -> bool:
        """Whether the flag is on; the same for every course."""
        return self.name in self.ON


class BearerAuthenticationAllowInactiveUser:
    """Recognises nobody: the demo hands out no bearer tokens, sessions do the work."""

    def authenticate(self, request: Any) -> None:
        """Leaves the request to the next way of signing in."""

    def authenticate_header(self, request: Any) -> str:
        """What a client without a session is told."""
        return "Bearer"


class CourseEnrollment:
    """What completion's web API asks before it takes a learner's word."""

    @staticmethod
    def is_enrolled(user: Any, course_key: Any) -> bool:
        """Whether the person is enrolled now. One query."""
        from demo.campus.queries import enrolment

        row = enrolment(user, course_key)
        return row is not None and row.active


def get_blocks(request: Any, usage_key: Any, **wanted: Any) -> dict[str, dict[str, Any]]:
    """The platform's tree of blocks below a unit; the demo answers with the unit alone."""
    return {"blocks": {str(usage_key): {"id": str(usage_key), "type": usage_key.block_type}}}


NAMES: dict[str, dict[str, Any]] = {
    "lms.djangoapps.grades.signals.signals": {
        "PROBLEM_WEIGHTED_SCORE_CHANGED": Signal(),
        "PROBLEM_RAW_SCORE_CHANGED": Signal(),
        "COURSE_GRADE_PASSED_FIRST_TIME": Signal(),
    },
    "lms.djangoapps.course_api.blocks.api": {"get_blocks": get_blocks},
    "common.djangoapps.student.models": {"CourseEnrollment": CourseEnrollment},
    "openedx.core.djangoapps.waffle_utils": {"CourseWaffleFlag": CourseWaffleFlag},
    "openedx.core.lib.api.authentication": {
        "BearerAuthenticationAllowInactiveUser": BearerAuthenticationAllowInactiveUser
    },
    # Sent by the platform's discussion API for what has no event of its own.
    "openedx.core.djangoapps.django_comment_common.signals": {
        f"{post}_{what}": Signal()
        for post, happened in {
            "thread": ("created", "edited", "deleted", "voted", "followed", "unfollowed", "flagged"),
            "comment": ("created", "edited", "deleted", "voted", "endorsed", "flagged"),
        }.items()
        for what in happened
    },
    "openedx.core.djangoapps.user_api.accounts.signals": {
        "USER_RETIRE_MAILINGS": Signal(),
        "USER_RETIRE_LMS_CRITICAL": Signal(),
        "USER_RETIRE_LMS_MISC": Signal(),
    },
}


def install_stubs() -> bool:
    """Makes the names importable; does nothing and returns False where the LMS itself can be imported, or a second time."""
    if "lms" in sys.modules or find_spec("lms") is not None:
        return False
    for path, names in NAMES.items():
        parts = path.split(".")
        for depth in range(1, len(parts) + 1):
            name = ".".join(parts[:depth])
            if name not in sys.modules:
                module = ModuleType(name)
                module.__path__ = []  # a package without a folder: what is not named above stays unknown
                sys.modules[name] = module
                if depth > 1:
                    setattr(sys.modules[".".join(parts[: depth - 1])], parts[depth - 1], module)
        for name, value in names.items():
            setattr(sys.modules[path], name, value)
    return True
