"""A rich life: somebody who was invited, invites others, leads a course, and left traces in every table of this package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from completion.models import BlockCompletion
from django.utils import timezone

from demo.campus import actions as campus
from referral_xblock.consent.actions import choose_name, choose_telling
from referral_xblock.data import Role, Telling
from referral_xblock.journey.waiting import Arrival
from referral_xblock.links.actions import create_vanity_link, ensure_links
from referral_xblock.models import Waiting
from referral_xblock.policy.actions import save_policy
from referral_xblock.policy.queries import exported
from referral_xblock.sharing.actions import record_share, record_showing
from tests.people import make_course
from tests.referral_xblock.journey.walks import come_by, follow, register
from tests.referral_xblock.visits import browser, open_invitation, press_join

NAMES = ("Wilhelmina Featherstone", "wilhelmina", "wilhelmina@example.org", "wilhelmina@uni.example")


@dataclass(frozen=True)
class Life:
    """The person, both courses, and what was handed around under the person's name."""

    user: Any
    course_key: Any
    other_key: Any
    own_code: str
    team_codes: tuple[str, str]  # one with a part of the name


@pytest.fixture
def life(link, cast, course_key, tiny_course, client_of, now) -> Life:
    """Wilhelmina came by chen's link, brought eli, typed bo's code in another course that she leads, and did much else."""
    other = make_course("course-v1:Test+Birds+2026").course_key
    visitor = browser()
    joined = press_join(visitor, link.code, open_invitation(visitor, link.code)[1], tells="stages")
    follow(visitor, register(visitor, joined["Location"], "wilhelmina"))
    from django.contrib.auth import get_user_model

    me = get_user_model().objects.get(username="wilhelmina")
    me.profile.name = NAMES[0]
    me.profile.save()
    BlockCompletion.objects.submit_completion(user=me, block_key=tiny_course.completable[0], completion=1.0)
    choose_name(user=me, shown_as="Wilhelmina F.", now=now)
    own = ensure_links(
        owner_id=me.id, course_key=course_key, placement=str(tiny_course.referral), channels=["copy", "qr"], now=now
    )["copy"]
    friend, joined = come_by(own)
    follow(friend, register(friend, joined["Location"], "eli"))
    record_showing(user_id=me.id, course_key=course_key, placement=str(tiny_course.referral), in_holdout=False, now=now)
    record_share(user_id=me.id, course_key=course_key, placement="", channel="copy", now=now)

    bos = ensure_links(owner_id=cast.bo.id, course_key=other, placement="", channels=["copy"], now=now)["copy"]
    client_of(me).post("/community/me/code/", {"code": bos.code})
    choose_telling(user=me, course_key=other, tells=Telling.DAY, now=now)
    campus.give_role(user=me, course_key=other, role=Role.COURSE_STAFF)
    team = [
        create_vanity_link(actor=me, course_key=other, code=code, now=now).code for code in ("spring", "wilhelmina-2")
    ]
    save_policy(course_key=other, values=exported(other) | {"window_days": 12}, actor=me, now=now)
    left = Arrival(course_key, (1,), Telling.DAY, ("0" * 32,))
    Waiting.objects.create(
        user=me, course_key=course_key, clicks=list(left.clicks), marks=list(left.marks), since=timezone.now()
    )
    return Life(me, course_key, other, own.code, (team[0], team[1]))
