"""Where one person stands in one course, from the person's days alone. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from community_dashboard.activity.rollup.weeks import monday_of

LONGEST = 63  # weeks that fit into the bits


@dataclass
class Reckoned:
    """What the days of one person come to; add them in their order."""

    today: date
    enrolled_at: datetime | None = None
    left_at: datetime | None = None
    passed_at: datetime | None = None
    certified_at: datetime | None = None
    started_at: datetime | None = None
    last_at: datetime | None = None
    last_block: str = ""
    completed: int = 0
    watched: int = 0
    tried: int = 0
    opened: int = 0
    posts: int = 0
    answers: int = 0
    invited: int = 0
    learned: list[date] = field(default_factory=list)

    def add(self, one: Any) -> None:
        """One more day: a row with the columns of `DayRow`."""
        self.completed += one.completed
        self.watched += one.watched
        self.tried += one.tried
        self.opened += one.opened
        self.posts += one.posted
        self.answers += one.answered
        self.invited += one.brought
        if one.learning:
            self.learned.append(one.day)
            self.started_at = self.started_at or one.first_at
            self.last_at = one.last_at
        self.last_block = one.last_block or self.last_block
        self.enrolled_at = self.enrolled_at or one.enrolled_at
        self.passed_at = self.passed_at or one.passed_at
        self.certified_at = self.certified_at or one.certified_at
        self.left_at = one.left_at or self.left_at

    def columns(self) -> dict[str, Any]:
        """As columns of `LearnerState`, as far as the days know them."""
        return {
            "enrolled_at": self.enrolled_at,
            "left_at": self.left_at,
            "passed_at": self.passed_at,
            "certified_at": self.certified_at,
            "started_at": self.started_at,
            "last_at": self.last_at,
            "last_block": self.last_block,
            "completed": self.completed,
            "watched": self.watched,
            "tried": self.tried,
            "opened": self.opened,
            "posts": self.posts,
            "answers": self.answers,
            "invited": self.invited,
            "days": len(self.learned),
            "days_7": self._days(0, 7),
            "days_before_7": self._days(7, 14),
            "pause": longest_pause(self.learned, self.today),
            "weeks": weeks_bits(self.learned, self.enrolled_at.date()) if self.enrolled_at else 0,
        }

    def _days(self, newest: int, oldest: int) -> int:
        return sum(newest <= (self.today - day).days < oldest for day in self.learned)


def longest_pause(learned: Iterable[date], today: date) -> int:
    """The most days in a row without learning, between two days with it of which the later is one of the last seven."""
    longest, before = 0, None
    for day in learned:
        if before is not None and 0 <= (today - day).days < 7:
            longest = max(longest, (day - before).days - 1)
        before = day
    return longest


def weeks_bits(learned: Iterable[date], enrolled_on: date) -> int:
    """Bit n: learning in the n-th week (Monday to Sunday) after that of enrolling."""
    bits, monday = 0, monday_of(enrolled_on)
    for day in learned:
        week = (day - monday).days // 7
        if 0 <= week < LONGEST:
            bits |= 1 << week
    return bits
