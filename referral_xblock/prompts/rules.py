"""When somebody may be asked to invite. Plain Python.

A prompt comes soon after something good, stands for an hour at most, and then there is none for seven days, whatever the
course and whatever was answered. Never for who said never, for who is held out, after a stumble, or before a deadline.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

REST = timedelta(days=7)  # between two prompts, and after an answer, over all courses
FRESH = timedelta(days=2)  # so long after a moment it is still one
STANDS = timedelta(hours=1)  # a prompt that nobody answered is seen again when the page is loaded again
QUIET_AFTER_A_STUMBLE = timedelta(days=1)
QUIET_BEFORE_A_DEADLINE = timedelta(hours=48)


class Kind(StrEnum):
    """What happened. The values stand in a table."""

    CERTIFICATE = "certificate"
    ANSWER = "answer"
    UNIT = "unit"
    STUMBLE = "stumble"


# Of two good moments, the first of these is spoken of.
GOOD = (Kind.CERTIFICATE, Kind.ANSWER, Kind.UNIT)


@dataclass(frozen=True)
class Moment:
    """Something happened to a person in one course."""

    kind: Kind
    at: datetime


@dataclass(frozen=True)
class History:
    """What is known of a person over all courses."""

    prompted_at: datetime | None = None  # when the last prompt was seen first
    prompted_for: str = ""  # the course and the kind of the moment, as the caller names them
    answered_at: datetime | None = None  # "not now", of that prompt or an earlier one
    never: bool = False

    def rests(self, now: datetime) -> bool:
        """Whether the last prompt or answer is less than seven days ago."""
        return any(moment is not None and now - moment < REST for moment in (self.prompted_at, self.answered_at))

    def stands(self, what: str, now: datetime) -> bool:
        """Whether the prompt for this is still there: seen less than an hour ago and not answered."""
        if self.prompted_at is None or self.prompted_for != what:
            return False
        answered = self.answered_at is not None and self.answered_at >= self.prompted_at
        return not answered and timedelta(0) <= now - self.prompted_at < STANDS


def best(moments: Collection[Moment], *, now: datetime) -> Moment | None:
    """The good moment of a course to speak of now; None if there is none, or a stumble stands in the way."""
    stumbles = [moment.at for moment in moments if moment.kind is Kind.STUMBLE]
    if any(now - at < QUIET_AFTER_A_STUMBLE for at in stumbles):
        return None
    fresh = [
        moment
        for moment in moments
        if moment.kind in GOOD and timedelta(0) <= now - moment.at < FRESH and all(at < moment.at for at in stumbles)
    ]
    return min(fresh, key=lambda moment: GOOD.index(moment.kind)) if fresh else None


def may_prompt(
    history: History, moment: Moment | None, *, what: str, held_out: bool, deadline: datetime | None, now: datetime
) -> bool:
    """Whether the prompt for this moment may be seen now. `deadline` is the next one, None if none is known."""
    if moment is None or held_out or history.never:
        return False
    if deadline is not None and timedelta(0) <= deadline - now < QUIET_BEFORE_A_DEADLINE:
        return False
    return history.stands(what, now) or not history.rests(now)
