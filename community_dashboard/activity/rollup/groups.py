"""Figures over the learners of a course: how far they came, when they enrolled, where they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncWeek
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.choosing import Chosen
from community_dashboard.activity.rollup.models import LearnerState
from community_dashboard.activity.rollup.rows import learners
from community_dashboard.activity.rollup.weeks import monday_of

HALF = 500  # thousandths
EVER_ENROLLED = Q(enrolled=True) | Q(enrolled_at__isnull=False) | Q(left_at__isnull=False)


@dataclass(frozen=True)
class Funnel:
    """Who was ever enrolled, divided: each person is in one of the five parts."""

    people: int
    never: int  # enrolled, and did nothing yet
    under_half: int
    over_half: int  # half of the blocks or more
    finished: int  # also of those who left afterwards
    left: int  # not enrolled any more, and not finished


@dataclass(frozen=True)
class CohortWeek:
    """Who enrolled in one week (Monday to Sunday, UTC), and how many of them were active n weeks later.

    `active[0]` is the week of enrolling itself; weeks that have not begun by `now` are left out.
    """

    monday: date
    people: int
    active: tuple[int, ...]


@dataclass(frozen=True)
class Standing:
    """The people whose last completed block is this one, without those who finished the course."""

    people: int
    quiet: int  # of these, not active since the asked moment


def funnel(course_key: CourseKey, chosen: Chosen, *, now: datetime) -> Funnel:
    """How far the people came. One query."""
    rows = learners(course_key, chosen, now=now).filter(EVER_ENROLLED)
    going, begun = Q(finished=False, enrolled=True), Q(started_at__isnull=False)
    parts = {
        "never": going & ~begun,
        "under_half": going & begun & Q(progress__lt=HALF),
        "over_half": going & begun & Q(progress__gte=HALF),
        "finished": Q(finished=True),
        "left": Q(finished=False, enrolled=False),
    }
    # The names of columns cannot stand for sums over them.
    counts = rows.aggregate(all=Count("id"), **{f"of_{name}": Count("id", filter=part) for name, part in parts.items()})
    return Funnel(people=counts["all"], **{name: counts[f"of_{name}"] for name in parts})


def retention(course_key: CourseKey, chosen: Chosen, *, now: datetime, weeks: int = 12) -> list[CohortWeek]:
    """Of those who enrolled in each week, how many were active in each of the weeks that followed (63 at most). One query."""
    rows = learners(course_key, chosen, now=now).filter(enrolled_at__isnull=False)
    bits = {f"week_{n}": Sum(F("weeks").bitrightshift(n).bitand(1)) for n in range(weeks)}
    grouped = rows.annotate(week=TruncWeek("enrolled_at")).values("week").annotate(people=Count("id"), **bits)
    this_monday = monday_of(now.date())
    found = []
    for row in grouped.order_by("week"):
        monday = row["week"].date()
        begun = max(0, min(weeks, (this_monday - monday).days // 7 + 1))
        found.append(CohortWeek(monday, row["people"], tuple(int(row[f"week_{n}"] or 0) for n in range(begun))))
    return found


def standing(course_key: CourseKey, chosen: Chosen, *, quiet_since: datetime, now: datetime) -> dict[str, Standing]:
    """Where people are who have begun and not finished, by the block they completed last. One query."""
    rows = learners(course_key, chosen, now=now).exclude(last_block="").filter(finished=False)
    counted = (
        rows.order_by()
        .values_list("last_block")
        .annotate(people=Count("id"), quiet=Count("id", filter=Q(last_at__lt=quiet_since)))
    )
    return {block: Standing(people, quiet) for block, people, quiet in counted}


def countries(course_key: CourseKey, chosen: Chosen, *, now: datetime) -> dict[str, int]:
    """People by country (two letters; "" where nothing was told), without the retired. Raw: the caller hides small groups.

    One query.
    """
    rows = learners(course_key, chosen, now=now).filter(person__gt=0)
    return dict(rows.order_by().values_list("country").annotate(people=Count("id")))


def modes(course_key: CourseKey) -> list[str]:
    """The tracks that learners of this course are in. One query."""
    rows = LearnerState.objects.filter(course_key=course_key).exclude(mode="")
    return sorted(rows.order_by().values_list("mode", flat=True).distinct())
