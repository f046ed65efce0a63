"""Before rules are saved, the course's team sees what they would have done."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from community_dashboard.referrals.policy import as_form
from referral_xblock.api import EventKind, NewEvent, exported_policy, note_events, policy_of
from referral_xblock.journey.ledger import recompute
from referral_xblock.journey.models import Journey, Touch
from referral_xblock.links.models import Link


@pytest.fixture
def page(course_key):
    return reverse("community_dashboard:growth_settings", args=[str(course_key)])


@pytest.fixture
def came(cast, course_key, now):
    """Five friends who enrolled a day and an hour after their click, as the ledger has it."""
    users = get_user_model().objects
    friends = [users.create(username=f"friend{number}", email=f"friend{number}@example.org") for number in range(5)]
    link = Link.objects.create(
        code="tried", owner=cast.chen, course_key=course_key, channel="mastodon", label="tried", created_at=now
    )
    for number, friend in enumerate(friends):
        clicked = now - timedelta(days=2, minutes=number)
        enrolled = clicked + timedelta(days=1, hours=1)
        Touch.objects.create(
            token=f"tried:{number}",
            user=friend,
            course_key=course_key,
            link=link,
            kind="link",
            happened_at=clicked,
            bound_at=enrolled,
        )
        note_events(events=[NewEvent(friend.id, EventKind.ENROLLED, enrolled, course_key)])
    recompute([friend.id for friend in friends], course_key)
    return friends


def posted(client, page, course_key, **changes):
    return client.post(page, as_form(exported_policy(course_key) | changes) | {"try": "1"})


def test_a_shorter_window_is_tried_and_not_saved(cast, client_of, course_key, page, came, time_machine, now):
    time_machine.move_to(now)
    before = policy_of(course_key).window_days
    statuses = list(Journey.objects.order_by("id").values_list("status", "reason"))
    answer = posted(client_of(cast.ada), page, course_key, window_days=1)
    assert answer.status_code == 200
    comparison = answer.context["rehearsal"]
    assert (comparison.total, comparison.changed) == (len(came), len(came))
    assert "enrolled too long after the click" in answer.content.decode()
    assert answer.context["form"]["window_days"].value() == "1"
    assert policy_of(course_key).window_days == before
    assert list(Journey.objects.order_by("id").values_list("status", "reason")) == statuses


def test_the_rules_of_today_change_nothing(cast, client_of, course_key, page, came, time_machine, now):
    time_machine.move_to(now)
    comparison = posted(client_of(cast.ada), page, course_key).context["rehearsal"]
    assert (comparison.total, comparison.changed) == (len(came), 0)


def test_rules_that_cannot_be_are_not_tried(cast, client_of, course_key, page):
    answer = posted(client_of(cast.ada), page, course_key, window_days=0)
    assert answer.status_code == 400
    assert answer.context["rehearsal"] is None


def test_who_may_not_save_may_not_try(everybody, client_of, course_key, page):
    for who in ("stranger", "learner", "moderator", "staff of another course"):
        assert posted(client_of(everybody[who]), page, course_key).status_code == 403
