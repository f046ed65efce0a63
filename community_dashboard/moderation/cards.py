"""What moderation puts on the overview."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import Card
from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.queue.filters import ME, Filters
from community_dashboard.moderation.queue.queries import COUNTED, count, has_items
from community_dashboard.moderation.queue.reach import reach_of


def desk_cards(course_key: CourseKey, *, reader: Any) -> dict[str, Card]:
    """ "What burns", "who waits" and "what is mine", by key; empty while nothing was ever found in this course.

    Four queries by an index, and those for the reader's reach.
    """
    if not has_items(course_key):
        return {}
    reach, now = reach_of(reader, course_key), timezone.now()

    def card(key: str, title: str, filters: Filters, sentence: Callable[[int], str]) -> Card:
        number = count(course_key, filters, now=now, reach=reach, reader_id=reader.id)
        shown = number_format(min(number, COUNTED)) + ("+" if number > COUNTED else "")
        url = f"{reverse('community_dashboard:moderation', args=[str(course_key)])}?{filters.query()}"
        return Card(key, title, sentence(number), shown, url)

    burning, late, mine = Filters(burning=True), Filters(reason=Reason.UNANSWERED), Filters(assignee=ME)
    return {
        "burns": card("burns", _("What burns"), burning, _burning),
        "waits": card("waits", _("Who waits"), late, _late),
        "mine": card("mine", _("What is mine"), mine, _mine),
    }


def _burning(number: int) -> str:
    return ngettext("post is reported or held.", "posts are reported or held.", number)


def _late(number: int) -> str:
    return ngettext("question waits too long for an answer.", "questions wait too long for an answer.", number)


def _mine(number: int) -> str:
    return ngettext("post is assigned to you.", "posts are assigned to you.", number)
