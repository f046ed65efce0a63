"""The four people one can be, what each of them is in the course, and the account in whose name rules act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model

from demo.campus import actions
from demo.campus.cast import CAST
from demo.campus.models import Profile
from demo.campus.queries import is_enrolled
from referral_xblock.data import Role


def load_people() -> dict[str, Any]:
    """Makes the accounts that are missing and returns all four by username. They are active and have no password."""
    people = {}
    for part in CAST:
        user, made = get_user_model().objects.get_or_create(
            username=part.username, defaults={"email": f"{part.username}@example.org"}
        )
        if made:
            user.set_unusable_password()
            user.save()
            Profile.objects.create(user=user, name=part.name)
        people[part.username] = user
    return people


def give_parts(course_key: Any, *, now: datetime) -> dict[str, Any]:
    """Makes ada the course's staff, bo a moderator who learns there, chen a learner; dara stays outside. Repeatable.

    It becomes the course that the front page speaks of. Returns the people by username.
    """
    people = load_people()
    actions.take_role(user=people["ada"], course_key=course_key, role=Role.COURSE_STAFF)
    actions.give_role(user=people["ada"], course_key=course_key, role=Role.COURSE_STAFF)
    actions.give_role(user=people["bo"], course_key=course_key, role=Role.FORUM_MODERATOR)
    if settings.COMMUNITY_ACTING_ACCOUNT:
        actions.give_role(user=_acting_account(), course_key=course_key, role=Role.FORUM_MODERATOR)
    for username in ("bo", "chen"):
        if not is_enrolled(people[username], course_key):
            actions.enrol(user=people[username], course_key=course_key, by=None, now=now)
    return people


def _acting_account() -> Any:
    """Nobody signs in as this one."""
    user, made = get_user_model().objects.get_or_create(username=settings.COMMUNITY_ACTING_ACCOUNT)
    if made:
        user.set_unusable_password()
        user.save()
        Profile.objects.create(user=user, name="Community desk")
    return user
