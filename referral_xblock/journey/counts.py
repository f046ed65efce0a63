"""Counts of journeys: how far the credited came, and why the others do not count. Each person once, by the stage's own date."""

from __future__ import annotations

from datetime import UTC
from typing import NamedTuple

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncWeek
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Reason, Selection, Stage, Status, iso_week
from referral_xblock.journey.models import Journey, Touch

STAGES = (Stage.REGISTERED, Stage.ENROLLED, Stage.ACTIVE, Stage.COMPLETED)
GONE = "?"  # the network and placement of journeys whose link was deleted


class Reached(NamedTuple):
    """Credited people who came so far; `left` of those who enrolled have left the course since."""

    registered: int = 0
    enrolled: int = 0
    active: int = 0
    completed: int = 0
    left: int = 0


class Uncounted(NamedTuple):
    """People whose journey is held or not credited, for one reason."""

    status: Status
    reason: Reason
    people: int


def of_course(course_key: CourseKey, selection: Selection) -> QuerySet[Journey]:
    """The journeys of a course by network and placement of their link, whatever their dates."""
    rows = Journey.objects.filter(course_key=course_key)
    if GONE in (selection.network, selection.placement):
        return rows.filter(link=None)
    if selection.network is not None:
        rows = rows.filter(link__channel=selection.network)
    return rows if selection.placement is None else rows.filter(link__placement=selection.placement)


def credited(course_key: CourseKey, selection: Selection) -> QuerySet[Journey]:
    """Those that are credited."""
    return of_course(course_key, selection).filter(status=Status.CREDITED.value)


def uncredited(course_key: CourseKey, selection: Selection) -> QuerySet[Journey]:
    """Those that are held or not credited and began in the period, with `came_at`: the click, else the first touch."""
    first = (
        Touch.objects.filter(user=OuterRef("user"), course_key=course_key)
        .values("user")
        .annotate(first=Min("happened_at"))
        .values("first")
    )
    rows = of_course(course_key, selection).exclude(status=Status.CREDITED.value)
    rows = rows.annotate(came_at=Coalesce("clicked_at", Subquery(first)))
    return rows.filter(within("came_at", selection))


def within(column: str, selection: Selection) -> Q:
    """The condition that this moment has come and lies in the period."""
    condition = Q(**{f"{column}__isnull": False})
    if selection.since:
        condition &= Q(**{f"{column}__gte": selection.since})
    if selection.before:
        condition &= Q(**{f"{column}__lt": selection.before})
    return condition


def _numbers(selection: Selection) -> dict[str, Count]:
    numbers = {stage.value: Count("id", filter=within(f"{stage.value}_at", selection)) for stage in STAGES}
    gone = within("enrolled_at", selection) & Q(unenrolled_at__isnull=False)
    return numbers | {"left": Count("id", filter=gone)}


def count_reached(course_key: CourseKey, selection: Selection, *, by: str = "") -> dict[str, Reached]:
    """Credited people by stage, by "network" or "placement"; without `by` under the key "". One query.

    Journeys whose link is gone stand under GONE when they are counted by network or placement.
    """
    rows = credited(course_key, selection)
    numbers = _numbers(selection)
    if not by:
        return {"": Reached(**rows.aggregate(**numbers))}
    column = {"network": "link__channel", "placement": "link__placement"}[by]
    found = {}
    for row in rows.values(column).annotate(**numbers).order_by(column):
        key = row.pop(column)
        found[GONE if key is None else key] = Reached(**row)
    return {key: reached for key, reached in found.items() if any(reached)}


def count_reached_by_week(course_key: CourseKey, selection: Selection) -> dict[str, Reached]:
    """Credited people by the week in which they reached each stage. Four queries."""
    found: dict[str, dict[str, int]] = {}
    for stage in STAGES:
        column = f"{stage.value}_at"
        rows = credited(course_key, selection).filter(within(column, selection))
        grouped = rows.annotate(part=TruncWeek(column, tzinfo=UTC)).values("part")
        numbers = {"people": Count("id"), "gone": Count("unenrolled_at")}
        for row in grouped.annotate(**numbers).order_by("part"):
            week = found.setdefault(iso_week(row["part"]), {})
            week[stage.value] = row["people"]
            if stage is Stage.ENROLLED:
                week["left"] = row["gone"]
    return {week: Reached(**numbers) for week, numbers in sorted(found.items())}


def count_uncredited(course_key: CourseKey, selection: Selection) -> list[Uncounted]:
    """People who are held or not credited, by reason, the commonest first. One query."""
    rows = uncredited(course_key, selection).values("status", "reason").annotate(people=Count("id"))
    return [
        Uncounted(Status(row["status"]), Reason(row["reason"]), row["people"])
        for row in rows.order_by("-people", "status", "reason")
    ]


def brought_by(course_key: CourseKey, selection: Selection) -> dict[int, int]:
    """Credited enrolments of the period by the id of who invited. One query; as large as the course has such inviters."""
    rows = credited(course_key, selection).filter(within("enrolled_at", selection), inviter__isnull=False)
    counted = rows.values("inviter_id").annotate(people=Count("id")).order_by("inviter_id")
    return {row["inviter_id"]: row["people"] for row in counted}
