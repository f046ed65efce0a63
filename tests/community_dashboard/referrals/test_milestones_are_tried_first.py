"""Before milestones are saved, the course's team sees what they would have given."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from community_dashboard.referrals.policy import as_form
from community_dashboard.referrals.rehearsing import rehearse_milestones
from referral_xblock.api import exported_policy, policy_of, save_policy
from referral_xblock.models import Journey, Reward

pytestmark = pytest.mark.django_db(transaction=True)

GUIDE = {"slug": "guide", "counts": "active", "number": "1", "title": "Guide"}
RULES = {"reward_budget": "0", "enrolled": "1", "active": "3", "completed": "6", "rows": "1"}


@pytest.fixture
def page(course_key):
    return f"/community/courses/{course_key}/growth/rewards/milestones/"


@pytest.fixture
def brought(cast, course_key, now, time_machine):
    """Twelve inviters brought an active friend ten days ago; one friend is enough at present."""
    time_machine.move_to(now)
    values = exported_policy(course_key) | {"milestones": [GUIDE]}
    assert not save_policy(course_key=course_key, values=values, actor=cast.ada, now=now).errors
    users, enrolled = get_user_model().objects, now - timedelta(days=10)
    for number in range(12):
        inviter, friend = (
            users.create(username=f"{kind}{number}", email=f"{kind}{number}@example.org") for kind in "if"
        )
        Journey.objects.create(
            user=friend, course_key=course_key, inviter=inviter, status="credited", clicked_at=enrolled,
            enrolled_at=enrolled, active_at=enrolled,
        )  # fmt: skip


def sent(row=None, **rules):
    return RULES | rules | {f"m0-{name}": value for name, value in (GUIDE | (row or {})).items()} | {"try": "1"}


def test_two_friends_instead_of_one_are_tried_and_not_saved(cast, client_of, course_key, page, brought):
    answer = client_of(cast.ada).post(page, sent({"number": "2"}))
    assert answer.status_code == 200
    comparison = answer.context["tried"].comparison
    assert (comparison.total, comparison.changed, len(comparison.examples)) == (12, 12, 10)
    assert [(row.words, row.before, row.after) for row in comparison.rows] == [("“Guide” for inviters: granted", 12, 0)]
    assert {example.who for example in comparison.examples} <= {f"i{n}, “Guide” for inviters" for n in range(12)}
    html = answer.content.decode()
    assert "12 cases would have gone another way." in html
    assert "today “granted”, with these rules “not earned”" in html
    assert 'name="m0-number" value="2"' in html, "what was typed is still there"
    assert policy_of(course_key).milestones[0]["number"] == 1
    assert not Reward.objects.exists()


def test_a_budget_is_tried(cast, client_of, page, brought):
    comparison = client_of(cast.ada).post(page, sent(reward_budget="5")).context["tried"].comparison
    assert [(row.words, row.before, row.after) for row in comparison.rows] == [
        ("“Guide” for inviters: granted", 12, 5),
        ("“Guide” for inviters: waits: the budget of the course is used up", 0, 7),
    ]


def test_the_milestones_of_today_change_nothing(cast, client_of, page, brought):
    comparison = client_of(cast.ada).post(page, sent()).context["tried"].comparison
    assert (comparison.total, comparison.changed, comparison.examples) == (12, 0, ())


def test_the_page_says_what_saving_brings_for_earlier_days(cast, client_of, page, brought, now):
    Journey.objects.update(enrolled_at=now - timedelta(days=60), active_at=now - timedelta(days=60))
    html = client_of(cast.ada).post(page, sent({"slug": "other"})).content.decode()
    assert "Nothing happened in the last 14 days that they could be tried on." in html
    assert "Saving them also brings 12 rewards for what was reached earlier." in html


def test_rules_of_counting_are_tried_on_rewards_too(cast, client_of, course_key, brought):
    page = f"/community/courses/{course_key}/growth/settings/"
    answer = client_of(cast.ada).post(page, as_form(exported_policy(course_key) | {"hold_days": 30}) | {"try": "1"})
    comparison = answer.context["rewards_tried"].comparison
    assert [(row.words, row.before, row.after) for row in comparison.rows] == [("“Guide” for inviters: granted", 12, 0)]
    html = answer.content.decode()
    assert "What they would have brought in rewards" in html
    assert html.count('id="rehearsal') == 2
    answer = client_of(cast.ada).post(page, as_form(exported_policy(course_key) | {"milestones": []}) | {"try": "1"})
    assert answer.context["rewards_tried"] is None


def test_what_cannot_be_is_not_tried(cast, client_of, page, brought):
    answer = client_of(cast.ada).post(page, sent({"number": "0"}))
    assert answer.status_code == 400
    assert answer.context["tried"] is None


def test_who_may_not_save_may_not_try(everybody, client_of, page, brought):
    for who in ("stranger", "learner", "moderator", "staff of another course"):
        assert client_of(everybody[who]).post(page, sent({"number": "2"})).status_code == 403


def test_names_are_asked_for_ten_examples_alone(cast, course_key, brought, now, django_assert_max_num_queries):
    proposed = policy_of(course_key)
    with django_assert_max_num_queries(7):
        rehearse_milestones(course_key, type(proposed)(), now=now)
