"""What a promise of a host is: something to try, and an outcome in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from referral_xblock.data import Course, Outcome
from referral_xblock.host.interface import Host


class BrokenError(Exception):
    """The promise is not kept; the message says what was seen."""


class NotApplicableError(Exception):
    """The promise cannot be tried here; the message says why."""


@dataclass(frozen=True)
class Subject:
    """What the checks are about. `learner` is somebody who is in the course, if anybody is; `usage_key` a block of ours."""

    host: Host
    course_key: Any
    learner: Any | None = None
    usage_key: Any | None = None

    def course(self) -> Course:
        """The course that the checks are run for; its absence is a finding."""
        course = self.host.course(self.course_key)
        expect(course is not None, f"There is no course {self.course_key}.")
        return course  # type: ignore[return-value]

    def person(self) -> Any:
        """Somebody who is in the course."""
        if self.learner is None:
            raise NotApplicableError("Nobody is in the course.")
        return self.learner


Check = Callable[[Subject], str | None]


def expect(holds: bool, seen: str) -> None:
    """Raises with what was seen unless it holds."""
    if not holds:
        raise BrokenError(seen)


def outcome_of(check: Check, subject: Subject) -> Outcome:
    """One check; its name is the first line of its docstring. What it may have changed is rolled back."""
    name = (check.__doc__ or check.__name__).strip().splitlines()[0]
    try:
        with transaction.atomic():
            seen = check(subject) or ""
            transaction.set_rollback(True)
    except NotApplicableError as reason:
        return Outcome(name, None, str(reason))
    except BrokenError as finding:
        return Outcome(name, False, str(finding))
    except Exception as error:  # a host that raises breaks its first promise
        return Outcome(name, False, f"It raised {type(error).__name__}: {error}")
    return Outcome(name, True, seen)
