"""What a promise of a host is: something to try, and an outcome in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from community_dashboard.host.interface import Host
from referral_xblock.api import Outcome


class BrokenError(Exception):
    """The promise is not kept; the message says what was seen."""


class NotApplicableError(Exception):
    """The promise cannot be tried here; the message says why."""


@dataclass(frozen=True)
class Subject:
    """What the checks are about."""

    host: Host
    course_key: Any

    def roster_ids(self, limit: int = 200) -> list[int]:
        """Some people of the course; NotApplicableError if nobody is in it."""
        found = [member.user_id for member in self.host.roster(self.course_key, limit=limit)]
        if not found:
            raise NotApplicableError("Nobody is in the course.")
        return found


Check = Callable[[Subject], str | None]


def expect(holds: bool, seen: str) -> None:
    """Raises with what was seen unless it holds."""
    if not holds:
        raise BrokenError(seen)


def outcome_of(check: Callable[..., str | None], *subject: Any) -> Outcome:
    """One check in a savepoint; its name is the first line of its docstring. Whoever raises otherwise broke a promise."""
    name = (check.__doc__ or check.__name__).strip().splitlines()[0]
    try:
        with transaction.atomic():
            seen = check(*subject) or ""
    except NotApplicableError as reason:
        return Outcome(name, None, str(reason))
    except BrokenError as finding:
        return Outcome(name, False, str(finding))
    except Exception as error:
        return Outcome(name, False, f"It raised {type(error).__name__}: {error}")
    return Outcome(name, True, seen)
