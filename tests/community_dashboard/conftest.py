"""Every kind of reader, and a course in which invitations have brought people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from demo.campus import actions
from referral_xblock.api import Role, Verdict
from referral_xblock.journey.models import Journey, Touch
from referral_xblock.links.models import Click, Link
from referral_xblock.sharing.models import Share, Showing
from tests.people import make_course


@pytest.fixture
def elsewhere(db):
    """The key of another course."""
    return make_course("course-v1:Test+Birds+2026").course_key


@pytest.fixture
def everybody(cast, course_key, elsewhere) -> dict[str, Any]:
    """One account for each line of the table of rights; the visitor is None."""

    def person(username: str, role: Role | None = None, where: Any = course_key, **fields: Any) -> Any:
        user = get_user_model().objects.create(username=username, email=f"{username}@example.org", **fields)
        if role:
            actions.give_role(user=user, course_key=where, role=role)
        return user

    return {
        "visitor": None,
        "stranger": cast.dara,
        "learner": cast.chen,
        "moderator": cast.bo,
        "group moderator": person("gil", Role.GROUP_MODERATOR),
        "course staff": cast.ada,
        "staff of another course": person("otto", Role.COURSE_STAFF, elsewhere),
        "data researcher": person("rosa", Role.DATA_RESEARCHER),
        "global staff": person("gus", is_staff=True),
    }


@dataclass(frozen=True)
class Grown:
    """What `grow` made."""

    friends: list[Any]
    link: Link


def grow(cast: Any, course_key: Any, now: Any, *, friends: int = 5, code: str = "grown") -> Grown:
    """chen saw the block, shared it on Mastodon; so many friends came, enrolled one an hour; one is held, one not credited."""
    users = get_user_model().objects
    made = [users.create(username=f"{code}{n}", email=f"{code}{n}@example.org") for n in range(friends)]
    link = Link.objects.create(
        code=code, owner=cast.chen, course_key=course_key, placement="", channel="mastodon", label=code, created_at=now
    )
    Showing.objects.get_or_create(
        user=cast.chen, placement="p", defaults={"course_key": course_key, "shown_at": now, "in_holdout": False}
    )
    Share.objects.get_or_create(user=cast.chen, course_key=course_key, channel="mastodon", day=now.date())
    for number, friend in enumerate(made):
        moment = now + timedelta(minutes=number)
        status, reason = {0: ("held", "suspicious"), 1: ("not_credited", "staff")}.get(number, ("credited", ""))
        Click.objects.create(
            link=link, course_key=course_key, created_at=moment, verdict=Verdict.PERSON.value, reason="join",
            visitor=f"v{friend.id}", person=f"u{friend.id}",
        )  # fmt: skip
        Touch.objects.create(
            token=f"{code}:{number}", user=friend, course_key=course_key, link=link, kind="link",
            happened_at=moment, bound_at=moment,
        )  # fmt: skip
        Journey.objects.create(
            user=friend, course_key=course_key, inviter=cast.chen, link=link, status=status, reason=reason,
            clicked_at=moment, registered_at=moment, enrolled_at=moment,
            active_at=moment if number == 2 else None,
        )  # fmt: skip
    return Grown(made, link)


@pytest.fixture
def grown(cast, course_key, now) -> Grown:
    """Five friends of chen: three credited (one of them active), one held, one not credited."""
    return grow(cast, course_key, now)


@pytest.fixture
def ask(cast, course_key, now):
    """`ask(moment, reason)`: somebody asks for a link of chen's who is a machine for that reason, or not known ("")."""
    link = Link.objects.create(
        code="asked", owner=cast.chen, course_key=course_key, channel="mastodon", label="asked", created_at=now
    )

    def one(moment: Any, reason: str = "") -> Click:
        verdict = Verdict.MACHINE if reason else Verdict.UNKNOWN
        return Click.objects.create(
            link=link, course_key=course_key, created_at=moment, verdict=verdict.value, reason=reason,
            visitor="a-secret-visitor", person="a-secret-visitor",
        )  # fmt: skip

    return one


@pytest.fixture
def community(course_key) -> str:
    """Where the dashboard of the course begins."""
    return f"/community/courses/{course_key}/"


@pytest.fixture
def rest(course_key) -> str:
    """Where the course's REST addresses begin."""
    return f"/community/api/v1/courses/{course_key}/growth/"
