"""Counts of clicks: what asked for an invitation page, and how many persons that were. Exact, one query each."""

from __future__ import annotations

from datetime import UTC
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Selection, Verdict, iso_week
from referral_xblock.links.models import Click


class Clicks(NamedTuple):
    """Requests by verdict, and the distinct persons. Requests that are not known are never added to persons."""

    machine: int = 0
    person: int = 0
    unknown: int = 0
    people: int = 0

    @property
    def raw(self) -> int:
        """Every request there was."""
        return self.machine + self.person + self.unknown


NO_CLICKS = Clicks()


def clicks(course_key: CourseKey, selection: Selection) -> QuerySet[Click]:
    """The rows behind the counts; a click's network and placement are its link's."""
    rows = Click.objects.filter(course_key=course_key)
    if selection.since:
        rows = rows.filter(created_at__gte=selection.since)
    if selection.before:
        rows = rows.filter(created_at__lt=selection.before)
    if selection.network is not None:
        rows = rows.filter(link__channel=selection.network)
    return rows if selection.placement is None else rows.filter(link__placement=selection.placement)


def count_clicks(course_key: CourseKey, selection: Selection, *, by: str = "") -> dict[str, Clicks]:
    """Clicks by "network", "placement" or "week"; without `by` under the key "". One query.

    A person who came in two weeks, or by two networks, counts in each and once in the whole.
    """
    rows = clicks(course_key, selection)
    numbers = {f"{verdict.value}s": Count("id", filter=Q(verdict=verdict.value)) for verdict in Verdict}
    numbers["people"] = Count("person", distinct=True, filter=Q(verdict=Verdict.PERSON.value))
    if not by:
        return {"": _clicks(rows.aggregate(**numbers))}
    column = {"network": "link__channel", "placement": "link__placement", "week": "part"}[by]
    if by == "week":
        rows = rows.annotate(part=TruncWeek("created_at", tzinfo=UTC))
    return {
        iso_week(row[column]) if by == "week" else row[column]: _clicks(row)
        for row in rows.values(column).annotate(**numbers).order_by(column)
    }


def _clicks(row: dict) -> Clicks:
    return Clicks(row["machines"], row["persons"], row["unknowns"], row["people"])
