"""Reads of moments and of what was said."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from referral_xblock.prompts import rules
from referral_xblock.prompts.models import Asking, Moment


def history_of(user_id: int) -> rules.History:
    """What is known of a person over all courses. One query."""
    row = Asking.objects.filter(user_id=user_id).first()
    if row is None:
        return rules.History()
    return rules.History(row.prompted_at, row.prompted_for, row.answered_at, row.never)


def moments_of(user_id: int, course_key: CourseKey) -> list[rules.Moment]:
    """What happened to a person in one course. One query."""
    rows = Moment.objects.filter(user_id=user_id, course_key=course_key).values_list("kind", "happened_at")
    return [rules.Moment(rules.Kind(kind), at) for kind, at in rows]


def said_never(user_id: int) -> bool:
    """Whether this person does not want to be asked. One query."""
    return Asking.objects.filter(user_id=user_id, never=True).exists()
