"""The sentence on the first page after an invitation: by whom, what they see, and nothing where nothing is known."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages

from demo.campus import actions as campus
from referral_xblock.consent.actions import choose_name
from tests.referral_xblock.visits import NAVIGATION, open_invitation, press_join, state_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def come_back(link, cast, course_key, client_of):
    """`come_back(user, **fields)`: presses the button, enrols, and returns what the way back says."""

    def come(user, *, enrolled_at=None, **fields):
        visitor = client_of(user)
        joined = press_join(visitor, link.code, open_invitation(visitor, link.code)[1], **fields)
        if enrolled_at:
            campus.enrol(user=user, course_key=course_key, mode="honor", by=user, now=enrolled_at)
        path = f"/r/{link.code}/back?s={state_in(joined)}"
        return said(visitor.get(path, headers=NAVIGATION))

    return come


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.fixture
def later():
    from django.utils import timezone

    return timezone.now() + timedelta(seconds=5)


def test_a_friend_without_a_name_and_what_they_see(come_back, cast, later):
    words = come_back(cast.dara, enrolled_at=later)
    assert words.startswith("You came by an invitation")
    assert "without your name" in words
    assert "My invitations" in words
    assert "chen" not in words.lower()


def test_an_inviter_who_chose_a_name_is_named(come_back, cast, now, later):
    choose_name(user=cast.chen, shown_as="Chen from Lyon", now=now)
    words = come_back(cast.dara, enrolled_at=later, tells="stages")
    assert words.startswith("Chen from Lyon invited you")
    assert "They see your name and how you get on." in words


def test_who_was_in_the_course_before_is_told_so(come_back, cast, now):
    assert come_back(cast.dara, enrolled_at=now - timedelta(days=3000)) == "You are in this course already."


def test_the_own_link_is_named_as_such(link, cast, client_of):
    response = client_of(cast.chen).get(f"/r/{link.code}/back", headers=NAVIGATION)
    assert said(response) == "This is your own link. Send it to somebody."


def test_where_nothing_was_bound_or_joined_nothing_is_said(link, cast, client_of, come_back):
    assert said(client_of(cast.bo).get(f"/r/{link.code}/back", headers=NAVIGATION)) == ""
    assert come_back(cast.dara) == ""
