"""What a page of trends is made of: the question, its charts, and how fresh the figures are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import Capability, may
from community_dashboard.activity.rollup.queries import covered, errors_of, filled_at
from community_dashboard.charts.charts import Chart
from community_dashboard.charts.numbers import whole
from community_dashboard.engagement.choosing.choice import Choice
from community_dashboard.engagement.trends import activity, community, countries, enrolment, progress, retention, runs
from community_dashboard.engagement.trends.asked import Asked
from referral_xblock.api import get_host

FIRST = "activity"
QUESTIONS: dict[str, Any] = {
    FIRST: gettext_lazy("Activity"),
    "enrolment": gettext_lazy("Enrolment"),
    "progress": gettext_lazy("Progress"),
    "retention": gettext_lazy("Who stays"),
    "community": gettext_lazy("Forum and invitations"),
    "countries": gettext_lazy("Countries"),
    "runs": gettext_lazy("Against the last run"),
}
CHARTS: dict[str, Callable[[Asked], list[Chart]]] = {
    FIRST: activity.charts,
    "enrolment": enrolment.charts,
    "progress": progress.charts,
    "retention": retention.charts,
    "community": community.charts,
    "countries": countries.charts,
}


@dataclass(frozen=True)
class Part:
    """One question in the navigation of the pages, with the same choice."""

    name: str
    title: str
    url: str
    here: bool


@dataclass(frozen=True)
class TrendsPage:
    """What the template needs."""

    title: str
    charts: list[Chart]
    filled_at: datetime | None
    missing: str  # what could not be counted; "" if nothing is missing


def trends_page(course_key: CourseKey, choice: Choice, question: str, *, reader: Any, now: datetime) -> TrendsPage:
    """The page of one question. At most fifteen queries and the host's, whatever the number of learners."""
    asked = Asked(course_key, choice, choice.chosen(course_key, now=now), covered(course_key), now)
    errors = errors_of(course_key)
    return TrendsPage(
        str(QUESTIONS[question]),
        _against_the_last_run(asked, reader) if question == "runs" else CHARTS[question](asked),
        filled_at(course_key),
        ngettext(
            "%(number)s part of the figures could not be counted and is tried again.",
            "%(number)s parts of the figures could not be counted and are tried again.",
            len(errors),
        )
        % {"number": whole(len(errors))}
        if errors
        else "",
    )


def _against_the_last_run(asked: Asked, reader: Any) -> list[Chart]:
    earlier = get_host().rerun_source(asked.course_key)
    may_see = earlier is not None and may(reader, earlier, Capability.LEARNERS)
    return runs.charts(asked, earlier=earlier, may_see=may_see)


def parts_of(course_key: CourseKey, question: str, query: str) -> list[Part]:
    """The navigation between the questions."""
    ending = f"?{query}" if query else ""
    return [
        Part(name, str(title), address_of(course_key, name) + ending, name == question)
        for name, title in QUESTIONS.items()
    ]


def address_of(course_key: CourseKey, question: str) -> str:
    """Where the page of a question is."""
    if question == FIRST:
        return reverse("community_dashboard:trends", args=[str(course_key)])
    return reverse("community_dashboard:trend", args=[str(course_key), question])
