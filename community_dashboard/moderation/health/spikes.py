"""Units of a course in which suddenly many more discussions are begun than usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from opaque_keys.edx.keys import CourseKey

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.projection.answering import asked_by_topic

DAYS, WEEKS = 3, 4  # the last days, against the weeks before them
FEWEST = 5  # threads in those days that may be a spike
TIMES = 3  # as many as usual, at least


@dataclass(frozen=True)
class Spike:
    """A unit with many more threads than usual. `usual` is the mean of as many days in the weeks before."""

    topic_id: str
    title: str
    threads: int
    usual: float


def is_spike(late: int, before: int) -> bool:
    """Whether so many threads in the last days are out of the ordinary after so many in the weeks before."""
    return late >= FEWEST and late >= TIMES * usual_of(before)


def usual_of(before: int) -> float:
    """What as many days brought on average in the weeks before."""
    return before * DAYS / (WEEKS * 7)


def spikes(course_key: CourseKey, *, group_id: int | None, now: datetime) -> list[Spike]:
    """The units with a spike, the largest first. One query over a month of threads, and the host's for topics if there is one.

    Topics of the whole course are left out: what is asked there is about no unit.
    """
    since = now - timedelta(days=DAYS)
    counted = asked_by_topic(course_key, start=since - timedelta(weeks=WEEKS), since=since, end=now, group_id=group_id)
    found = {topic: pair for topic, pair in counted.items() if is_spike(pair[1], pair[0])}
    if not found:
        return []
    units = {topic.id: topic.title for topic in get_host().topics(course_key) if topic.usage_key}
    rows = [
        Spike(topic, units[topic], late, usual_of(before)) for topic, (before, late) in found.items() if topic in units
    ]
    return sorted(rows, key=lambda spike: (-spike.threads, spike.title))
