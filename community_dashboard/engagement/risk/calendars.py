"""On which days something is due for whom, and what was known of that on a day in the past. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Calendar:
    """One learner's deadlines: (since, days in order) from the beginning (None) and from the day of every change on."""

    versions: tuple[tuple[date | None, tuple[date, ...]], ...] = ()

    def known(self, on: date) -> tuple[date, ...]:
        """The days as they stood at the end of `on`."""
        found: tuple[date, ...] = ()
        for since, days in self.versions:
            if since is None or since <= on:
                found = days
        return found

    def last(self, on: date) -> date | None:
        """The last deadline that had gone by at the end of `on`."""
        return max((day for day in self.known(on) if day <= on), default=None)

    def stood(self, due: date, *, since: date) -> bool:
        """Whether `due` was the next deadline after the day `since` to the end, and was not moved, nor another put before it."""
        return all(
            min((day for day in self.known(on) if day > since), default=None) == due
            for on in (since, due, *(changed for changed, _ in self.versions if changed and since < changed < due))
        )


@dataclass(frozen=True)
class Calendars:
    """The deadlines of all learners, and of those who have their own."""

    shared: Calendar = Calendar()
    own: Mapping[int, Calendar] = field(default_factory=dict)

    def of(self, person: int) -> Calendar:
        """What is due for this learner."""
        return self.own.get(person, self.shared)

    def distinct(self) -> set[Calendar]:
        """Every calendar that somebody may have."""
        return {self.shared, *self.own.values()}


NO_DEADLINES = Calendars()
