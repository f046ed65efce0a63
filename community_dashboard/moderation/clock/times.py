"""Course hours: which moments of a week count, and how many seconds of them lie between two moments. Plain Python.

A moment counts if the wall clock in the course's time zone shows an open time on a day that is no holiday. Where clocks go
forward the missing hour cannot count; where they go back the hour that comes twice counts twice. Moments are whole seconds
since 1970 (UTC) inside, and aware datetimes at the border.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import accumulate, repeat
from zoneinfo import ZoneInfo

DAY = 86_400
MINUTE = 60
WEEK_DAYS = 7
THURSDAY = 3  # the day of the week on which 1970 began
FULL_DAY = ((0, 1440),)
EARLIEST = -(2**62)  # before every moment
YEARS_AHEAD = 4  # how far a due moment is looked for: holidays cannot be longer

Opening = tuple[int, int]  # minutes of the day, from and until, 0 to 1440
Week = tuple[tuple[Opening, ...], ...]  # Monday first


@dataclass(frozen=True)
class Calendar:
    """The hours of a course. With nothing given every moment counts."""

    zone: str = "UTC"
    week: Week = (FULL_DAY,) * WEEK_DAYS
    holidays: frozenset[date] = frozenset()

    @property
    def always_open(self) -> bool:
        """Whether every moment counts."""
        return self.week == (FULL_DAY,) * WEEK_DAYS and not self.holidays

    @property
    def hours_a_week(self) -> float:
        """Open hours in a week without holidays."""
        return sum(until - start for day in self.week for start, until in day) / 60


ALWAYS = Calendar()


class OpenTime:
    """The open stretches of a calendar between two moments, ready to be asked often.

    Built once for the period of a page: about 10 microseconds a day; each question costs one search.
    """

    def __init__(self, calendar: Calendar, start: datetime, end: datetime) -> None:
        self.calendar = calendar
        self.start, self.end = seconds(start), max(seconds(start), seconds(end))
        if calendar.always_open:
            stretches = [(self.start, self.end)] if self.end > self.start else []
        else:
            stretches = list(_joined(_stretches(calendar, self.start, self.end)))
        self._starts = [start for start, _end in stretches]
        self._sums = [0, *accumulate(end - start for start, end in stretches)]
        # Before the first stretch no second was open, as at the end of one that ended before everything.
        self._ends = [EARLIEST, *(end for _start, end in stretches)]
        self._closed = [end - total for end, total in zip(self._ends, self._sums, strict=True)]

    def until_each(self, moments: Sequence[int]) -> list[int]:
        """`until` of many moments, in their order. A third of a microsecond each."""
        if self.calendar.always_open:
            start = self.start
            return [moment - start for moment in moments]
        ends, closed = self._ends, self._closed
        places = map(bisect_right, repeat(self._starts), moments)
        return [
            (moment if moment < ends[place] else ends[place]) - closed[place]
            for moment, place in zip(moments, places, strict=True)
        ]

    def until(self, moment: int) -> int:
        """Open seconds from the start of the period up to this moment, which must lie in the period."""
        place = bisect_right(self._starts, moment)
        return min(moment, self._ends[place]) - self._closed[place]

    def between(self, start: int, end: int) -> int:
        """Open seconds from one moment to the other; 0 if the second is not later."""
        return max(0, self.until(end) - self.until(start))

    def reaches(self, start: int, wanted: int) -> int | None:
        """The moment at which `wanted` open seconds have gone by since `start`; None if the period ends before."""
        goal = self.until(start) + wanted
        index = bisect_left(self._sums, goal)
        if index >= len(self._sums):
            return None
        if not index:
            return start
        return max(start, self._ends[index] - (self._sums[index] - goal))


class LocalWeek:
    """The hour of the week, by the wall clock of a zone, of moments in a period."""

    def __init__(self, zone: str, start: datetime, end: datetime) -> None:
        parts = list(_steady(ZoneInfo(zone), seconds(start), max(seconds(end), seconds(start) + 1)))
        self._starts = [low for low, _high, _offset in parts]
        self._offsets = [offset for _low, _high, offset in parts]

    def hours_of_week(self, moments: Sequence[int]) -> list[int]:
        """Of each moment: 0 for Monday from midnight to one, up to 167. A third of a microsecond each."""
        thursday, week, offsets = THURSDAY * 24, WEEK_DAYS * 24, [self._offsets[0], *self._offsets]
        places = map(bisect_right, repeat(self._starts), moments)
        return [
            ((moment + offsets[place]) // 3600 + thursday) % week for moment, place in zip(moments, places, strict=True)
        ]


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970."""
    return int(moment.timestamp() // 1)


def moment_of(stamp: int) -> datetime:
    """The moment, in UTC."""
    return datetime.fromtimestamp(stamp, UTC)


def open_seconds(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Open seconds between two moments; 0 if the second is not later. Asked often, use `OpenTime`."""
    return OpenTime(calendar, start, end).between(seconds(start), seconds(end))


def due_at(calendar: Calendar, since: datetime, wanted: timedelta) -> datetime | None:
    """When so much open time has gone by; None if the calendar is closed for years."""
    span, furthest = max(wanted * 2, timedelta(days=14)), timedelta(days=366 * YEARS_AHEAD) + wanted
    while True:
        found = OpenTime(calendar, since, since + span).reaches(seconds(since), int(wanted.total_seconds()))
        if found is not None or span >= furthest:
            return None if found is None else moment_of(found)
        span = min(span * 8, furthest)


def _stretches(calendar: Calendar, start: int, end: int) -> Iterator[Opening]:
    """Open stretches in order, cut to the period."""
    zone = ZoneInfo(calendar.zone)
    for low, high, offset in _steady(zone, start, end):
        # Within these seconds the wall clock is UTC and `offset`, so a local day begins at a multiple of a day.
        for day in range((low + offset) // DAY, (high - 1 + offset) // DAY + 1):
            on = date.fromordinal(_EPOCH + day)
            if on in calendar.holidays:
                continue
            midnight = day * DAY - offset
            for opens, closes in calendar.week[on.weekday()]:
                cut = max(low, midnight + opens * MINUTE), min(high, midnight + closes * MINUTE)
                if cut[0] < cut[1]:
                    yield cut


_EPOCH = date(1970, 1, 1).toordinal()


def _steady(zone: tzinfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The period in parts with one offset from UTC each: from, until, offset in seconds."""
    low, offset = start, _offset(zone, start)
    at = start
    while at < end:
        following = min(at + DAY, end)
        if _offset(zone, following) != offset:
            change = _change(zone, at, following, offset)
            yield low, change, offset
            low, offset, following = change, _offset(zone, change), change
        at = following
    if low < end:
        yield low, end, offset


def _change(zone: tzinfo, before: int, after: int, offset: int) -> int:
    """The second between the two at which the offset is no longer this one."""
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: tzinfo, stamp: int) -> int:
    shift = moment_of(stamp).astimezone(zone).utcoffset()
    return int(shift.total_seconds()) if shift else 0


def _joined(stretches: Iterator[Opening]) -> Iterator[Opening]:
    """Neighbouring stretches as one."""
    last: Opening | None = None
    for stretch in stretches:
        if last and stretch[0] <= last[1]:
            last = (last[0], max(last[1], stretch[1]))
        else:
            if last:
                yield last
            last = stretch
    if last:
        yield last
