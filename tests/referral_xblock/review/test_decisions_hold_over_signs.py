"""A person's word holds over the signs until it is undone; what a course bans or caps does not count."""

from datetime import timedelta

import pytest
from completion.models import BlockCompletion
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError

from demo.campus.actions import give_role
from referral_xblock.api import (
    Decision,
    Role,
    decide_on,
    decide_on_group,
    list_held,
    list_reviews,
    recompute_all,
    undo_review,
)
from referral_xblock.journey.models import Journey, Review
from referral_xblock.journey.suspicion import judge_inviters
from referral_xblock.models import CoursePolicy
from referral_xblock.signals import JOURNEY_CHANGED
from tests.people import make_course
from tests.referral_xblock.review.arrivals import bring, bring_suspicious, journey_id, outcome

pytestmark = pytest.mark.django_db
HELD, APPROVED, REJECTED = ("held", "suspicious"), ("credited", ""), ("not_credited", "rejected")


@pytest.fixture
def decide(cast, course_key, now):
    """Decides as ada on these people."""

    def one(people, decision, why="One mailbox.", actor=cast.ada):
        ids = [journey_id(person, course_key) for person in people]
        return decide_on(
            actor=actor, course_key=course_key, journey_ids=ids, decision=decision, why=why, now=now + timedelta(days=1)
        )

    return one


def policy(course_key, now, **rules):
    CoursePolicy.objects.update_or_create(course_key=course_key, defaults={"changed_at": now} | rules)
    cache.clear()


def test_a_suspicious_friend_waits_and_an_ordinary_one_counts(cast, course_key, now):
    [fake] = bring_suspicious(cast.chen, course_key, now, "fake")
    [true] = bring(cast.chen, course_key, now, "true")
    assert outcome(fake, course_key) == HELD
    assert outcome(true, course_key) == APPROVED
    assert Journey.objects.get(user=fake).signs == ["same_mailbox"]
    [group] = list_held(course_key)
    assert (group.inviter_id, group.people, [one.user_id for one in group.arrivals]) == (cast.chen.id, 1, [fake.id])
    assert (group.evidence.friends, group.evidence.credited, group.evidence.never_began) == (2, 1, 2)


def test_approve_reject_and_undo_each_hold_until_the_next(cast, course_key, now, decide):
    [fake] = bring_suspicious(cast.chen, course_key, now, "fake")
    decide([fake], Decision.APPROVE, why="")
    assert outcome(fake, course_key) == APPROVED
    rejected = decide([fake], Decision.REJECT)
    assert outcome(fake, course_key) == REJECTED
    assert undo_review(actor=cast.ada, course_key=course_key, review_id=rejected, now=now)
    assert outcome(fake, course_key) == APPROVED, "what was decided before holds again"
    assert not undo_review(actor=cast.ada, course_key=course_key, review_id=rejected, now=now), "once is enough"
    [last, first] = list_reviews(course_key)
    assert (last.decision, last.why, last.undone_by) == (Decision.REJECT, "One mailbox.", cast.ada.id)
    undo_review(actor=cast.ada, course_key=course_key, review_id=first.id, now=now)
    assert outcome(fake, course_key) == HELD


def test_a_decision_survives_any_recomputation(cast, course_key, now, decide):
    fakes = bring_suspicious(cast.chen, course_key, now, "fake1", "fake2")
    decide(fakes[:1], Decision.APPROVE)
    decide(fakes[1:], Decision.REJECT)
    recompute_all(course_key=course_key, now=now + timedelta(days=40))
    recompute_all(course_key=course_key, now=now + timedelta(days=40))
    assert [outcome(fake, course_key) for fake in fakes] == [APPROVED, REJECTED]


def test_the_same_decision_again_is_no_new_one(cast, course_key, now, decide):
    [fake] = bring_suspicious(cast.chen, course_key, now, "fake")
    assert decide([fake], Decision.REJECT)
    assert decide([fake], Decision.REJECT) is None
    assert Review.objects.count() == 1


def test_one_decision_for_a_whole_group_is_one_line_and_one_undo(cast, course_key, now):
    fakes = bring_suspicious(cast.chen, course_key, now, "fake1", "fake2", "fake3")
    [group] = list_held(course_key)
    whole = {"actor": cast.ada, "course_key": course_key, "inviter_id": cast.chen.id, "now": now}
    review = decide_on_group(
        **whole, latest=group.latest, people=group.people, decision=Decision.REJECT, why="One mailbox."
    )
    assert {outcome(fake, course_key) for fake in fakes} == {REJECTED}
    assert [row.people for row in list_reviews(course_key)] == [3]
    assert list_held(course_key) == []
    undo_review(actor=cast.ada, course_key=course_key, review_id=review, now=now)
    assert {outcome(fake, course_key) for fake in fakes} == {HELD}


