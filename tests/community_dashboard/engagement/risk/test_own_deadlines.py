"""Deadlines of single learners: whom they make an example and of what, who gets a chance by them, and what pages say."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from benchmarks import drift_world
from benchmarks.at_risk import calendars_of as world_calendars
from community_dashboard.engagement.risk.calendars import Calendar, Calendars
from community_dashboard.engagement.risk.counting import from_stored
from community_dashboard.engagement.risk.deadlines import calendars_of
from community_dashboard.engagement.risk.learning import Learned, learn
from community_dashboard.engagement.risk.meaning import Means, Policy
from community_dashboard.engagement.risk.rounds import reckon
from community_dashboard.engagement.risk.samples import collect, dates
from community_dashboard.engagement.risk.teaching import teach
from community_dashboard.models import RiskPolicy, RiskReading
from demo.campus.models import Enrolment
from demo.courseware.models import Deadline, Extension
from tests.community_dashboard.engagement.risk.pasts import TODAY, load, past

POLICY = Policy(Means.DEADLINE, 10)
WORLD = drift_world.make_world(seed=7, learners=400, self_paced=True, own_deadlines=True)
LONG = timedelta(days=100)


def after(days):
    return TODAY + timedelta(days=days)


class TestWhatWasKnown:
    moved = Calendar(((None, (after(3), after(9))), (after(1), (after(6), after(9)))))

    def test_a_change_is_known_from_its_day_on(self):
        assert self.moved.known(TODAY) == (after(3), after(9))
        assert self.moved.known(after(1)) == (after(6), after(9))
        assert Calendar(((TODAY, (after(3),)),)).known(after(-1)) == ()

    def test_the_last_one_is_told_as_it_stands(self):
        assert self.moved.last(after(5)) is None
        assert self.moved.last(after(6)) == after(6)

    @pytest.mark.parametrize(
        ("due", "since", "stood"), [(3, 0, False), (6, 1, True), (9, 6, True), (9, 5, False), (9, 0, False)]
    )
    def test_a_deadline_stood_if_it_was_the_next_all_along(self, due, since, stood):
        assert self.moved.stood(after(due), since=after(since)) is stood

    def test_what_is_changed_after_it_went_by_changes_nothing(self):
        assert Calendar(((None, (after(3),)), (after(4), (after(8),)))).stood(after(3), since=TODAY)

    def test_one_put_before_it_is_another(self):
        assert not Calendar(((None, (after(5),)), (after(1), (after(2), after(5))))).stood(after(5), since=TODAY)


def examples(world, calendars):
    days = dates(world.first, world.last, POLICY, calendars)
    return collect(world.learners, days, POLICY, calendars=calendars)


def test_everybody_is_an_example_for_the_own_next_deadline():
    """Recounted from what every learner of the world did."""
    found = examples(WORLD, world_calendars(WORLD))
    expected = {}
    for one in WORLD.learners:
        for on in found.ahead:
            due = min((day for day in WORLD.own_days(one) if on < day <= on + timedelta(days=10)), default=None)
            recent = any(on - timedelta(days=7) < day.day <= on for day in one.days)
            gone = any(day is not None and day <= on for day in (one.finished_on, one.left_on))
            if due is None or not recent or gone:
                continue
            worked = any(on < day.day <= due and (day.completed or day.tried) for day in one.days)
            finished = one.finished_on is not None and one.finished_on <= due
            left = one.left_on is not None and one.left_on <= due
            expected[one.person, on] = ((due - on).days, not finished and (left or not worked))
    assert {(row.facts.person, row.on): (row.facts.ahead, row.dropped) for row in found.rows} == expected
    assert len({ahead for ahead, _ in expected.values()}) == 10
    assert all(row.on + timedelta(days=row.facts.ahead) <= WORLD.last for row in found.rows)
    assert all(row.facts.ahead <= found.ahead[row.on] for row in found.rows)


def test_who_was_given_more_time_meanwhile_is_no_example():
    learner = past("l" * 20 + "." * 15, last=after(0))
    on, due = after(-15), after(-12)
    plain = Calendar(((None, (due,)),))
    meanwhile = Calendar(((None, (due,)), (after(-13), (after(-2),))))
    later = Calendar(((None, (due,)), (after(-11), (after(-2),))))

    def rows(calendar):
        return collect([learner], {on: 10}, POLICY, calendars=Calendars(own={learner.person: calendar})).rows

    assert [(row.facts.ahead, row.dropped) for row in rows(plain)] == [(3, True)]
    assert rows(meanwhile) == ()
    assert rows(later) == rows(plain)  # what came after it tells nothing


def test_a_self_paced_course_learns_from_them():
    world = drift_world.make_world(seed=8, learners=900, self_paced=True, own_deadlines=True)
    found = learn(examples(world, world_calendars(world)), capacity=20)
    assert isinstance(found, Learned)
    told = found.evaluation
    assert told.model.area > told.days_since.area > 0.5
    assert (told.judged.first - told.adjusted.last).days >= 10 <= (told.adjusted.first - told.learned.last).days


def enrol(world, persons, course_key, now):
    """Everybody of the world enrols in the demo's tables, where everything is due so long after the enrolment."""
    shift = now.date() - timedelta(days=1) - world.last
    begun = {persons[one.person]: max(one.enrolled_on, drift_world.START) + shift for one in world.learners}
    Enrolment.objects.bulk_create(
        Enrolment(
            user_id=person, course_key=course_key, active=True, created=datetime.combine(day, time(12), tzinfo=UTC)
        )
        for person, day in begun.items()
    )
    Deadline.objects.bulk_create(
        Deadline(
            course_key=course_key,
            usage_key=course_key.make_usage_key("sequential", f"part{days}"),
            after=timedelta(days=days),
        )
        for days in range(13, 110, 14)
    )


