"""The round: who gets a chance, that it is the rule's or the model's from that day's past, and that repeating changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from benchmarks import drift_world
from community_dashboard.activity.rollup.history import histories
from community_dashboard.engagement.risk import rule
from community_dashboard.engagement.risk.actions import forget_person
from community_dashboard.engagement.risk.facts import Peers, facts_of
from community_dashboard.engagement.risk.meaning import Means, looked_at
from community_dashboard.engagement.risk.model import from_stored
from community_dashboard.engagement.risk.queries import newly_at_risk, reasons_of, round_of
from community_dashboard.engagement.risk.rounds import as_of, reckon
from community_dashboard.engagement.risk.tasks import learn_risks, reckon_risks, tend_risks
from community_dashboard.engagement.risk.teaching import teach
from community_dashboard.models import (
    DailyCount,
    LearnerDay,
    LearnerState,
    RiskModel,
    RiskPolicy,
    RiskReading,
    RiskRound,
)
from tests.community_dashboard.engagement.risk.conftest import WORLD
from tests.community_dashboard.engagement.risk.pasts import filled, load

pytestmark = pytest.mark.django_db
LARGE = drift_world.make_world(seed=6, learners=900)


def rows_of(course_key):
    columns = ("person", "day", "chance", "before", "reasons", "version")
    return list(RiskReading.objects.filter(course_key=course_key).order_by("person").values_list(*columns))


def test_without_figures_there_is_no_round(course_key, now):
    assert reckon(course_key=course_key, now=now) is None
    assert round_of(course_key) is None
    assert newly_at_risk(course_key, now=now).number == 0


def test_everybody_who_learned_lately_gets_the_rules_chance(course_key, loaded, now):
    made = reckon(course_key=course_key, now=now)
    on = now.date() - timedelta(days=1)
    assert (made.day, made.version, made.within) == (on, 0, 10)
    known = {one.person: one for batch in histories(course_key, until=on, now=now) for one in batch}
    expected = {}
    for day in (on, on - timedelta(days=7)):
        some = [one for one in known.values() if looked_at(as_of(one, day), on=day)]
        facts = [facts_of(one, on=day, means=Means.LEARNING, ahead=10) for one in some]
        peers = Peers((one.started, one.done) for one in facts)
        expected[day] = {one.person: round(1000 * rule.chance(one, peers)) for one in facts}
    rows = rows_of(course_key)
    assert {person: chance for person, _, chance, *_ in rows} == expected[on] and len(rows) > 10
    before = expected[on - timedelta(days=7)]
    assert all(earlier == before.get(person, -1) for person, _, _, earlier, *_ in rows)
    kept = LearnerState.objects.filter(course_key=course_key).values_list("person", "risk", "risk_before")
    told = {person: (chance, earlier) for person, _, chance, earlier, *_ in rows}
    assert all((risk, risk_before) == told.get(person, (-1, -1)) for person, risk, risk_before in kept)


def test_repeating_changes_nothing_and_who_stopped_loses_the_chance(course_key, loaded, now):
    reckon(course_key=course_key, now=now)
    first = rows_of(course_key)
    reckon(course_key=course_key, now=now)
    assert rows_of(course_key) == first
    gone = first[0][0]
    LearnerDay.objects.filter(course_key=course_key, person=gone, day__gte=now.date() - timedelta(days=7)).delete()
    reckon(course_key=course_key, now=now)
    assert gone not in reasons_of(course_key, [gone])
    assert LearnerState.objects.get(course_key=course_key, person=gone).risk == -1


def test_what_happens_on_the_day_itself_and_later_changes_no_chance(course_key, loaded, now):
    reckon(course_key=course_key, now=now)
    first = rows_of(course_key)
    LearnerDay.objects.bulk_create(
        LearnerDay(
            course_key=course_key, person=person, day=now.date() + timedelta(days=ahead), learning=9, completed=9
        )
        for person in loaded.values()
        for ahead in range(10)
    )
    reckon(course_key=course_key, now=now)
    assert rows_of(course_key) == first


def test_the_team_who_finished_and_who_left_are_never_at_risk(course_key, loaded, now):
    reckon(course_key=course_key, now=now)
    one, two, three = (row[0] for row in rows_of(course_key)[:3])
    LearnerState.objects.filter(person=one).update(team=True)
    LearnerState.objects.filter(person=two).update(finished=True)
    LearnerState.objects.filter(person=three).update(enrolled=False)
    reckon(course_key=course_key, now=now)
    assert {one, two, three}.isdisjoint(row[0] for row in rows_of(course_key))


def test_a_retired_persons_stub_has_no_chance(course_key, loaded, now):
    reckon(course_key=course_key, now=now)
    one = rows_of(course_key)[0][0]
    for table in (LearnerDay, LearnerState):
        table.objects.filter(course_key=course_key, person=one).update(person=-7)
    reckon(course_key=course_key, now=now)
    assert all(row[0] > 0 and row[0] != one for row in rows_of(course_key))


def test_the_round_counts_what_each_meaning_would_have_found(course_key, loaded, now):
    reckon(course_key=course_key, now=now)
    on = now.date() - timedelta(days=1)
    shift = on - WORLD.last
    found = round_of(course_key).counted
    total = found.looked_at + found.away + found.never + found.finished + found.left
    assert total == len(WORLD.learners)
    assert found.finished == sum(one.finished_on is not None for one in WORLD.learners)
    assert found.never == sum(not one.days and one.left_on is None for one in WORLD.learners)
    for choice in found.choices:
        then = choice.since - shift
        week = then - timedelta(days=7)
        there = [
            one
            for one in WORLD.learners
            if any(week < day.day <= then for day in one.days)
            and not (one.finished_on and one.finished_on <= then)
            and not (one.left_on and one.left_on <= then)
        ]
        dropped = [
            one
            for one in there
            if not one.finished_on
            and (
                one.left_on
                or not any(day.day > then and (choice.means is Means.LEARNING or day.completed) for day in one.days)
            )
        ]
        assert (choice.looked_at, choice.dropped) == (len(there), len(dropped)), choice


def test_a_course_without_deadlines_has_no_chances_of_missing_one(course_key, loaded, cast, now):
    RiskPolicy.objects.create(course_key=course_key, means="deadline", days=10, capacity=50, changed_at=now)
    assert reckon(course_key=course_key, now=now).within == 0
    assert rows_of(course_key) == []


def test_a_learned_model_gives_the_chances_if_it_is_better(course_key, now):
    load(LARGE, course_key, now=now)
    taught = teach(course_key=course_key, now=now)
    assert taught.row.version == 1 and taught.row.better
    reckon(course_key=course_key, now=now)
    assert {row[-1] for row in rows_of(course_key)} == {1}
    model, on = from_stored(taught.row.model), now.date() - timedelta(days=1)
    known = [
        one for batch in histories(course_key, until=on, now=now) for one in batch if looked_at(as_of(one, on), on=on)
    ]
    facts = [facts_of(one, on=on, means=Means.LEARNING, ahead=10) for one in known]
    peers = Peers((one.started, one.done) for one in facts)
    assert {row[0]: row[2] for row in rows_of(course_key)} == {
        one.person: round(1000 * model.chance(one, peers)) for one in facts
    }
    RiskModel.objects.update(better=False)
    reckon(course_key=course_key, now=now)
    assert {row[-1] for row in rows_of(course_key)} == {0}


def test_a_model_for_another_meaning_is_not_used(course_key, now):
    load(LARGE, course_key, now=now)
    teach(course_key=course_key, now=now)
    RiskPolicy.objects.create(course_key=course_key, means="progress", days=10, capacity=50, changed_at=now)
    assert reckon(course_key=course_key, now=now).version == 0


def test_versions_go_up_and_five_are_kept(course_key, now):
    load(LARGE, course_key, now=now)
    row = teach(course_key=course_key, now=now).row
    for version in range(2, 6):
        row.pk, row.version = None, version
        row.save()
    assert teach(course_key=course_key, now=now).row.version == 6
    assert sorted(RiskModel.objects.values_list("version", flat=True)) == [2, 3, 4, 5, 6]


def test_nothing_of_the_last_ten_days_teaches(course_key, now):
    """What is planted after the last day of which the outcome is known changes outcomes alone, never what was known."""
    persons = load(LARGE, course_key, now=now)
    first = teach(course_key=course_key, now=now).row
    LearnerDay.objects.bulk_create(
        LearnerDay(course_key=course_key, person=person, day=now.date() + timedelta(days=ahead), learning=9)
        for person in persons.values()
        for ahead in range(10)
    )
    again = teach(course_key=course_key, now=now).row
    assert (again.model, again.evaluation) == (first.model, first.evaluation)


def test_the_tasks_do_what_is_due_once(course_key, loaded, now, monkeypatch):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: now)
    DailyCount.objects.create(course_key=course_key, metric="active", day=now.date(), value=3)
    tend_risks()
    made = RiskRound.objects.get(course_key=course_key)
    assert made.outcome in ("too_few", "learned") and made.day == now.date() - timedelta(days=1)
    RiskRound.objects.update(reckoned_at=None)
    tend_risks()
    assert RiskRound.objects.get().reckoned_at is None  # nothing was due
    reckon_risks(str(course_key))
    assert RiskRound.objects.get().reckoned_at == now
    learn_risks(str(course_key))


def test_a_course_in_which_nobody_learns_any_more_is_left_alone(course_key, loaded, now):
    from community_dashboard.engagement.risk.scheduling import due_lessons, due_rounds

    assert due_rounds(now=now) == [course_key]  # the first round there always is
    assert due_lessons(now=now) == []
    DailyCount.objects.create(course_key=course_key, metric="active", day=now.date(), value=3)
    assert due_lessons(now=now) == [course_key]
    reckon(course_key=course_key, now=now)
    later = now + timedelta(days=1)
    assert due_rounds(now=now) == []
    assert due_rounds(now=later) == []  # nothing more is known
    filled(course_key, first=now.date() - timedelta(days=60), now=later)
    assert due_rounds(now=later) == [course_key]
    DailyCount.objects.all().delete()
    assert due_rounds(now=later) == [course_key]  # some still have a chance
    RiskReading.objects.all().delete()
    assert due_rounds(now=later) == []


def test_without_scikit_learn_the_rule_works(course_key, loaded, now, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert teach(course_key=course_key, now=now).row is None
    assert RiskRound.objects.get().outcome == "no_library"
    assert reckon(course_key=course_key, now=now).version == 0
    assert rows_of(course_key)


def test_forgetting_takes_the_chance_and_the_name_under_the_choice(course_key, loaded, cast, now):
    reckon(course_key=course_key, now=now)
    one = rows_of(course_key)[0][0]
    RiskPolicy.objects.create(
        course_key=course_key, means="learning", days=10, capacity=5, changed_by=cast.ada, changed_at=now
    )
    for _ in range(2):
        forget_person(user_id=one)
        forget_person(user_id=cast.ada.id)
    assert one not in [row[0] for row in rows_of(course_key)]
    assert RiskPolicy.objects.get().changed_by is None


def test_reasons_are_in_the_readers_language_and_cost_one_query(course_key, loaded, now, django_assert_num_queries):
    reckon(course_key=course_key, now=now)
    persons = [row[0] for row in rows_of(course_key)]
    with django_assert_num_queries(1):
        english = reasons_of(course_key, persons)
    assert set(english) == set(persons) and any(english.values())
    with translation.override("fr"):
        assert set(reasons_of(course_key, persons)) == set(persons)


def test_newly_at_risk_are_high_now_and_were_not(course_key, loaded, now):
    reckon(course_key=course_key, now=now)
    RiskReading.objects.update(chance=100, before=100)
    some = sorted(row[0] for row in rows_of(course_key))[:8]
    RiskReading.objects.filter(person__in=some).update(chance=700, before=-1)
    RiskReading.objects.filter(person=some[0]).update(before=650)
    found = newly_at_risk(course_key, now=now)
    assert found.number == 7 and len(found.people) == 5
    assert some[0] not in [one.person for one in found.people] and all(one.newly for one in found.people)
    assert newly_at_risk(course_key, now=now + timedelta(days=9)).number == 0
