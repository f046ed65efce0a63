"""Reads of what people let others see."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.models import FriendChoice, NameChoice
from referral_xblock.data import Telling


def shown_name_of(user_column: str) -> Coalesce:
    """An annotation: the name by which the user in `user_column` chose to be shown, "" if none. Adds no query."""
    chosen = NameChoice.objects.filter(user=OuterRef(user_column)).values("shown_as")[:1]
    return Coalesce(Subquery(chosen), Value(""))


def shown_name(user_id: int) -> str:
    """The name by which this person chose to be shown, "" if none. One query."""
    return NameChoice.objects.filter(user_id=user_id).values_list("shown_as", flat=True).first() or ""


def telling_of(user_id: int, course_key: CourseKey) -> Telling:
    """What this friend lets the inviter see. One query."""
    chosen = FriendChoice.objects.filter(user_id=user_id, course_key=course_key).values_list("tells", flat=True).first()
    return Telling(chosen) if chosen else Telling.DAY


def tellings(user_ids: list[int], course_key: CourseKey) -> dict[int, Telling]:
    """What these friends let the inviter see; those who said nothing are left out. One query."""
    rows = FriendChoice.objects.filter(user_id__in=user_ids, course_key=course_key).values_list("user_id", "tells")
    return {user_id: Telling(tells) for user_id, tells in rows}


def silent_friends(course_key: CourseKey) -> QuerySet:
    """The people of this course who let nothing be seen, as a sub-query of user ids. Adds no query."""
    return FriendChoice.objects.filter(course_key=course_key, tells=Telling.NOTHING.value).values("user_id")


def telling_friends(course_key: CourseKey) -> QuerySet:
    """The people of this course who let their learning stages be seen, as a sub-query of user ids. Adds no query."""
    return FriendChoice.objects.filter(course_key=course_key, tells=Telling.STAGES.value).values("user_id")
