"""The course's budget: how many rewards are granted at present, counted so that two workers cannot both give the last one."""

from __future__ import annotations

from django.db.models import F
from opaque_keys.edx.keys import CourseKey

from referral_xblock.rewards.models import Purse


def take(course_key: CourseKey, *, budget: int) -> bool:
    """Counts one more granted reward; False if the budget (0: none) is used up. Two statements, three the first time.

    The condition stands in the statement that counts: the database lets one writer after the other see the latest number.
    """
    Purse.objects.get_or_create(course_key=course_key)
    rows = Purse.objects.filter(course_key=course_key)
    if budget:
        rows = rows.filter(granted__lt=budget)
    return bool(rows.update(granted=F("granted") + 1))


def give_back(course_key: CourseKey) -> None:
    """Counts one granted reward fewer. One statement."""
    Purse.objects.filter(course_key=course_key, granted__gt=0).update(granted=F("granted") - 1)


def used(course_key: CourseKey) -> int:
    """How many rewards are granted in this course at present. One query."""
    return Purse.objects.filter(course_key=course_key).values_list("granted", flat=True).first() or 0
