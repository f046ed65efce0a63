"""How far somebody came in a course."""

from __future__ import annotations

from typing import Any

from referral_xblock.host.edx_platform.answering import is_course, or_else


class Progress:
    """Grades, certificates and completion."""

    def has_passed(self, user: Any, course_key: Any) -> bool:
        """Two queries, three for who does not pass by the grade."""
        if not user.is_authenticated or not is_course(course_key):
            return False
        return _passes(user, course_key) or _has_certificate(user, course_key)

    @or_else(float)
    def completion_share(self, user: Any, course_key: Any) -> float:
        """Completed blocks of those that this learner is given and can complete; of the whole course, begun or not.

        The platform's own summary counts units, and a unit that holds nothing to complete as done; ours counts blocks, as
        the policy says. Two queries beside the collected blocks, and a walk over them: up to a second for a large course,
        so that it belongs into a task.
        """
        from lms.djangoapps.course_api.blocks.transformers.block_completion import BlockCompletionTransformer
        from lms.djangoapps.course_blocks.api import get_course_blocks
        from xmodule.modulestore.django import modulestore
        from xmodule.modulestore.exceptions import ItemNotFoundError

        if not user.is_authenticated or not is_course(course_key):
            return 0.0
        try:
            root = modulestore().make_course_usage_key(course_key)
            blocks = get_course_blocks(user, root, allow_start_dates_in_future=True, include_completion=True)
        except ItemNotFoundError:  # the course is gone
            return 0.0
        shares = [BlockCompletionTransformer.get_block_completion(blocks, key) for key in blocks.get_block_keys()]
        completable = [share for share in shares if share is not None]
        return sum(share >= 1 for share in completable) / len(completable) if completable else 0.0


@or_else(bool)
def _passes(user: Any, course_key: Any) -> bool:
    """By the stored grade; it is never computed here. One query."""
    from lms.djangoapps.grades.api import CourseGradeFactory

    return bool(CourseGradeFactory().read(user, course_key=course_key).passed)


@or_else(bool)
def _has_certificate(user: Any, course_key: Any) -> bool:
    """A certificate that says so; those of the audit track do not. One query, two if there is one."""
    from lms.djangoapps.certificates.api import get_certificate_for_user

    found = get_certificate_for_user(user.username, course_key)
    return bool(found and found["is_passing"])
