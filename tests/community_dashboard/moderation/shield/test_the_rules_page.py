"""…/moderation/rules/: read by every moderator, changed by few, tried before it is saved."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community_dashboard.moderation.shield.forms import RulesForm
from community_dashboard.moderation.shield.models import ShieldRules, Trace
from community_dashboard.moderation.shield.queries import rules_of
from community_dashboard.moderation.shield.rules import Mode, Rules, Sign
from demo.campus import actions as campus
from demo.forum.models import ForumTitle
from referral_xblock.api import Role
from tests.people import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(course_key):
    return reverse("community_dashboard:moderation_rules", args=[str(course_key)])


@pytest.fixture
def leader(cast, course_key):
    """ada, course staff, with a role in the forum."""
    campus.give_role(user=cast.ada, course_key=course_key, role=Role.FORUM_MODERATOR)
    return cast.ada


def sent(rules: Rules | None = None, version: int = 0, **more):
    values = RulesForm.initial_of(rules or Rules(), version) | more
    return {name: "\n".join(value) if isinstance(value, tuple) else value for name, value in values.items()}


def judged(course_key, number: int, *, hold: bool, **signs: int) -> None:
    now = timezone.now()
    Trace.objects.create(
        course_key=course_key, kind="thread", post_id=str(number), thread_id=str(number), posted_at=now, judged_at=now, text="x",
        signs=signs, hold=hold,
    )  # fmt: skip


def test_who_may_open_it(cast, course_key, page, client_of):
    assert client_of(None).get(page).status_code == 302
    assert client_of(cast.dara).get(page).status_code == 403
    assert client_of(cast.chen).get(page).status_code == 403
    for reader in (cast.ada, cast.bo):
        answer = client_of(reader).get(page)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"


def test_the_staff_of_another_course_does_not(cast, course_key, page, client_of):
    other = make_course("course-v1:Test+Other+2026").course_key
    campus.give_role(user=cast.dara, course_key=other, role=Role.COURSE_STAFF)
    campus.give_role(user=cast.dara, course_key=other, role=Role.FORUM_MODERATOR)
    assert client_of(cast.dara).get(page).status_code == 403
    assert client_of(cast.dara).post(page, sent(limit=100)).status_code == 403
    assert not ShieldRules.objects.exists()


def test_who_may_change_it(cast, course_key, page, client_of):
    """Course staff without a role in the forum, and a moderator, read; the form is not theirs."""
    for reader in (cast.ada, cast.bo):
        assert "disabled" in client_of(reader).get(page).content.decode()
        assert client_of(reader).post(page, sent(limit=100)).status_code == 403
    ForumTitle.objects.create(user=cast.bo, course_key=course_key, title="administrator")
    assert client_of(cast.bo).post(page, sent(limit=100)).status_code == 303
    campus.give_role(user=cast.ada, course_key=course_key, role=Role.FORUM_MODERATOR)
    assert client_of(cast.ada).post(page, sent(Rules(limit=100), 1, limit=90)).status_code == 303
    assert rules_of(course_key).rules.limit == 90


def test_what_is_saved_holds(leader, course_key, page, client_of):
    values = sent(
        rule_shortener="flag",
        rule_alert="off",
        watched="Gold rush\n gold  rush \n\nbingo*",
        watched_mode="hold",
        names="Jo Lee",
    )
    assert client_of(leader).post(page, values).status_code == 303
    kept = rules_of(course_key)
    assert kept.rules.mode(Sign.SHORTENER) is Mode.FLAG
    assert kept.rules.mode(Sign.ALERT) is Mode.OFF
    assert kept.rules.watched == ("Gold rush", "gold rush", "bingo*")
    assert kept.rules.watched_mode is Mode.HOLD
    assert kept.rules.names == ("Jo Lee",)
    assert (kept.version, kept.changed_by) == (1, "ada")


def test_two_who_save_at_once_do_not_overwrite_each_other(leader, course_key, page, client_of):
    browser = client_of(leader)
    assert browser.post(page, sent(limit=100)).status_code == 303
    answer = browser.post(page, sent(limit=50))
    assert answer.status_code == 409
    assert rules_of(course_key).rules.limit == 100


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": 1},
        {"limit": "x"},
        {"author_burst": 0},
        {"rule_shortener": "maybe"},
        {"watched": "x" * 61},
        {"watched": "\n".join(map(str, range(300)))},
        {"version": -1},
    ],
)
def test_wrong_values_are_told_and_not_saved(leader, course_key, page, client_of, wrong):
    answer = client_of(leader).post(page, sent(**wrong))
    assert answer.status_code == 400
    assert not ShieldRules.objects.exists()


def test_what_rules_would_have_done_is_shown_and_nothing_saved(leader, course_key, page, client_of):
    judged(course_key, 1, hold=True, shortener=45, new_author=15, bare_link=20)
    judged(course_key, 2, hold=False, hosted_page=25, new_author=15)
    judged(course_key, 3, hold=False)
    Trace.objects.filter(post_id="3").update(judged_at=timezone.now() - timedelta(days=15))
    answer = client_of(leader).post(page, sent(rule_shortener="off", **{"try": "1"}))
    comparison = answer.context["rehearsal"]
    assert (comparison.total, comparison.changed) == (2, 1)
    assert {row.words: (row.before, row.after) for row in comparison.rows} == {"held": (1, 0), "left alone": (1, 2)}
    assert not ShieldRules.objects.exists()
    assert answer.context["form"].data["rule_shortener"] == "off"


def test_the_page_says_whether_anybody_can_hold(cast, course_key, page, client_of, settings):
    settings.COMMUNITY_ACTING_ACCOUNT = ""
    assert "as a proposal" in client_of(cast.bo).get(page).content.decode()
    settings.COMMUNITY_ACTING_ACCOUNT = "guard"
    assert "<bdi>guard</bdi>" in client_of(cast.bo).get(page).content.decode()


def test_the_page_costs_the_same_whatever_was_judged(cast, course_key, page, client_of, django_assert_max_num_queries):
    browser = client_of(cast.bo)
    for number in range(50):
        judged(course_key, number, hold=True, shortener=45)
    with django_assert_max_num_queries(25):
        browser.get(page)
