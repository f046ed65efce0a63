"""The rows behind "shown" and "shared", newest first, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.stubs import stubs_among
from referral_xblock.data import Selection
from referral_xblock.sharing.counts import shares, showings
from referral_xblock.sharing.models import Share, Showing


@dataclass(frozen=True)
class ShownRow:
    """A learner had a panel in view."""

    id: int
    user_id: int
    placement: str
    shown_at: datetime
    in_holdout: bool


@dataclass(frozen=True)
class SharedRow:
    """A learner shared by a channel on a day."""

    id: int
    user_id: int
    placement: str
    network: str
    day: date


@dataclass(frozen=True)
class KeptShare:
    """One share of the whole site. `user_id` is None for a retired person."""

    id: int
    user_id: int | None
    course_key: CourseKey
    channel: str
    day: date


def shares_after(number: int, *, limit: int = 500) -> list[KeptShare]:
    """The next shares of the whole site by their number, for records that others keep. Two queries; at most 500."""
    columns = ("id", "user_id", "course_key", "channel", "day")
    rows = list(Share.objects.filter(id__gt=number).order_by("id").values_list(*columns)[:limit])
    stubs = stubs_among({row[1] for row in rows})
    return [KeptShare(row[0], None if row[1] in stubs else row[1], *row[2:]) for row in rows]


def list_shown(
    course_key: CourseKey, selection: Selection, *, in_holdout: bool | None = None, after: int = 0, limit: int = 50
) -> list[ShownRow]:
    """The `limit` showings before the one whose id is `after`, newest first. One query, two with `after`.

    `in_holdout` asks for those with the prompt (False) or without (True).

    Read along the index of course and moment; a row that is gone ends the list.
    """
    rows = showings(course_key, selection)
    if in_holdout is not None:
        rows = rows.filter(in_holdout=in_holdout)
    if after:
        moment = Showing.objects.filter(course_key=course_key, id=after).values_list("shown_at", flat=True).first()
        if moment is None:
            return []
        rows = rows.filter(shown_at__lte=moment).filter(Q(shown_at__lt=moment) | Q(id__lt=after))
    columns = ("id", "user_id", "placement", "shown_at", "in_holdout")
    return [ShownRow(*row) for row in rows.order_by("-shown_at", "-id").values_list(*columns)[:limit]]


def list_shared(course_key: CourseKey, selection: Selection, *, after: int = 0, limit: int = 50) -> list[SharedRow]:
    """The `limit` shares before the one whose id is `after`, newest first. One query, two with `after`.

    Read along the index of course and day; a row that is gone ends the list.
    """
    rows = shares(course_key, selection)
    if after:
        day = Share.objects.filter(course_key=course_key, id=after).values_list("day", flat=True).first()
        if day is None:
            return []
        rows = rows.filter(day__lte=day).filter(Q(day__lt=day) | Q(id__lt=after))
    columns = ("id", "user_id", "placement", "channel", "day")
    return [SharedRow(*row) for row in rows.order_by("-day", "-id").values_list(*columns)[:limit]]
