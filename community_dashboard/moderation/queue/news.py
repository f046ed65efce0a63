"""What a page that stays open is told: how far the forum is read, and how many posts came since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.projection.filling import begin_filling
from community_dashboard.moderation.projection.queries import Progress, progress_of
from community_dashboard.moderation.queue.desk import Desk
from community_dashboard.moderation.queue.filters import OPEN
from community_dashboard.moderation.queue.queries import MOST_NEW, count_new, newest_number


@dataclass(frozen=True)
class Filled:
    """How far the posts are read that were in the forum before us."""

    done: int
    total: int

    @property
    def words(self) -> str:
        """As a sentence."""
        told = {"done": number_format(self.done), "total": number_format(self.total)}
        return _("This forum is being read: %(done)s of %(total)s posts so far.") % told


def filling_of(course_key: CourseKey) -> Filled | None:
    """How far the course is being read; None if it is read, or nobody asked for it. One query."""
    return _told(progress_of(course_key))


def read_forum(course_key: CourseKey, *, now: datetime) -> Filled | None:
    """The same, and the background begins to read a course that nobody has asked for. One query, after the first time.

    The right to see the page is checked before. What ends unheard is taken up by reconciliation.
    """
    progress = progress_of(course_key)
    if progress is None:
        begin_filling(course_key=course_key, now=now)
        return filling_of(course_key)
    return _told(progress)


def _told(progress: Progress | None) -> Filled | None:
    if progress is None or progress.finished or not progress.total:
        return None
    return Filled(min(progress.done, progress.total), progress.total)


def news_url(desk: Desk) -> str:
    """Where a page asks what came since it was made; "" for a list to which nothing comes. One query."""
    if desk.filters.state != OPEN:
        return ""
    since = {"since": desk.now.isoformat(), "after": newest_number()}
    path = reverse("community_dashboard:moderation_news", args=[str(desk.course_key)])
    return f"{path}?{desk.filters.query(**since)}"


def news_for(desk: Desk, values: Any) -> int | None:
    """How many open posts came under this filter since; None for an address that does not say since when. One query."""
    after = values.get("after", "0")
    try:
        since = parse_datetime(values.get("since", ""))
    except ValueError:
        since = None
    if since is None or since.tzinfo is None or not (after.isascii() and after.isdecimal() and len(after) < 19):
        return None
    return count_new(
        desk.course_key,
        desk.filters,
        since=since,
        after=int(after),
        now=desk.now,
        reach=desk.reach,
        reader_id=desk.reader.id,
    )


def news_words(number: int) -> str:
    """As a sentence."""
    if number > MOST_NEW:
        return _("More than %(number)s new posts wait.") % {"number": number_format(MOST_NEW)}
    return ngettext("%(number)s new post waits.", "%(number)s new posts wait.", number) % {
        "number": number_format(number)
    }


def list_around(request: HttpRequest, desk: Desk) -> str:
    """The address of the first page of the list, with the post that is open in the page that asks."""
    path, course = reverse("community_dashboard:moderation", args=[str(desk.course_key)]), str(desk.course_key)
    try:
        there = resolve(urlsplit(request.headers.get("HX-Current-URL", "")).path)
    except (Resolver404, ValueError):
        there = None
    if there is not None and there.url_name == "moderation_item" and there.kwargs.get("course") == course:
        path = reverse("community_dashboard:moderation_item", kwargs=there.kwargs)
    query = desk.filters.query()
    return f"{path}?{query}" if query else path
