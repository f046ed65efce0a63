"""What moderation puts on the overview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.charts.numbers import decimal
from community_dashboard.data import Card, CardLine
from community_dashboard.moderation.appeals.queries import count_waiting
from community_dashboard.moderation.clock.queries import calendar_of
from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.digest.actions import readers_of
from community_dashboard.moderation.health.spikes import Spike, spikes
from community_dashboard.moderation.projection.answering import has_posts, most_helpful
from community_dashboard.moderation.queue.filters import ME, Filters
from community_dashboard.moderation.queue.queries import COUNTED, count, has_items
from community_dashboard.moderation.queue.reach import Reach, reach_of

MORE = 3  # lines below an answer


def desk_cards(course_key: CourseKey, *, reader: Any) -> dict[str, Card]:
    """ "What burns", "who waits", "what is mine" and "what broke", by key; without those of which nothing was ever found.

    Six queries by an index, those for the reader's reach, and two more where something broke.
    """
    reach, now = reach_of(reader, course_key), timezone.now()
    broke = broke_card(course_key, reach=reach, now=now)
    also = {} if broke is None else {"broke": broke}
    appeals = count_waiting(course_key)
    if not has_items(course_key) and not appeals:
        return also

    def card(key: str, title: str, filters: Filters, sentence: Callable[[int], str]) -> Card:
        number = count(course_key, filters, now=now, reach=reach, reader_id=reader.id)
        shown = number_format(min(number, COUNTED)) + ("+" if number > COUNTED else "")
        url = f"{reverse('community_dashboard:moderation', args=[str(course_key)])}?{filters.query()}"
        return Card(key, title, sentence(number), shown, url)

    burning, late, mine = Filters(burning=True), Filters(reason=Reason.UNANSWERED), Filters(assignee=ME)
    burns = card("burns", _("What burns"), burning, _burning)
    if appeals:
        url = reverse("community_dashboard:moderation_appeals", args=[str(course_key)])
        burns = replace(burns, more=(CardLine(number_format(appeals), _appealed(appeals), url),))
    return {
        "burns": burns,
        "waits": card("waits", _("Who waits"), late, _late),
        "mine": card("mine", _("What is mine"), mine, _mine),
        **also,
    }


def broke_card(course_key: CourseKey, *, reach: Reach, now: datetime) -> Card | None:
    """ "What broke": the units that suddenly raise questions; None while the forum of the course was never written in.

    One query over a month of threads, and the host's for topics where something broke.
    """
    if not has_posts(course_key):
        return None
    found = spikes(course_key, group_id=reach.sees_group, now=now)
    queue = reverse("community_dashboard:moderation", args=[str(course_key)])
    if not found:
        health = reverse("community_dashboard:moderation_health", args=[str(course_key)])
        sentence = _("units raise more questions than usual: the last three days are like the four weeks before.")
        return Card("broke", _("What broke"), sentence, number_format(0), health)

    def url(spike: Spike) -> str:
        return f"{queue}?{Filters(topics=(spike.topic_id,)).query()}"

    first, *others = found
    return Card(
        "broke",
        _("What broke"),
        _broke(first),
        number_format(first.threads),
        url(first),
        tuple(CardLine(number_format(one.threads), _broke(one), url(one)) for one in others[:MORE]),
    )


def helper_lines(course_key: CourseKey, *, start: datetime, end: datetime) -> list[tuple[int, int]]:
    """Who of the learners answered others most often in a period: account and how often. One query; see `most_helpful`."""
    return most_helpful(course_key, start=start, end=end, limit=MORE)


def next_digest(course_key: CourseKey, *, now: datetime) -> tuple[datetime, int] | None:
    """When the daily mail to moderators goes out next, and to how many; None where the site sends none, or to nobody."""
    readers = len(readers_of(course_key)) if settings.COMMUNITY_DIGEST_MINUTES else 0
    if not readers:
        return None
    here = now.astimezone(ZoneInfo(calendar_of(course_key).zone))
    at = here.replace(hour=settings.COMMUNITY_DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return (at if at > here else at + timedelta(days=1)), readers


def _broke(spike: Spike) -> str:
    return ngettext(
        "discussion was begun in the unit “%(unit)s” in three days; usual are %(usual)s.",
        "discussions were begun in the unit “%(unit)s” in three days; usual are %(usual)s.",
        spike.threads,
    ) % {"unit": spike.title, "usual": decimal(spike.usual)}


def _burning(number: int) -> str:
    return ngettext("post is reported or held.", "posts are reported or held.", number)


def _appealed(number: int) -> str:
    return ngettext("appeal waits for an answer.", "appeals wait for an answer.", number)


def _late(number: int) -> str:
    return ngettext("question waits too long for an answer.", "questions wait too long for an answer.", number)


def _mine(number: int) -> str:
    return ngettext("post is assigned to you.", "posts are assigned to you.", number)
