"""What a reader of the queue can choose in the sentence above it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community_dashboard.host.chosen import get_host as get_forum_host
from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.queue.desk import Desk, topic_names
from community_dashboard.moderation.queue.filters import BURNING, DONE, ME, NOBODY, OPEN, SNOOZED
from community_dashboard.moderation.queue.words import REASONS

HOURS = (1, 4, 12, 24, 72, 168)


def sentence_of(desk: Desk) -> list[dict[str, Any]]:
    """The selects of the filter in the order of the sentence: name, label, options as (value, words, chosen).

    Four queries at most.
    """
    filters = desk.filters
    cohorts = get_forum_host().cohorts(desk.course_key) if desk.reach.sees_group is None else []
    chosen_topic = filters.topics[0] if len(filters.topics) == 1 else ""
    topics = [(number, title) for number, title in topic_names(desk.course_key).items()]
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
            [("", _("any cohort")), *((str(cohort.id), cohort.name) for cohort in cohorts)],
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
