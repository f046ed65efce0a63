"""Who waits now: for an answer, as the projection knows, and for a look at what is urgent or reported, as the queue does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.clock.queries import waits_for_answers
from community_dashboard.moderation.clock.targets import TargetKind, Targets
from community_dashboard.moderation.clock.times import Calendar
from community_dashboard.moderation.clock.waits import Clocked, Wait, clocked, with_more_kinds
from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.projection.queries import posts_in
from community_dashboard.moderation.queue.filters import Filters
from community_dashboard.moderation.queue.queries import page_of_items, ref_of
from community_dashboard.moderation.queue.reach import Reach

MOST = 200  # urgent or reported posts that are looked at; who has more, has no use for their clocks
KINDS = {Reason.URGENT: TargetKind.URGENT, Reason.REPORTED: TargetKind.REPORT}


@dataclass(frozen=True)
class Shown:
    """One line of the table."""

    clocked: Clocked
    past: bool
    soon: bool

    @property
    def wait(self) -> Wait:
        """Which post, and why it waits."""
        return self.clocked.wait


def waits_now(
    course_key: CourseKey,
    *,
    targets: Targets,
    calendar: Calendar,
    topic: str | None,
    group: int | None,
    reach: Reach,
    now: datetime,
) -> list[Shown]:
    """Everybody who waits: past the target first, then by when it ends; without a target last. Ten queries at most."""
    waits = waits_for_answers(course_key, targets, now, topic_id=topic, group_id=group)
    others = [
        wait for reason, kind in KINDS.items() for wait in _in_queue(course_key, reason, kind, topic, group, reach, now)
    ]
    found = clocked(with_more_kinds(waits, others, targets), calendar=calendar, targets=targets, now=now)
    found.sort(key=lambda one: (one.due is None, one.due or one.wait.since, one.wait.since))
    return [Shown(one, one.is_past(now), one.is_soon(now)) for one in found]


def _in_queue(
    course_key: CourseKey,
    reason: Reason,
    kind: TargetKind,
    topic: str | None,
    group: int | None,
    reach: Reach,
    now: datetime,
) -> list[Wait]:
    filters = Filters(reason=reason, topics=(topic,) if topic else (), group=group)
    items = page_of_items(course_key, filters, now=now, reach=reach, size=MOST).items
    posts = posts_in(course_key, [ref_of(item) for item in items]) if items else {}
    found = []
    for item in items:
        since = min((row.since for row in item.findings.all() if row.reason == reason.value), default=item.waits_since)
        post = posts.get(ref_of(item))
        title = (post.title or post.excerpt) if post and not post.masked else ""
        found.append(Wait(ref_of(item), kind, since, title, item.topic_id, item.group_id))
    return found
