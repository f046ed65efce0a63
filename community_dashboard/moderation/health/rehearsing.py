"""How the questions of the last 14 days would have fared with other targets and hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.clock.targets import TargetKind, Targets
from community_dashboard.moderation.clock.times import Calendar, OpenTime, seconds
from community_dashboard.moderation.projection.answering import questions_between
from community_dashboard.moderation.projection.queries import posts_in
from community_dashboard.rehearsal.comparison import DAYS, Case, Comparison, Example, compare

IN_TIME, LATE, OPEN = "in_time", "late", "open"


def rehearse_targets(
    course_key: CourseKey,
    *,
    today: tuple[Targets, Calendar],
    proposed: tuple[Targets, Calendar],
    now: datetime,
) -> Comparison:
    """The comparison of what holds with what is proposed. Three queries; writes nothing."""
    start = now - timedelta(days=DAYS)
    rows = questions_between(course_key, start=start, end=now)
    before, after = (_outcomes(rows, *rules, start=start, now=now) for rules in (today, proposed))
    cases = [Case(thread_id, *fared) for (thread_id, *_moments), *fared in zip(rows, before, after, strict=True)]
    words = {
        LATE: _("late: past the target"),
        IN_TIME: _("answered in time"),
        OPEN: _("not answered yet, still in time"),
    }

    def describe(examples: list[Case]) -> list[Example]:
        refs = [PostRef(PostKind.THREAD, str(case.subject)) for case in examples]
        posts = posts_in(course_key, refs) if refs else {}
        return [
            Example(
                who=posts[ref].title if ref in posts else _("a thread that is gone"),
                before=words[case.before],
                after=words[case.after],
                url=reverse("community_dashboard:moderation_item", args=[str(course_key), ref.kind.value, ref.id]),
            )
            for ref, case in zip(refs, examples, strict=True)
        ]

    return compare(cases, words=words, describe=describe)


def _outcomes(
    rows: list[tuple[str, int, int | None]], targets: Targets, calendar: Calendar, *, start: datetime, now: datetime
) -> list[str]:
    """What became of each question by these rules; without a target nothing is late."""
    wanted = targets[TargetKind.QUESTION].hours * 3600
    open_time, today = OpenTime(calendar, start, now), seconds(now)
    found = []
    for _thread_id, asked, answered in rows:
        taken = open_time.between(asked, min(answered or today, today))
        if wanted and taken > wanted:
            found.append(LATE)
        else:
            found.append(OPEN if answered is None else IN_TIME)
    return found
