"""The team's page of rewards: who may open it, what is decided there, what it says of the budget and of keys."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from demo.campus import actions as campus
from referral_xblock.api import Role, exported_policy, list_rewards, save_policy
from referral_xblock.models import Journey, Reward
from referral_xblock.rewards.actions import settle_rewards
from tests.people import make_course

pytestmark = pytest.mark.django_db(transaction=True)

MILESTONE = {"counts": "active", "number": 1, "title": "Guide", "badge": "Bee guide", "team_note": "Send a card."}


@pytest.fixture
def address(course_key):
    return f"/community/courses/{course_key}/growth/rewards/"


@pytest.fixture
def earned(cast, course_key, now):
    """`earned(reward_by_hand=True)`: chen has brought an active friend; the reward that came of it."""

    def earn(**rules):
        values = exported_policy(course_key) | {"milestones": [MILESTONE]} | rules
        assert not save_policy(course_key=course_key, values=values, actor=cast.ada, now=now).errors
        friend = get_user_model().objects.create_user("friend", "friend@example.org", "secret")
        enrolled = now - timedelta(days=10)
        Journey.objects.create(
            user=friend, course_key=course_key, inviter=cast.chen, status="credited", clicked_at=enrolled,
            enrolled_at=enrolled, active_at=enrolled,
        )  # fmt: skip
        settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
        return Reward.objects.get()

    return earn


def act(client, address, reward, name, **fields):
    return client.post(f"{address}{reward.id}/", {"act": name, **fields})


@pytest.mark.parametrize("page", ["", "milestones/"])
def test_only_the_team_of_this_course_opens_it(client_of, cast, address, page, now):
    other = make_course("course-v1:Test+Birds+2026").course_key
    stranger = get_user_model().objects.create_user("eve", "eve@example.org", "secret")
    campus.give_role(user=stranger, course_key=other, role=Role.COURSE_STAFF)
    assert client_of(cast.ada).get(address + page).status_code == 200
    for person in (cast.bo, cast.chen, cast.dara, stranger):
        assert client_of(person).get(address + page).status_code == 403
    signed_out = client_of().get(address + page)
    assert signed_out.status_code == 302
    assert "/login" in signed_out["Location"] or "sign-in" in signed_out["Location"]


def test_nobody_else_decides(client_of, cast, address, earned):
    reward = earned(reward_by_hand=True)
    other = make_course("course-v1:Test+Birds+2026").course_key
    stranger = get_user_model().objects.create_user("eve", "eve@example.org", "secret")
    campus.give_role(user=stranger, course_key=other, role=Role.COURSE_STAFF)
    for person in (cast.bo, cast.chen, cast.dara, stranger):
        assert act(client_of(person), address, reward, "approve").status_code == 403
    elsewhere = f"/community/courses/{other}/growth/rewards/"
    assert act(client_of(stranger), elsewhere, reward, "approve").status_code == 400
    reward.refresh_from_db()
    assert (reward.state, reward.hand) == ("waiting", "")


def test_what_waits_is_approved_and_undone(client_of, cast, address, earned):
    reward = earned(reward_by_hand=True)
    ada = client_of(cast.ada)
    page = ada.get(address).content.decode()
    assert "1 waits for your decision" in page
    assert "Send a card." in page
    assert act(ada, address, reward, "approve").status_code == 303
    reward.refresh_from_db()
    assert (reward.state, reward.hand, reward.decided_by) == ("granted", "approved", cast.ada)
    assert "Approved." in ada.get(address + "?done=approve").content.decode()
    act(ada, address, reward, "undo")
    reward.refresh_from_db()
    assert (reward.state, reward.reason, reward.hand) == ("waiting", "approval", "")


def test_a_refusal_needs_words_and_stays_until_it_is_undone(client_of, cast, address, earned, course_key, now):
    reward = earned(reward_by_hand=True)
    ada = client_of(cast.ada)
    answer = act(ada, address, reward, "refuse")
    assert answer.status_code == 400
    assert "the learner reads it" in answer.content.decode()
    act(ada, address, reward, "refuse", note="These were your own accounts.")
    settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    reward.refresh_from_db()
    assert (reward.state, reward.reason, reward.note) == ("revoked", "refused", "These were your own accounts.")
    act(ada, address, reward, "undo")
    reward.refresh_from_db()
    assert reward.state == "waiting"


def test_what_was_granted_is_taken_back_and_given_again(client_of, cast, address, earned, course_key, now):
    reward = earned()
    ada = client_of(cast.ada)
    act(ada, address, reward, "revoke", note="It was a test.")
    settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)
    reward.refresh_from_db()
    assert (reward.state, reward.reason) == ("revoked", "revoked")
    act(ada, address, reward, "undo")
    reward.refresh_from_db()
    assert reward.state == "granted"


def test_too_long_words_are_kept_and_said(client_of, cast, address, earned):
    reward = earned()
    answer = act(client_of(cast.ada), address, reward, "revoke", note="x" * 301)
    assert answer.status_code == 400
    assert "x" * 301 in answer.content.decode()


def test_the_list_is_filtered_and_paged(
    client_of, cast, address, course_key, now, settings, django_assert_max_num_queries
):
    settings.COMMUNITY_PAGE_SIZE = 5
    Reward.objects.bulk_create(
        Reward(
            user=get_user_model().objects.create(username=f"p{number}", email=f"p{number}@example.org"),
            course_key=course_key, slug="one", side="inviter", counts="active", number=1,
            state="granted" if number % 2 else "revoked", reason="" if number % 2 else "left",
            team_note="Send a card." if number == 3 else "", earned_at=now, changed_at=now,
        )
        for number in range(12)
    )  # fmt: skip
    ada = client_of(cast.ada)
    ada.get(address)
    with django_assert_max_num_queries(20):
        first = ada.get(address).content.decode()
    assert first.count('id="reward-') == 5
    assert "Next page" in first
    assert ada.get(address + "?state=revoked").content.decode().count("a friend left the course") == 5
    assert ada.get(address + "?noted=on").content.decode().count('id="reward-') == 1
    assert ada.get(address + "?state=nonsense").status_code == 400
    assert len(list_rewards(course_key, after=list_rewards(course_key)[4].id)) == 7


def test_the_page_says_what_is_used_of_the_budget_and_that_there_is_no_key(client_of, cast, address, earned, settings):
    settings.REFERRAL_BADGE_KEY = ""
    earned(reward_budget=7)
    page = client_of(cast.ada).get(address).content.decode()
    assert "1 of at most 7 rewards are granted" in page
    assert "Badges are not made at present: no key is set." in page


def test_an_empty_page_says_what_to_do_first(client_of, cast, address):
    assert "First, say what can be earned." in client_of(cast.ada).get(address).content.decode()
    growth = client_of(cast.ada).get(address.removesuffix("rewards/")).content.decode()
    assert f'href="{address}"' in growth.replace("%2B", "+")


def test_names_and_notes_are_text(client_of, cast, address, earned, course_key):
    reward = earned()
    Reward.objects.filter(id=reward.id).update(team_note="<script>alert(1)</script>", title="<b>x</b>")
    page = client_of(cast.ada).get(address).content.decode()
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert "&lt;script&gt;alert(1)" in page
