"""What is due for one learner, from what a platform keeps: dates of the course, the own schedule, more time that was given.

Plain Python, for hosts. The arithmetic is that of edx-when: a date that counts from the schedule's start never lies behind the
end of the course, and there is none for who began too late to reach them all, or after the end.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from community_dashboard.data import Due


@dataclass(frozen=True)
class CourseDate:
    """When a block is due: at a moment, or so long after the start of the learner's schedule."""

    block: Hashable
    moment: datetime | None = None
    after: timedelta | None = None


@dataclass(frozen=True)
class Start:
    """From `since` on the learner's schedule began at `at`."""

    since: datetime
    at: datetime


@dataclass(frozen=True)
class Extension:
    """More time for one block, given at a moment: until a moment, or so much longer; neither takes back what was given."""

    block: Hashable
    given: datetime
    moment: datetime | None = None
    longer: timedelta | None = None


class CourseCalendar:
    """The dates of one course. Of a learner without extensions only the distinct dates are reckoned, not one for each block."""

    def __init__(self, dates: Sequence[CourseDate], *, end: datetime | None = None) -> None:
        self._by_block = {one.block: one for one in dates}
        self._distinct = _distinct(self._by_block.values())
        self._end = end
        longest = max((one.after for one in dates if one.after is not None), default=timedelta())
        self._latest = None if end is None else end - longest  # to begin and still have time for all
        self.is_relative = any(one.after is not None for one in dates)

    def of(
        self,
        *,
        starts: Iterable[Start] = (),
        extensions: Sequence[Extension] = (),
        scheduled: datetime | None = None,
    ) -> list[Due]:
        """What was due for a learner from the beginning, and from each moment on at which that changed.

        Of two extensions of a block the later one in `extensions` holds. `scheduled`: when the schedule was made.
        """
        begun = sorted(starts, key=lambda start: start.since)
        known = [one for one in extensions if one.block in self._by_block]
        found = [Due(None, self._moments(None, (), scheduled))]
        for since in sorted({start.since for start in begun} | {one.given for one in known}):
            start = next((one.at for one in reversed(begun) if one.since <= since), None)
            moments = self._moments(start, [one for one in known if one.given <= since], scheduled)
            if moments != found[-1].moments:
                found.append(Due(since, moments))
        return found

    def _moments(
        self, start: datetime | None, given: Sequence[Extension], scheduled: datetime | None
    ) -> tuple[datetime, ...]:
        extended = {one.block: moment for one in given if (moment := self._extended(one, start)) is not None}
        usual = self._distinct
        if extended:
            usual = _distinct(one for one in self._by_block.values() if one.block not in extended)
        due = {self._usual(one, start, scheduled) for one in usual} | set(extended.values())
        return tuple(sorted(moment for moment in due if moment is not None))

    def _usual(self, one: CourseDate, start: datetime | None, scheduled: datetime | None) -> datetime | None:
        moment = _of_schedule(one, start)
        if one.after is None or moment is None or start is None or self._end is None or self._latest is None:
            return moment
        if start > self._end or (scheduled is not None and scheduled > self._latest):
            return None
        return min(moment, self._end)

    def _extended(self, one: Extension, start: datetime | None) -> datetime | None:
        """May lie behind the end of the course: that is what it was given for."""
        if one.moment is not None:
            return one.moment
        usual = _of_schedule(self._by_block[one.block], start)
        return usual + one.longer if usual is not None and start is not None and one.longer is not None else usual


def _of_schedule(one: CourseDate, start: datetime | None) -> datetime | None:
    if one.after is None:
        return one.moment
    return None if start is None else start + one.after


def _distinct(dates: Iterable[CourseDate]) -> list[CourseDate]:
    return [CourseDate(None, *when) for when in {(one.moment, one.after) for one in dates}]
