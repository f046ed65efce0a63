"""Who is in each ready-made segment, against a recount from the record."""

from datetime import timedelta

import pytest

from community_dashboard.activity.rollup.people import each
from community_dashboard.activity.rollup.tallies import counts, difference
from community_dashboard.engagement.segments.definitions import NOBODY, READY_MADE
from community_dashboard.engagement.segments.queries import segment_of, segments_of
from community_dashboard.engagement.segments.sentences import NAMES
from tests.community_dashboard.engagement import recount

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def seen_before(one, now, days):
    return one.last_at is not None and one.last_at <= now - days * DAY


# The seven once more, in Python over the recount; the earlier run is `earlier`.
HOLDS = {
    "never-started": lambda one, now, earlier: one.enrolled and one.started_at is None,
    "returning": lambda one, now, earlier: one.enrolled and one.pause >= 14,
    "drifting": lambda one, now, earlier: (
        one.enrolled
        and not one.finished
        and ((one.days_before_7 >= 1 and one.days_7 == 0) or (one.days_before_7 >= 3 and one.days_7 <= 1))
    ),
    "mentors": lambda one, now, earlier: one.enrolled and one.progress >= 600 and one.answers >= 3,
    "sleepers": lambda one, now, earlier: one.enrolled and not one.finished and seen_before(one, now, 10),
    "free-riders": lambda one, now, earlier: (
        one.enrolled and not (one.tried or one.posts or one.answers) and (one.opened >= 5 or one.watched >= 3)
    ),
    "alumni": lambda one, now, earlier: one.finished or one.certified_at is not None or one.person in earlier,
}


def members(course_key, key, now):
    chosen = segment_of(course_key, key, now=now).chosen
    return {row.person for rows in each(course_key, chosen, now=now) for row in rows}


@pytest.mark.parametrize("key", READY_MADE)
def test_a_segment_holds_whom_a_recount_finds(key, sorts, course_key, elsewhere, due):
    due(sorts.at + 3 * DAY)
    earlier = {one.person for one in recount.people(elsewhere, now=sorts.at).values() if one.finished}
    expected = {
        person
        for person, one in recount.people(course_key, now=sorts.at).items()
        if not one.team and HOLDS[key](one, sorts.at, earlier)
    }
    assert members(course_key, key, sorts.at) == expected
    assert expected, "the story has somebody in each"
    assert counts(course_key, {key: segment_of(course_key, key, now=sorts.at).chosen}, now=sorts.at) == {
        key: len(expected)
    }


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("never-started", "nova"),
        ("returning", "rita"),
        ("drifting", "dirk"),
        ("mentors", "mona"),
        ("sleepers", "slim"),
        ("free-riders", "fred"),
        ("alumni", "alma"),
        ("alumni", "oona"),
    ],
)
def test_who_is_meant_is_in_it_and_who_works_on_is_not(key, name, sorts, course_key, due):
    due(sorts.at + 3 * DAY)
    found = members(course_key, key, sorts.at)
    assert sorts.who[name].id in found
    for other in ("busy", "ada", "gone"):
        assert sorts.who[other].id not in found, other


def test_sleepers_wake_only_before_a_deadline(sorts, course_key, due):
    due()
    assert members(course_key, "sleepers", sorts.at) == set()
    due(sorts.at - DAY, sorts.at + 8 * DAY)
    assert segment_of(course_key, "sleepers", now=sorts.at).chosen == NOBODY
    due(sorts.at + 7 * DAY)
    assert sorts.who["slim"].id in members(course_key, "sleepers", sorts.at)


def test_all_counts_come_in_one_query(sorts, course_key, due, django_assert_num_queries):
    due()
    found = {one.key: one.chosen for one in segments_of(course_key, now=sorts.at)}
    with django_assert_num_queries(1):
        numbers = counts(course_key, found, now=sorts.at)
    assert numbers == {key: len(members(course_key, key, sorts.at)) for key in found}
    assert numbers["sleepers"] == 0


def test_a_choice_beside_another_says_who_comes_and_goes(sorts, course_key):
    old, new = (READY_MADE[key].chosen(days_to_deadline=None) for key in ("never-started", "drifting"))
    found = difference(course_key, old, new, now=sorts.at)
    never, drifting = members(course_key, "never-started", sorts.at), members(course_key, "drifting", sorts.at)
    assert (found.before, found.after) == (len(never), len(drifting))
    assert (set(found.coming), set(found.going)) == (drifting - never, never - drifting)
    assert (found.comes, found.goes, found.staying) == (len(drifting - never), len(never - drifting), ())
    same = difference(course_key, new, new, now=sorts.at, size=1)
    assert (same.comes, same.goes, len(same.staying)) == (0, 0, 1)


def test_each_has_a_name_and_a_sentence(course_key):
    found = segments_of(course_key)
    assert [one.key for one in found] == list(READY_MADE) == list(NAMES)
    assert all(one.sentence.endswith(".") and not one.own and not one.changed for one in found)
    sentences = {one.key: one.sentence for one in found}
    assert sentences["never-started"] == "Learners who are enrolled and have not started."
    assert sentences["sleepers"].startswith("While something is due within 7 days: learners who are enrolled,")
    assert segment_of(course_key, "nobody") is None
    assert segment_of(course_key, "x" * 300) is None