@pytest.fixture
def policy(course_key, now):
    """The course asks about deadlines."""
    return RiskPolicy.objects.create(course_key=course_key, means="deadline", days=10, capacity=50, changed_at=now)


@pytest.fixture
def self_paced(course_key, now, policy):
    """Account by number in `WORLD`, in a self-paced course."""
    persons = load(WORLD, course_key, now=now)
    enrol(WORLD, persons, course_key, now)
    return persons


def next_own(one, shift, today):
    begun = max(one.enrolled_on, drift_world.START) + shift
    return min(day for day in (begun + timedelta(days=number) for number in range(13, 110, 14)) if day > today)


@pytest.mark.django_db
class TestARound:
    def test_the_platform_is_asked_for_everybody(self, cast, course_key, self_paced, now):
        usage_key = course_key.make_usage_key("sequential", "all")
        Deadline.objects.create(course_key=course_key, usage_key=usage_key, due=now + timedelta(days=2))
        start, end = now.date() - LONG, now.date() + timedelta(days=21)
        found = calendars_of(course_key, self_paced.values(), start=start, end=end)
        assert found.shared.known(now.date()) == (now.date() + timedelta(days=2),)
        assert found.own.keys() == set(self_paced.values())
        assert len({id(one) for one in found.own.values()}) < len(found.own)  # shared by who began on one day
        assert all(start <= day <= end for one in found.distinct() for _, days in one.versions for day in days)

    def test_who_has_a_deadline_ahead_gets_a_chance_by_it(self, cast, course_key, self_paced, now, client_of):
        made = reckon(course_key=course_key, now=now)
        today = now.date() - timedelta(days=1)
        shift = today - WORLD.last
        expected = {}
        for one in WORLD.learners:
            recent = any(WORLD.last - timedelta(days=7) < day.day <= WORLD.last for day in one.days)
            days = (next_own(one, shift, today) - today).days
            if recent and not one.finished_on and not one.left_on and days <= 10:
                expected[self_paced[one.person]] = ["due", days, 1]
        rows = dict(RiskReading.objects.filter(course_key=course_key).values_list("person", "reasons"))
        assert {person: reasons[-1] for person, reasons in rows.items()} == expected
        assert 0 < len(rows) < made.counts["looked_at"] == made.counts["own"]
        assert made.within == max(days for _, days, _ in expected.values())
        text = client_of(cast.ada).get(reverse("community_dashboard:risk", args=[str(course_key)])).content.decode()
        assert "doing nothing for their next deadline" in text
        assert "have a deadline in the next 10 days" in text
        assert "own deadline in " in text

    def test_the_settings_page_compares_by_the_own_last_deadline(self, cast, course_key, self_paced, now, client_of):
        counted = from_stored(reckon(course_key=course_key, now=now).counts)
        today, found = WORLD.last, {}
        for one in WORLD.learners:
            last = max((day for day in WORLD.own_days(one) if day <= today), default=None)
            since = last and last - timedelta(days=10)
            if since is None or not any(since - timedelta(days=7) < day.day <= since for day in one.days):
                continue
            if any(day is not None and day <= since for day in (one.finished_on, one.left_on)):
                continue
            worked = any(since < day.day <= last and (day.completed or day.tried) for day in one.days)
            finished = one.finished_on is not None and one.finished_on <= last
            left = one.left_on is not None and one.left_on <= last
            found[one.person] = not finished and (left or not worked)
        (choice,) = (one for one in counted.choices if (one.means, one.days) == (Means.DEADLINE, 10))
        assert (choice.since, choice.looked_at, choice.dropped) == (None, len(found), sum(found.values()))
        address = reverse("community_dashboard:risk_settings", args=[str(course_key)])
        text = client_of(cast.ada).get(address).content.decode()
        assert "before each one’s last deadline" in text
        assert f"Of the {len(found)} learners who were learning before their last deadline" in text

    def test_more_time_for_one_learner_moves_only_that_ones(self, course_key, now, policy):
        persons = load(WORLD, course_key, now=now)
        usage_key = course_key.make_usage_key("sequential", "all")
        Deadline.objects.create(course_key=course_key, usage_key=usage_key, due=now + timedelta(days=2))
        assert reckon(course_key=course_key, now=now).within == 3
        before = dict(RiskReading.objects.values_list("person", "chance"))
        given = min(before)
        assert given in persons.values()
        about = {"course_key": course_key, "usage_key": usage_key, "user_id": given}
        Extension.objects.create(**about, due=now + timedelta(days=6), given=now - timedelta(days=2))
        assert reckon(course_key=course_key, now=now).within == 7
        rows = {row.person: row for row in RiskReading.objects.all()}
        assert rows[given].reasons[-1] == ["due", 7, 1] and rows[given].chance < before[given]
        assert {person: (row.chance, row.reasons[-1]) for person, row in rows.items() if person != given} == {
            person: (chance, ["due", 3, 0]) for person, chance in before.items() if person != given
        }

    def test_a_course_learns_by_them(self, course_key, now, policy):
        world = drift_world.make_world(seed=9, learners=500, self_paced=True, own_deadlines=True)
        persons = load(world, course_key, now=now)
        assert teach(course_key=course_key, now=now).row is None  # nothing is due yet
        enrol(world, persons, course_key, now)
        row = teach(course_key=course_key, now=now).row
        assert row is not None and row.means == "deadline"
        assert row.evaluation["model"]["area"] > row.evaluation["days_since"]["area"]
