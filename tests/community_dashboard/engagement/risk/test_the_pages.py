"""The three pages: who may open them, what they say, in how many queries, and what they make of bad input."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from benchmarks import drift_world
from community_dashboard.access.sealing import opened, sealed
from community_dashboard.engagement.risk import actions
from community_dashboard.engagement.risk.meaning import Means, Policy
from community_dashboard.engagement.risk.policy import policy_of
from community_dashboard.engagement.risk.rounds import reckon
from community_dashboard.engagement.risk.teaching import teach
from community_dashboard.models import RiskPolicy, RiskReading, RiskRound
from demo.courseware.models import Deadline
from tests.community_dashboard.engagement.risk.pasts import load

pytestmark = pytest.mark.django_db
PAGES = ("risk", "risk_model", "risk_settings")
MAY = {"course staff", "global staff"}


def address(name, course_key):
    return reverse(f"community_dashboard:{name}", args=[str(course_key)])


@pytest.mark.parametrize("name", PAGES)
def test_the_course_team_opens_it_and_nobody_else(name, everybody, course_key, client_of):
    for who, user in everybody.items():
        status = client_of(user).get(address(name, course_key)).status_code
        assert status == (200 if who in MAY else 302 if who == "visitor" else 403), who


@pytest.mark.parametrize("name", ["risk_model", "risk_settings"])
def test_nobody_else_changes_anything(name, everybody, course_key, client_of):
    values = {"means": "progress", "days": "14", "capacity": "20"}
    for who, user in everybody.items():
        if who not in MAY:
            assert client_of(user).post(address(name, course_key), values).status_code in (302, 403), who
    assert not RiskPolicy.objects.exists() and not RiskRound.objects.exists()


def test_the_actions_ask_too(everybody, course_key, now):
    for who in ("stranger", "staff of another course", "moderator", "data researcher"):
        with pytest.raises(PermissionDenied):
            actions.save_policy(by=everybody[who], course_key=course_key, policy=Policy(), now=now)
        with pytest.raises(PermissionDenied):
            actions.ask_to_learn(by=everybody[who], course_key=course_key, now=now)


def test_before_the_first_round(cast, course_key, client_of):
    ada = client_of(cast.ada)
    assert "Nothing is reckoned yet" in ada.get(address("risk", course_key)).content.decode()
    assert "has not learned from its past yet" in ada.get(address("risk_model", course_key)).content.decode()
    assert "stands here once a day is over" in ada.get(address("risk_settings", course_key)).content.decode()


def test_the_list_says_chance_trend_and_reasons(cast, course_key, loaded, client_of, now, settings):
    settings.COMMUNITY_PAGE_SIZE = 5
    RiskPolicy.objects.create(course_key=course_key, means="learning", days=10, capacity=7, changed_at=now)
    reckon(course_key=course_key, now=now)
    ada, rows = client_of(cast.ada), RiskReading.objects.order_by("-chance", "-person")
    seen, query, pages, marked = [], "", 0, []
    while True:
        response = ada.get(address("risk", course_key) + query)
        page = response.context["page"]
        marked += [len(seen) + number for number, line in enumerate(page.lines, start=1) if line.last]
        seen += [opened(line.sealed, course_key) for line in page.lines]
        pages += 1
        assert "7 learners: as far as your team gets in a week." in response.content.decode() or pages != 2
        if not page.following:
            break
        query = "?" + page.following
    assert seen == [row.person for row in rows]
    assert pages == -(-rows.count() // 5) and marked == [7]
    first = ada.get(address("risk", course_key)).content.decode()
    to_learner = reverse("community_dashboard:learner", args=[str(course_key), "x"]).removesuffix("x/")
    assert first.count(f'href="{to_learner}') == 5
    assert f"{rows.count()} learners learned in the last 7 days" in first


def test_lists_of_high_and_new(cast, course_key, loaded, client_of, now):
    reckon(course_key=course_key, now=now)
    RiskReading.objects.update(chance=200, before=200)
    high = list(RiskReading.objects.order_by("person").values_list("person", flat=True)[:4])
    RiskReading.objects.filter(person__in=high).update(chance=800)
    RiskReading.objects.filter(person=high[0]).update(before=790)
    ada = client_of(cast.ada)

    def listed(show):
        lines = ada.get(address("risk", course_key) + f"?show={show}").context["page"].lines
        return {opened(line.sealed, course_key) for line in lines}

    assert listed("high") == set(high)
    assert listed("new") == set(high[1:])
    RiskReading.objects.update(chance=100)
    assert "Nobody on this list" in ada.get(address("risk", course_key) + "?show=new").content.decode()


@pytest.mark.parametrize("query", ["?show=everything", "?after=nonsense", "?after=" + "x" * 400, "?show=&after=1"])
def test_bad_addresses_show_the_list_with_a_sentence(query, cast, course_key, loaded, client_of, now):
    reckon(course_key=course_key, now=now)
    response = client_of(cast.ada).get(address("risk", course_key) + query)
    assert response.status_code == 400
    assert response.context["page"].lines and response.context["wrong"]


def test_an_address_sealed_for_another_course_does_not_go_on(cast, course_key, elsewhere, loaded, client_of, now):
    reckon(course_key=course_key, now=now)
    after = sealed(RiskReading.objects.first().person, elsewhere)
    assert client_of(cast.ada).get(address("risk", course_key) + f"?after={after}").status_code == 400


def test_the_list_costs_the_same_whatever_its_length(
    cast, course_key, loaded, client_of, now, django_assert_max_num_queries
):
    reckon(course_key=course_key, now=now)
    ada = client_of(cast.ada)
    ada.get(address("risk", course_key))
    with django_assert_max_num_queries(20) as found:
        ada.get(address("risk", course_key))
    many = len(found)
    keep = list(RiskReading.objects.values_list("pk", flat=True)[:3])
    RiskReading.objects.exclude(pk__in=keep).delete()
    with django_assert_max_num_queries(many):
        ada.get(address("risk", course_key))


def test_saving_reckons_anew_if_the_meaning_changed(
    cast, course_key, loaded, client_of, now, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(actions.reckon_risks, "delay", asked.append)
    ada = client_of(cast.ada)
    with django_capture_on_commit_callbacks(execute=True):
        response = ada.post(address("risk_settings", course_key), {"means": "progress", "days": "14", "capacity": "20"})
    assert response.status_code == 303 and asked == [str(course_key)]
    assert policy_of(course_key) == Policy(Means.PROGRESS, 14, 20)
    assert RiskPolicy.objects.get().changed_by == cast.ada
    with django_capture_on_commit_callbacks(execute=True):
        ada.post(address("risk_settings", course_key), {"means": "progress", "days": "14", "capacity": "30"})
    assert asked == [str(course_key)] and policy_of(course_key).capacity == 30
    assert "Saved" in ada.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"means": "never", "days": "10", "capacity": "50"},
        {"means": "learning", "days": "11", "capacity": "50"},
        {"means": "learning", "days": "ten", "capacity": "50"},
        {"means": "learning", "days": "10", "capacity": "0"},
        {"means": "learning", "days": "10", "capacity": "99999999999"},
        {"means": "learning", "days": "10", "capacity": "-1"},
    ],
)
def test_bad_choices_are_not_saved(values, cast, course_key, client_of):
    response = client_of(cast.ada).post(address("risk_settings", course_key), values)
    assert response.status_code == 400 and "Not saved yet" in response.content.decode()
    assert not RiskPolicy.objects.exists()


def test_the_settings_show_what_each_choice_would_have_found(cast, course_key, loaded, client_of, now):
    reckon(course_key=course_key, now=now)
    text = client_of(cast.ada).get(address("risk_settings", course_key)).content.decode()
    assert "no learning for 10 days (chosen)" in text and "no completed block for 21 days" in text


def test_the_page_about_the_model(cast, course_key, client_of, now, monkeypatch, django_capture_on_commit_callbacks):
    load(drift_world.make_world(seed=6, learners=900), course_key, now=now)
    row = teach(course_key=course_key, now=now).row
    reckon(course_key=course_key, now=now)
    ada = client_of(cast.ada)
    text = ada.get(address("risk_model", course_key)).content.decode()
    assert "version 1 of this course’s own model" in text
    assert f"{row.evaluation['judged']['examples']:,}" in text.replace("\u202f", ",").replace("\xa0", ",")
    asked = []
    monkeypatch.setattr(actions.learn_risks, "delay", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        assert ada.post(address("risk_model", course_key)).status_code == 303
    assert asked == [str(course_key)] and RiskRound.objects.get().asked_at is not None
    RiskPolicy.objects.create(course_key=course_key, means="progress", days=10, capacity=7, changed_at=now)
    text = ada.get(address("risk_model", course_key)).content.decode()
    assert "general rule" in text and "was changed since the model was made" in text


def test_figures_by_trait_hide_small_groups(course_key, now, monkeypatch):
    from community_dashboard.data import Profile
    from community_dashboard.engagement.risk import teaching

    world = drift_world.make_world(seed=6, learners=900)
    persons = load(world, course_key, now=now)
    countries = {persons[one.person]: one.country for one in world.learners}

    class Host:
        def profiles(self, user_ids):
            return {number: Profile(country=countries[number], language="fr") for number in user_ids}

    monkeypatch.setattr(teaching, "get_host", Host)
    groups = teach(course_key=course_key, now=now).row.evaluation["groups"]
    assert {"FR", "EG"} <= {one["value"] for one in groups if one["trait"] == "country"}
    assert "IS" not in {one["value"] for one in groups}
    assert all(one["people"] >= 10 for one in groups)
    assert [one["value"] for one in groups if one["trait"] == "language"] == ["fr"]


def test_a_course_with_deadlines_foretells_the_next(cast, course_key, loaded, now, client_of):
    usage_key = course_key.make_usage_key("sequential", "part")
    Deadline.objects.create(course_key=course_key, usage_key=usage_key, due=now + timedelta(days=5))
    RiskPolicy.objects.create(course_key=course_key, means="deadline", days=10, capacity=50, changed_at=now)
    assert reckon(course_key=course_key, now=now).within == 6  # days from the last whole day
    text = client_of(cast.ada).get(address("risk", course_key)).content.decode()
    assert "doing nothing for the deadline in 6 days" in text
    assert "own deadline" not in text
