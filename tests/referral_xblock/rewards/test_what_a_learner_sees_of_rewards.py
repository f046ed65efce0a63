"""The panel: what comes next is honest and tells nothing of friends that they keep to themselves."""

import pytest

from referral_xblock.consent.actions import choose_telling
from referral_xblock.data import Telling
from referral_xblock.models import Journey, Reward
from referral_xblock.panels import Place, Viewing
from referral_xblock.rewards import panel
from referral_xblock.rewards.actions import revoke_reward, settle_rewards

pytestmark = pytest.mark.django_db(transaction=True)

GUIDE = {
    "slug": "guide", "counts": "active", "number": 2, "title": "Guide", "badge": "Bee guide",
    "text": "The <b>secret</b> meadow.", "link": "/courses/meadow",
}  # fmt: skip


@pytest.fixture
def see(cast, course_key, now):
    """What a person sees, chen at /community/me/ unless said otherwise."""

    def draw(user=None, place=Place.ME):
        viewing = Viewing(user_id=(user or cast.chen).id, course_key=course_key, place=place, now=now)
        return " ".join(panel.draw(viewing).split())

    return draw


@pytest.fixture
def settle(cast, course_key, now):
    return lambda: settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)


def test_nothing_to_earn_and_nothing_earned_is_no_panel(see, friends):
    friends(1, active=True)
    assert see() == ""


def test_enrolments_are_counted_exactly_and_the_held_are_named(see, friends, milestones):
    milestones({"slug": "three", "counts": "enrolled", "number": 3, "title": "Host"})
    friends(1)
    friends(2, days=1)
    seen = see()
    assert "Next: 3 friends have enrolled" in seen
    assert "1 friend counts so far. 2 more are missing." in seen
    assert "1 friend has enrolled and counts after having stayed for 3 days." in seen


def test_what_friends_learn_is_counted_only_where_they_show_it(see, friends, milestones, course_key, now):
    milestones(GUIDE)
    friend = friends(1, active=True)
    assert "0 friends who show you how they get on have done so." in see()
    assert "Friends who show nothing count as well." in see()
    choose_telling(user=friend.user, course_key=course_key, tells=Telling.STAGES, now=now)
    assert "1 friend who shows you how they get on has done so." in see()


def test_what_was_granted_opens_as_plain_text(see, friends, milestones, settle, badge_key):
    milestones(GUIDE)
    friends(1, active=True)
    friends(2, active=True)
    settle()
    seen = see()
    assert "The &lt;b&gt;secret&lt;/b&gt; meadow." in seen
    assert 'href="/courses/meadow"' in seen
    assert f'href="/community/badges/{Reward.objects.get().credential.public_id}/"' in seen
    assert "Next:" not in seen
    assert 'target="_blank"' not in seen
    assert 'target="_blank"' in see(place=Place.UNIT)


def test_what_was_lost_is_said_without_telling_what_a_friend_did(see, friends, milestones, settle, now):
    milestones(GUIDE)
    friends(1, active=True)
    friends(2, active=True)
    settle()
    Journey.objects.update(unenrolled_at=now)
    settle()
    seen = see()
    assert "Fewer friends count at present than it needs." in seen
    assert "left" not in seen
    assert "secret" not in seen


def test_the_words_of_the_team_are_shown(see, friends, milestones, settle, cast, course_key, now):
    milestones(GUIDE)
    friends(1, active=True)
    friends(2, active=True)
    settle()
    reward = Reward.objects.get()
    revoke_reward(actor=cast.ada, course_key=course_key, reward_id=reward.id, note="All were <you>.", now=now)
    assert "All were &lt;you&gt;." in see()


def test_what_waits_says_for_what(see, friends, milestones, settle):
    milestones(GUIDE, reward_by_hand=True)
    friends(1, active=True)
    friends(2, active=True)
    settle()
    assert "The course team takes a look first." in see()
    assert "secret" not in see()


def test_the_friend_sees_what_is_theirs(see, friends, milestones, course_key, now):
    milestones(GUIDE | {"friend_on": "active", "friend_title": "Newcomer"})
    friend = friends(1, active=True)
    settle_rewards(user_id=friend.user_id, course_key=course_key, now=now)
    assert "Newcomer" in see(friend.user)


def test_who_sees_no_prompt_is_promised_nothing_in_the_unit(see, friends, milestones, monkeypatch):
    milestones(GUIDE)
    monkeypatch.setattr(panel, "is_held_out", lambda *about: True)
    assert see(place=Place.UNIT) == ""
    assert "Next:" in see(place=Place.ME)


def test_it_costs_a_handful_of_queries(see, friends, milestones, django_assert_max_num_queries, course_key):
    milestones(GUIDE)
    for number in range(20):
        friends(number, active=True, days=5 if number % 2 else 1)
    see()
    with django_assert_max_num_queries(6):
        see()
