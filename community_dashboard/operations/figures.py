"""Whether the figures of courses keep up with what happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from community_dashboard.activity.rollup.lagging import Lag, failed, lag
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.findings import Finding, found

MOST = timedelta(minutes=15)  # what may wait, and not longer
RUNS = 3  # of which one must have come, where a site lets more time pass between two
COMPARED = timedelta(days=2)  # the days of the record are compared once a day, which takes as long as it takes


def check_figures(circumstances: Circumstances) -> Iterator[Finding]:
    """The record is looked through, what it says is counted soon, and nothing failed. Nine queries at most.

    Nothing is said of a site on which nothing has happened yet.
    """
    now = timezone.now()
    behind = lag(now=now)
    if behind.started:
        yield from _lagging(behind, now)
    for one in failed():
        what, worst = f"{_many(one.number, 'day')} of courses", f"{one.day} of {one.course_key}"
        if one.day is None:
            what, worst = f"The learners of {_many(one.number, 'course')}", str(one.course_key)
        tried = f"tried {_many(one.tries, 'time')}, {one.words}"
        yield found("figures.failed", f"{what} could not be counted, among them {worst} ({tried}).")


def _lagging(behind: Lag, now: datetime) -> Iterator[Finding]:
    longest = max(MOST, RUNS * timedelta(minutes=settings.COMMUNITY_FILL_MINUTES))
    waits = _waiting(behind)
    still = f" To be counted: {', '.join(waits)}." if waits else ""
    if behind.looked_at is None:
        yield found("figures.unread", f"The record of activity was never looked through to its end.{still}")
    elif behind.looked_at < now - longest:
        words = f"The record of activity was last looked through on {_moment(behind.looked_at)}.{still}"
        yield found("figures.unread", words)
    elif waits and behind.whole_at is not None and behind.whole_at < now - longest:
        yield found("figures.behind", f"Since {_moment(behind.whole_at)} something always waits.{still}")
    compared_at = behind.compared_at or behind.whole_at
    if compared_at is not None and compared_at < now - COMPARED:
        words = f"The days of the record were not compared with the figures since {_moment(compared_at)}."
        yield found("figures.uncompared", words)


def _waiting(behind: Lag) -> list[str]:
    named = (
        (behind.days, f"{_many(behind.days, 'day')} of courses"),
        (behind.people, _many(behind.people, "learner")),
        (behind.courses, f"the daily round of {_many(behind.courses, 'course')}"),
    )
    return [words for number, words in named if number]


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d at %H:%M} (UTC)"
