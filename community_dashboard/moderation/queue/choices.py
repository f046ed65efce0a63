"""What a reader of the queue can choose in the sentence above it."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.host.chosen import get_host as get_forum_host
from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.queue.desk import Desk, topic_names
from community_dashboard.moderation.queue.filters import BURNING, DONE, ME, NOBODY, OPEN, SNOOZED
from community_dashboard.moderation.queue.words import REASONS
from referral_xblock.api import cache_key

HOURS = (1, 4, 12, 24, 72, 168)
FRESH = 60  # seconds: a unit or a cohort that is new, or has a new name, comes into the filter so late


def sentence_of(desk: Desk) -> list[dict[str, Any]]:
    """The selects of the filter in the order of the sentence: name, label, options as (value, words, chosen).

    No query, after the first in a minute.
    """
    filters = desk.filters
    topics, cohorts = _places_of(desk.course_key)
    chosen_topic = filters.topics[0] if len(filters.topics) == 1 else ""
    reasons = [("", _("there for any reason")), (BURNING, _("reported or held"))]
    reasons += [(reason.value, str(REASONS[reason])) for reason in Reason]
    return [
        _select(
            "state",
            _("Show"),
            filters.state,
            [(OPEN, _("open posts")), (SNOOZED, _("snoozed posts")), (DONE, _("decided posts"))],
        ),
        _select(
            "reason",
            _("that are"),
            BURNING if filters.burning else filters.reason.value if filters.reason else "",
            reasons,
        ),
        _select("topic", _("in"), chosen_topic, [("", _("any unit or topic")), *topics]),
        _select(
            "group",
            _("from"),
            "" if filters.group is None else str(filters.group),
            [("", _("any cohort")), *(cohorts if desk.reach.sees_group is None else [])],
        ),
        _select(
            "language",
            _("written in"),
            filters.language,
            [("", _("any language")), ("en", _("English")), ("fr", _("French"))],
        ),
        _select(
            "hours",
            _("waiting for"),
            str(filters.hours or ""),
            [("", _("any time")), *((str(hours), _hours_words(hours)) for hours in HOURS)],
        ),
        _select(
            "assignee",
            _("assigned to"),
            filters.assignee,
            [("", _("anybody")), (ME, _("me")), (NOBODY, _("nobody"))],
        ),
    ]


def _places_of(course_key: CourseKey) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Topics and cohorts of a course, value and name. The queries of the host for both, once in a minute.

    They are the same for every page of the list and every reader, and of all on the page change the least.
    """

    def ask() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        cohorts = get_forum_host().cohorts(course_key)
        return list(topic_names(course_key).items()), [(str(cohort.id), cohort.name) for cohort in cohorts]

    return cache.get_or_set(cache_key(f"community-places-{get_language()}", course_key), ask, FRESH)


def _select(name: str, label: str, chosen: str, options: list[tuple[str, str]]) -> dict[str, Any]:
    known = {value for value, _words in options}
    if chosen not in known:
        options = [*options, (chosen, chosen)]  # an address of somebody else still says what it shows
    return {"name": name, "label": label, "options": [(value, words, value == chosen) for value, words in options]}


def _hours_words(hours: int) -> str:
    if hours % 24 == 0:
        days = hours // 24
        return ngettext("a day or more", "%(days)s days or more", days) % {"days": days}
    return ngettext("an hour or more", "%(hours)s hours or more", hours) % {"hours": hours}
