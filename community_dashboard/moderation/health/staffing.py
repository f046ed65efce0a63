"""How many moderators a target needs, from the last weeks, and how far the same estimate was off in each of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.clock.forecast import (
    MOST_SERVERS,
    Work,
    enough_in_replay,
    moderators_needed,
    weekly_profile,
    work_of,
)
from community_dashboard.moderation.clock.targets import Target
from community_dashboard.moderation.clock.times import Calendar, OpenTime, seconds
from community_dashboard.moderation.decisions.pace import decided_since
from community_dashboard.moderation.projection.answering import answers_by, moments_asked

WEEK = timedelta(days=7)
WEEKS = 4  # that an estimate is made from, and that are replayed
FEWEST_POSTS = 10  # in these weeks, to estimate anything


@dataclass(frozen=True)
class Replayed:
    """One week: how many were estimated from the weeks before it, and how many would have been enough."""

    start: datetime
    posts: int
    estimated: int
    enough: int

    @property
    def error(self) -> float:
        """How far the estimate was off, as a share of what would have been enough."""
        return abs(self.estimated - self.enough) / self.enough if self.enough else float(self.estimated > 0)


@dataclass(frozen=True)
class Staffing:
    """The estimate. `needed` is None where too little came to estimate from, or nothing is promised."""

    needed: int | None
    work: Work
    weekly_posts: float
    weeks: tuple[Replayed, ...]  # the newest first; only those that have weeks before them

    @property
    def error(self) -> float | None:
        """The mean error of the weeks that could be replayed; None if none could."""
        return sum(week.error for week in self.weeks) / len(self.weeks) if self.weeks else None

    @property
    def impossible(self) -> bool:
        """Whether no number of moderators would do: one post alone takes longer than the target."""
        return self.needed == MOST_SERVERS


def staffing(
    course_key: CourseKey, *, calendar: Calendar, target: Target, moderators: Collection[int], now: datetime
) -> Staffing:
    """Estimates for questions, from the last four weeks. Three queries over at most eight weeks of the course."""
    begin = now - 2 * WEEKS * WEEK
    asked = moments_asked(course_key, start=begin, end=now)
    acts = answers_by(course_key, moderators, start=begin, end=now)
    work = work_of(acts + decided_since(course_key, begin))
    weeks = _weeks(asked, calendar, now)
    recent = weeks[:WEEKS]
    posts = sum(len(week.arrivals) for week in recent) / WEEKS
    wanted, share = target.hours * 3600, target.share / 100
    if not target.hours or sum(len(week.arrivals) for week in recent) < FEWEST_POSTS:
        return Staffing(None, work, posts, ())

    def estimate(from_weeks: list[_Week]) -> int:
        profile = weekly_profile(
            [week.arrivals for week in from_weeks], open_seconds=max(week.open_seconds for week in from_weeks)
        )
        return moderators_needed(profile, work=work.mean, target=wanted, share=share)

    replays = []
    for number, week in enumerate(recent):
        earlier = [one for one in weeks[number + 1 : number + 1 + WEEKS] if one.arrivals]
        if week.arrivals and earlier:
            enough = enough_in_replay(week.arrivals, work, target=wanted, share=share)
            replays.append(Replayed(week.start, len(week.arrivals), estimate(earlier), enough))
    return Staffing(estimate(recent), work, posts, tuple(replays))


@dataclass(frozen=True)
class _Week:
    start: datetime
    open_seconds: int
    arrivals: tuple[int, ...]  # open seconds since its start


def _weeks(asked: list[int], calendar: Calendar, now: datetime) -> list[_Week]:
    """The last eight times seven days, the newest first."""
    found = []
    for number in range(2 * WEEKS):
        start = now - (number + 1) * WEEK
        low, high = seconds(start), seconds(start + WEEK)
        open_time = OpenTime(calendar, start, start + WEEK)
        arrivals = sorted(open_time.until_each([at for at in asked if low <= at < high]))
        found.append(_Week(start, open_time.until(high), tuple(arrivals)))
    return found
