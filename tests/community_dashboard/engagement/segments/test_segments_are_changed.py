"""Segments are changed, set back, made and deleted by those who may, and every change is kept with who made it."""

import pytest

from community_dashboard.activity.rollup.choosing import Condition, Operator
from community_dashboard.engagement.segments import actions
from community_dashboard.engagement.segments.definitions import (
    MOST_OWN,
    READY_MADE,
    Definition,
)
from community_dashboard.engagement.segments.errors import ChangedError, NotAllowedError, NotThereError, UnsoundError
from community_dashboard.engagement.segments.models import Segment, SegmentChange
from community_dashboard.engagement.segments.own_data import own_segment_changes
from community_dashboard.engagement.segments.queries import changes_of, segment_of, segments_of
from community_dashboard.retirement import forget_retired

pytestmark = pytest.mark.django_db
WRITERS = Definition((Condition("posts", Operator.AT_LEAST, 2),))


@pytest.fixture
def by_ada(cast, course_key, now):
    """What every action of ada's gets."""
    return {"by": cast.ada, "course_key": course_key, "now": now}


def test_a_course_makes_one_of_its_own(by_ada, course_key, elsewhere):
    key = actions.make_segment(name="Writers", definition=WRITERS, **by_ada)
    found = segments_of(course_key)[-1]
    assert (found.key, found.name, found.own, found.definition) == (key, "Writers", True, WRITERS)
    assert found.sentence == "Learners who began at least 2 discussions."
    assert segment_of(elsewhere, key) is None


def test_a_ready_made_one_is_changed_for_this_course_and_set_back(by_ada, course_key, elsewhere, now):
    change = {"key": "mentors", "definition": WRITERS, **by_ada}
    actions.change_segment(name="", version=0, **change)
    found = segment_of(course_key, "mentors")
    assert (found.name, found.definition, found.changed, found.own) == ("Mentor material", WRITERS, True, False)
    assert segment_of(elsewhere, "mentors").definition == READY_MADE["mentors"]
    actions.change_segment(name="Our guides", version=1, **change)
    assert segment_of(course_key, "mentors").name == "Our guides"
    actions.set_back(key="mentors", **by_ada)
    actions.set_back(key="mentors", **by_ada)
    found = segment_of(course_key, "mentors")
    assert (found.name, found.definition, found.changed) == ("Mentor material", READY_MADE["mentors"], False)
    acts = [(one.act, one.name, one.by) for one in changes_of(course_key, "mentors")]
    assert sorted(acts) == sorted(
        [
            ("set_back", "Mentor material", "ada"),
            ("changed", "Our guides", "ada"),
            ("changed", "Mentor material", "ada"),
        ]
    )


def test_two_who_change_it_at_once_do_not_overwrite_each_other(by_ada):
    actions.change_segment(key="alumni", name="", definition=WRITERS, version=0, **by_ada)
    with pytest.raises(ChangedError):
        actions.change_segment(key="alumni", name="", definition=Definition(), version=0, **by_ada)
    assert SegmentChange.objects.count() == 1


def test_what_is_deleted_stays_in_the_log(by_ada, course_key):
    key = actions.make_segment(name="Writers", definition=WRITERS, **by_ada)
    actions.delete_segment(key=key, **by_ada)
    actions.delete_segment(key=key, **by_ada)
    assert segment_of(course_key, key) is None
    assert [(one.act, one.name) for one in changes_of(course_key, key)] == [("deleted", "Writers"), ("made", "Writers")]
    with pytest.raises(ChangedError):
        actions.change_segment(key=key, name="Writers", definition=WRITERS, version=1, **by_ada)


def test_a_ready_made_one_is_not_deleted(by_ada, course_key):
    actions.change_segment(key="alumni", name="", definition=WRITERS, version=0, **by_ada)
    actions.delete_segment(key="alumni", **by_ada)
    assert segment_of(course_key, "alumni").changed
    with pytest.raises(NotThereError):
        actions.set_back(key="own-1", **by_ada)


@pytest.mark.parametrize("who", ["stranger", "learner", "moderator", "staff of another course", "data researcher"])
def test_who_is_not_on_the_team_changes_nothing(who, everybody, by_ada):
    theirs = by_ada | {"by": everybody[who]}
    with pytest.raises(NotAllowedError):
        actions.make_segment(name="Mine", definition=WRITERS, **theirs)
    with pytest.raises(NotAllowedError):
        actions.change_segment(key="alumni", name="", definition=WRITERS, version=0, **theirs)
    with pytest.raises(NotAllowedError):
        actions.set_back(key="alumni", **theirs)
    with pytest.raises(NotAllowedError):
        actions.delete_segment(key="alumni", **theirs)
    assert not Segment.objects.exists() and not SegmentChange.objects.exists()


@pytest.mark.parametrize(
    ("name", "definition"),
    [
        ("", WRITERS),
        ("x" * 61, WRITERS),
        ("Fine", Definition(WRITERS.conditions * 9)),
        ("Fine", Definition((), (WRITERS.conditions,) * 5)),
        ("Fine", Definition((), ((),))),
        ("Fine", Definition((Condition("grade", Operator.AT_LEAST, 300),))),
        ("Fine", Definition(deadline=400)),
    ],
)
def test_what_cannot_be_kept_is_refused(name, definition, by_ada):
    with pytest.raises(UnsoundError):
        actions.make_segment(name=name, definition=definition, **by_ada)
    assert not Segment.objects.exists()


def test_a_course_has_so_many_at_most(by_ada, course_key, now):
    Segment.objects.bulk_create(
        Segment(course_key=course_key, key=f"own-{n}", name=f"{n}", changed_at=now) for n in range(MOST_OWN)
    )
    with pytest.raises(UnsoundError):
        actions.make_segment(name="One more", definition=WRITERS, **by_ada)


def test_retirement_leaves_the_act_without_the_name(by_ada, course_key, cast):
    actions.make_segment(name="Writers", definition=WRITERS, **by_ada)
    (part,) = own_segment_changes(cast.ada.id)
    assert [row["act"] for row in part.rows] == ["made"]
    forget_retired(user=cast.ada)
    assert [one.by_id for one in SegmentChange.objects.all()] == [None]
