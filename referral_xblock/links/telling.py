"""Tells the tracking log of clicks that have turned out to be a person's, each once. A click's own request pays nothing."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from referral_xblock.emission.emitting import after_commit, emit
from referral_xblock.emission.events import LINK_CLICKED
from referral_xblock.links.models import Click, Link


def tell_clicked(click_ids: Collection[int], *, by: str) -> None:
    """After the commit, one event for each of these clicks, at most 500; one query then, none where events are not sent.

    Also where an account is known by now: a click is told without any person, as a count.
    """
    if click_ids:
        after_commit(LINK_CLICKED, partial(_tell, list(click_ids), by))


def channels_of(link_ids: Collection[int]) -> dict[int, str]:
    """The channel of each of these links, at most 500. One query, none without links."""
    return dict(Link.objects.filter(id__in=link_ids).values_list("id", "channel")) if link_ids else {}


def _tell(click_ids: list[int], by: str) -> None:
    rows = Click.objects.filter(id__in=click_ids).order_by("id").values_list("link_id", "course_key", "link__channel")
    for link_id, course_key, channel in rows:
        data = {"link": link_id, "channel": channel, "confirmed_by": by}
        emit(LINK_CLICKED, data, user_id=None, course_key=course_key)
