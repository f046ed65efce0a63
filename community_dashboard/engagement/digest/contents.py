"""What the weekly digest of a course tells: the figures of its pages, each with its sentence and the page it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.tallies import counts
from community_dashboard.charts.figures import Figure, Number, Row
from community_dashboard.charts.numbers import whole
from community_dashboard.engagement.digest.comparison import METRICS, LastWeek, last_week
from community_dashboard.engagement.digest.findings import METRIC_NAMES, of_drifting, of_week
from community_dashboard.engagement.presence.page import presence_figure
from community_dashboard.engagement.presence.weeks import presence_of
from community_dashboard.engagement.risk.queries import FRESH, newly_at_risk
from community_dashboard.engagement.segments.queries import segments_of

PRESENCE_WEEKS = 4
SHOWN = 5  # reasons of those newly at risk


@dataclass(frozen=True)
class Contents:
    """The figures in their order, each with the address of its page."""

    days: str  # the week in words
    week: LastWeek
    figures: tuple[tuple[Figure, str], ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return self.week.empty


def contents_for(reader: Any, course_key: CourseKey, *, now: datetime) -> Contents | None:
    """What this reader is told of the last whole week; None while there are no figures of it. Some twenty-five queries."""
    week = last_week(course_key, reader=reader, now=now)
    if week is None:
        return None
    pages = {
        "learners": _page(course_key, "trends"),
        "risk": _page(course_key, "risk"),
        "segments": _page(course_key, "segments"),
        "presence": _page(course_key, "presence"),
    }
    presence = presence_figure([one for one in presence_of(course_key, weeks=PRESENCE_WEEKS + 1, now=now) if one.over])
    return Contents(
        days=days_of(week),
        week=week,
        figures=(
            (_week_figure(week), pages["learners"]),
            (_risk_figure(course_key, now), pages["risk"]),
            (_segments_figure(course_key, now), pages["segments"]),
            (presence, pages["presence"]),
        ),
    )


def days_of(week: LastWeek) -> str:
    """The week by its first and last day."""
    return _("%(first)s to %(last)s") % {
        "first": date_format(week.monday, "DATE_FORMAT"),
        "last": date_format(week.monday + timedelta(days=6), "DATE_FORMAT"),
    }


def _week_figure(week: LastWeek) -> Figure:
    with_earlier = week.earlier is not None
    columns = (
        _("What"),
        _("Last week"),
        _("The week before"),
        *([_("That week of the last run")] if with_earlier else []),
    )
    rows = []
    for metric in METRICS:
        one = week.numbers[metric]
        told = (one.last, one.before, one.earlier) if with_earlier else (one.last, one.before)
        rows.append(
            Row(str(METRIC_NAMES[metric]), tuple(Number("–" if value is None else whole(value)) for value in told))
        )
    return Figure(
        "week",
        _("The week"),
        of_week(week),
        columns,
        tuple(rows),
        _("Weeks begin on Monday, by universal time. About: of what tracking events tell, single events can be lost."),
    )


def _risk_figure(course_key: CourseKey, now: datetime) -> Figure:
    found = newly_at_risk(course_key, now=now)
    fresh = found.day is not None and found.day >= (now - FRESH).date()
    return Figure("drifts", _("Who drifts"), of_drifting(found.number if fresh else None), ())


def _segments_figure(course_key: CourseKey, now: datetime) -> Figure:
    segments = segments_of(course_key, now=now)
    numbers = counts(course_key, {one.key: one.chosen for one in segments}, now=now)
    learners = _page(course_key, "learners")
    rows = tuple(Row(one.name, (Number(whole(numbers[one.key]), f"{learners}?segment={one.key}"),)) for one in segments)
    return Figure(
        "segments", _("Segments today"), _segments_finding(segments, numbers), (_("Segment"), _("Learners")), rows
    )


def _segments_finding(segments: list[Any], numbers: dict[str, int]) -> str:
    largest = max(segments, key=lambda one: numbers[one.key])
    if not numbers[largest.key]:
        return _("Nobody is in any segment today.")
    return _("Most are in “%(name)s”: %(number)s.") % {
        "name": largest.name,
        "number": whole(numbers[largest.key]),
    }


def _page(course_key: CourseKey, name: str) -> str:
    return reverse(f"community_dashboard:{name}", args=[str(course_key)])
