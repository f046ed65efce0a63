"""The figures of one learner beside those of the course."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.choosing import Chosen, Condition, Operator
from community_dashboard.activity.rollup.people import SHARES, medians
from community_dashboard.activity.rollup.rows import StateRow
from community_dashboard.charts.figures import Figure, Number, Row
from community_dashboard.charts.numbers import decimal, whole
from community_dashboard.engagement.learners.columns import COLUMNS
from community_dashboard.engagement.learners.table import share_words
from referral_xblock.api import cache_key

BESIDE = ("progress", "grade", "days", "completed", "watched", "tried", "posts", "answers", "invited")
LEARNERS_NOW = Chosen(conditions=(Condition("enrolled", Operator.IS, 1),), team=False)
KEPT = 600  # seconds for which the medians of a course are remembered


def beside_the_course(course_key: CourseKey, state: StateRow, *, now: datetime) -> Figure:
    """This learner's figures and the medians of the learners who are in the course now.

    A query for each 10,000 learners, once in ten minutes.
    """
    middle = _medians(course_key, now=now)
    rows = tuple(
        Row(str(COLUMNS[key].title), (Number(_own(state, key)), Number(_middle(key, middle[key])))) for key in BESIDE
    )
    return Figure(
        "beside",
        _("Beside the course"),
        _finding(state.progress, middle["progress"]),
        (_("Figure"), _("This learner"), _("Median of the course")),
        rows,
        _("The median is of the learners who are in the course now: as many have more as have less."),
    )


def _medians(course_key: CourseKey, *, now: datetime) -> dict[str, float | None]:
    key = cache_key("community-medians", course_key)
    found = cache.get(key)
    if found is None:
        found = medians(course_key, LEARNERS_NOW, BESIDE, now=now)
        cache.set(key, found, KEPT)
    return found


def _finding(own: int, middle: float | None) -> str:
    if own < 0 or middle is None:
        return _("How far this learner has come is not known yet.")
    if own > middle:
        return _("Further in the course than half of the learners.")
    if own < middle:
        return _("Half of the learners are further in the course.")
    return _("As far in the course as the median.")


def _own(state: StateRow, key: str) -> str:
    value = getattr(state, key)
    return (share_words(value) or "–") if key in SHARES else whole(value)


def _middle(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    if key in SHARES:
        return share_words(round(value))
    return whole(int(value)) if value == int(value) else decimal(value)
