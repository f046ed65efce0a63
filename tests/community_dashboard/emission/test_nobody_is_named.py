"""Whatever happens in a course, no event that we tell holds an address, a name, a code, a token or a text: all are looked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone
from eventtracking.tracker import get_tracker

from community_dashboard.emission.events import EVENTS as OF_THE_DASHBOARD
from community_dashboard.moderation.data import Choice, Finding, Reason
from community_dashboard.moderation.decisions.actions import decide, undo
from community_dashboard.moderation.digest.actions import send_digest
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.queue.actions import set_findings
from community_dashboard.retirement import forget_retired
from demo.campus.models import Profile
from demo.population.crowd import load_crowd
from referral_xblock.api import OWN_EVENTS, revoke_reward
from referral_xblock.journey.repair import recompute_all
from referral_xblock.models import Link, Reward
from referral_xblock.rewards.actions import settle_rewards
from tests.community_dashboard.moderation.projection.conftest import ForumOf
from tests.referral_xblock.retirement.conftest import NAMES
from tests.referral_xblock.sharing import inviting
from tests.referral_xblock.visits import BEACON, CHROME, browser, open_invitation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
IP = "198.51.100.23"
BODY = "My number is 0151 2345, says Wilhelmina"
WHY = "Somebody asked for it in so many words"
TITLE = "Guide of the meadow"


@pytest.fixture
def around() -> Iterator[None]:
    """What an LMS puts around every request, here around everything."""
    context = {
        "ip": IP, "username": NAMES[1], "user_id": 999_999, "agent": CHROME, "referer": "https://x.example/r/wilhelmina-2",
        "path": "/r/wilhelmina-2/join", "session": "0cc175b9c0f1b6a831c399e269772661", "client_id": "1033501218.1368477899",
        "course_user_tags": {"partition": "Wilhelmina"},
    }  # fmt: skip
    with get_tracker().context("edx.course.browser", context):
        yield


def secrets() -> set[str]:
    """Every text in our tables and in those of the accounts that is somebody's, or opens something."""
    users = get_user_model().objects.all()
    found = {
        IP,
        CHROME,
        BODY,
        WHY,
        TITLE,
        "0cc175b9c0f1b6a831c399e269772661",
        "1033501218.1368477899",
        "999999",
        *NAMES,
    }
    for user in users:
        found |= {user.username, user.email, user.first_name, user.last_name, user.password}
    names = set(Profile.objects.values_list("name", flat=True))
    found |= names | {part for name in names for part in name.split() if len(part) > 3}
    fields = {
        "referral_xblock.Link": ("code", "label"),
        "referral_xblock.Click": ("visitor", "person"),
        "referral_xblock.Touch": ("token",),
        "referral_xblock.MailInvitation": ("mailbox", "press", "sealed"),
        "referral_xblock.Reward": ("slug", "title", "badge", "text", "note"),
        "referral_xblock.Badge": ("token", "public_id", "recipient_hash"),
        "community_dashboard.Decision": ("reason", "note", "post_id", "thread_id", "strand"),
        "community_dashboard.Digest": ("key",),
        "community_dashboard.ForumPost": ("post_id", "title", "excerpt"),
    }
    for name, columns in fields.items():
        for row in apps.get_model(name).objects.values_list(*columns):
            found |= {str(value) for value in row}
    return {one for one in found if len(one) > 2}


def leaks(events: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(event, secret) for each that stands in a value of what was told, as a word of its own."""
    words = sorted(secrets(), key=len, reverse=True)
    pattern = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, words)) + r")(?![\w-])", re.I)
    return [
        (event["name"], hit)
        for event in events
        for value in [*event["data"].values(), *event["context"].values()]
        for hit in pattern.findall(str(value))
        if hit.lower() not in PUBLIC
    ]


# Words of the channels and of the course's key, which people and threads share.
PUBLIC = {"copy", "qr", "bees", "test"}


def test_a_rich_life_is_told_without_saying_whose(
    told, around, life, cast, course_key, client_of, milestones, badge_key, now
):
    milestones(
        {
            "slug": "guide",
            "counts": "enrolled",
            "number": 1,
            "title": TITLE,
            "badge": "Bee guide",
            "text": "Well done, you",
        }
    )
    visitor = browser()
    code = Link.objects.get(code=life.own_code).code
    token = open_invitation(visitor, code)[1]
    visitor.post(f"/r/{code}/seen", {"token": token}, headers=BEACON, REMOTE_ADDR=IP)
    later = timezone.now() + timedelta(days=30)
    for user in (life.user, cast.chen):
        settle_rewards(user_id=user.id, course_key=course_key, now=later)
    reward = Reward.objects.filter(course_key=course_key).first()
    revoke_reward(actor=cast.ada, course_key=course_key, reward_id=reward.id, note=WHY, now=later)
    inviting.allow_mail(course_key)
    inviting.send(client_of(life.user), course_key, "Grandmother <grandma@example.net>")
    moderate(cast, course_key, life.user, now)
    assert set(told.names()) == {
        event.name.removeprefix("openedx.community.") for event in (*OWN_EVENTS, *OF_THE_DASHBOARD)
    } - {"journey.withdrawn"}
    assert leaks(told.events) == []
    assert "grandma" not in json.dumps(told.events, default=str)


def moderate(cast, course_key, author, now):
    """bo hides what somebody wrote, with words, and takes it back; then the digest."""
    ref = ForumOf(course_key).thread(author, title="Call me, says Wilhelmina", body=BODY)
    project(course_key=course_key, refs=[ref], now=now)
    finding = Finding(Reason.REPORTED, "reported", 10, now, {})
    set_findings(course_key=course_key, ref=ref, source="reports", findings=[finding], now=now)
    by = {"by": cast.bo, "course_key": course_key, "now": now}
    row = decide(**by, ref=ref, choice=Choice.HIDE, reason=WHY, fields={"note": BODY})
    undo(**by, decision_id=row.pk)
    ForumPost.objects.update(thread_type="question", created_at=now, waiting_since=now)
    mail.outbox.clear()
    assert send_digest(user_id=cast.bo.id, course_key=course_key, now=now)


def test_the_search_finds_what_would_be_one(cast, link):
    users = [{"name": "a", "data": {"by": f"from {cast.chen.email}"}, "context": {}}]
    codes = [{"name": "b", "data": {}, "context": {"path": f"/r/{link.code}/join"}}]
    assert {name for name, _hit in leaks(users)} == {"a"}
    assert leaks(codes) == [("b", link.code)]


def test_a_retirement_tells_nothing_and_nothing_later_tells_of_it(told, around, life, cast):
    from tests.community_dashboard.retirement.test_a_retired_person_leaves_the_record import retire

    told.events.clear()
    retire(life.user)
    forget_retired(sender=None, user=life.user)
    recompute_all(now=life.user.date_joined)
    assert [event for event in told.events if event["context"]["user_id"] == life.user.id] == []
    assert told.events == []


def test_a_crowd_is_told_without_a_name(told, around, cast, course_key, now):
    load_crowd(120, course_key=course_key, seed=3, now=now, progress=lambda _line: None)
    assert len(told.events) > 5
    assert leaks(told.events) == []