def test_a_group_that_changed_meanwhile_is_not_decided_on(cast, course_key, now, decide):
    fakes = bring_suspicious(cast.chen, course_key, now, "fake1", "fake2")
    [group] = list_held(course_key)
    decide(fakes[:1], Decision.APPROVE)
    with pytest.raises(ValidationError, match="changed since"):
        decide_on_group(
            actor=cast.ada, course_key=course_key, inviter_id=cast.chen.id, latest=group.latest, people=group.people,
            decision=Decision.REJECT, why="Fake.", now=now,
        )  # fmt: skip
    assert outcome(fakes[1], course_key) == HELD


def test_only_the_courses_own_team_decides_and_undoes(cast, course_key, now, decide):
    [fake] = bring_suspicious(cast.chen, course_key, now, "fake")
    otto = get_user_model().objects.create(username="otto", email="otto@example.org")
    elsewhere = make_course("course-v1:Test+Birds+2026").course_key
    give_role(user=otto, course_key=elsewhere, role=Role.COURSE_STAFF)
    for stranger in (cast.dara, cast.chen, cast.bo, otto):
        with pytest.raises(PermissionDenied):
            decide([fake], Decision.APPROVE, actor=stranger)
    review = decide([fake], Decision.REJECT)
    with pytest.raises(PermissionDenied):
        undo_review(actor=cast.dara, course_key=course_key, review_id=review, now=now)
    assert outcome(fake, course_key) == REJECTED


def test_a_rejection_needs_a_reason_and_people_who_are_there(cast, course_key, now, decide):
    [fake] = bring_suspicious(cast.chen, course_key, now, "fake")
    with pytest.raises(ValidationError, match="say why"):
        decide([fake], Decision.REJECT, why="  ")
    with pytest.raises(ValidationError, match="at most 300"):
        decide([fake], Decision.REJECT, why="x" * 301)
    with pytest.raises(ValidationError, match="look again"):
        decide_on(
            actor=cast.ada, course_key=course_key, journey_ids=[10**9], decision=Decision.REJECT, why="Fake.", now=now
        )
    assert outcome(fake, course_key) == HELD


def test_a_rejection_is_told_so_that_what_rests_on_it_is_taken_back(
    cast, course_key, now, decide, heard, django_capture_on_commit_callbacks
):
    [true] = bring(cast.chen, course_key, now, "true")
    with heard(JOURNEY_CHANGED) as calls, django_capture_on_commit_callbacks(execute=True):
        decide([true], Decision.REJECT)
    [(_signal, told)] = calls
    assert (told["user_id"], told["inviter_id"], told["stages"]) == (true.id, cast.chen.id, frozenset())


def test_what_a_course_bans_does_not_count_until_a_person_says_so(cast, course_key, now, decide):
    policy(course_key, now, banned_channels=["reddit"])
    [one] = bring(cast.chen, course_key, now, "one", channel="reddit")
    assert outcome(one, course_key) == ("not_credited", "banned")
    decide([one], Decision.APPROVE)
    assert outcome(one, course_key) == APPROVED


def test_a_cap_lets_the_first_count_and_who_leaves_makes_room(cast, course_key, now):
    policy(course_key, now, inviter_cap=2)
    people = bring(cast.chen, course_key, now, "first", "second", "third")
    assert [outcome(one, course_key) for one in people] == [APPROVED, APPROVED, ("not_credited", "cap")]
    Journey.objects.filter(user=people[0]).update(unenrolled_at=now)
    judge_inviters([cast.chen.id], course_key, now=now)
    assert [outcome(one, course_key) for one in people] == [("not_credited", "cap"), APPROVED, APPROVED]


@pytest.mark.parametrize("rules", [{"weight_same_mailbox": 0}, {"weight_same_mailbox": 99}, {"hold_at": 101}])
def test_the_courses_team_can_make_a_sign_weigh_less(rules, cast, course_key, now):
    policy(course_key, now, **rules)
    [fake] = bring_suspicious(cast.chen, course_key, now, "fake")
    assert outcome(fake, course_key) == APPROVED


def test_time_alone_makes_friends_suspicious_who_never_begin_and_learning_frees_them(cast, course_key, now):
    people = bring(cast.chen, course_key, now, "idle1", "idle2", "idle3")
    assert {outcome(one, course_key) for one in people} == {APPROVED}
    recompute_all(course_key=course_key, now=now + timedelta(days=20))
    assert {outcome(one, course_key) for one in people} == {HELD}
    assert Journey.objects.get(user=people[0]).signs == ["idle_company", "idle"]
    for one in people:
        for place in range(2):
            BlockCompletion.objects.create(
                user=one, context_key=course_key, block_key=course_key.make_usage_key("html", f"b{place}"),
                block_type="html", completion=1.0, created=now + timedelta(days=21),
            )  # fmt: skip
    recompute_all(course_key=course_key, now=now + timedelta(days=22))
    assert {outcome(one, course_key) for one in people} == {APPROVED}
