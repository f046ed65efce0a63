"""What becomes of the friends of an inviter is a function of what is known, whatever the order in which it became known."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_xblock.api import Decision, decide_on
from referral_xblock.data import Reason, Status
from referral_xblock.journey.models import Journey
from referral_xblock.journey.signs import Sign, Suspicion
from referral_xblock.journey.standing import Friend, stand
from referral_xblock.journey.suspicion import judge_inviters
from tests.referral_xblock.review.arrivals import bring, bring_suspicious, journey_id

START = datetime(2027, 3, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 50).map(lambda hours: START + timedelta(hours=hours))
SUSPICIONS = st.none() | st.builds(
    lambda signs, held: Suspicion(tuple(sorted(signs)), 0, held),
    st.sets(st.sampled_from(Sign), min_size=1),
    st.booleans(),
)
FRIENDS = st.lists(
    st.builds(
        Friend,
        id=st.integers(1, 12),
        inviter_id=st.integers(50, 52),
        came_at=MOMENTS,
        enrolled_at=st.none() | MOMENTS,
        left=st.booleans(),
        suspicion=SUSPICIONS,
        decision=st.none() | st.sampled_from(Decision),
    ),
    unique_by=lambda friend: friend.id,
)


@given(FRIENDS, st.integers(0, 4), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_of_friends_give_the_same(friends, cap, chance):
    expected = stand(friends, cap=cap)
    more = friends + [friend for friend in friends if chance.random() < 0.5]
    chance.shuffle(more)
    assert stand(more, cap=cap) == expected


@given(FRIENDS, st.integers(1, 4))
def test_no_inviter_is_credited_for_more_than_the_cap_nor_for_fewer_than_there_are(friends, cap):
    capped, free = stand(friends, cap=cap), stand(friends)
    for inviter in {friend.inviter_id for friend in friends}:
        own = [friend.id for friend in friends if friend.inviter_id == inviter]
        credited = sum(capped[one][0] is Status.CREDITED for one in own)
        assert credited == min(cap, sum(free[one][0] is Status.CREDITED for one in own))


@given(FRIENDS, st.integers(0, 4))
def test_nobody_is_rejected_but_by_a_person_a_ban_or_the_cap(friends, cap):
    for friend in friends:
        status, reason = stand(friends, cap=cap)[friend.id]
        if reason is Reason.REJECTED:
            assert friend.decision is Decision.REJECT
        if reason is Reason.BANNED:
            assert Sign.BANNED_SOURCE in friend.suspicion.signs
        if status is Status.NOT_CREDITED:
            assert reason in (Reason.REJECTED, Reason.BANNED, Reason.CAP)
        if friend.decision is Decision.APPROVE:
            assert status is Status.CREDITED or reason is Reason.CAP


@pytest.mark.django_db
def test_looks_in_any_order_leave_the_same_rows(cast, course_key, now):
    people = bring_suspicious(cast.chen, course_key, now, "fake1", "fake2")
    people += bring(people[0], course_key, now, "further", visitor="vfake1")
    people += bring(cast.dara, course_key, now, "true")
    decide_on(
        actor=cast.ada, course_key=course_key, journey_ids=[journey_id(people[1], course_key)],
        decision=Decision.APPROVE, now=now,
    )  # fmt: skip

    def rows():
        columns = ("user_id", "status", "reason", "signs", "score")
        return list(Journey.objects.order_by("user_id").values_list(*columns))

    late = now + timedelta(days=3)
    inviters = [cast.chen.id, people[0].id, cast.dara.id]
    judge_inviters(inviters, course_key, now=late)
    expected = rows()
    assert {row[1] for row in expected} == {"credited", "held"}
    chance = Random(3)
    for order in permutations(inviters):
        forgotten = chance.sample([row[0] for row in expected], 2)
        Journey.objects.filter(user_id__in=forgotten).update(status="credited", reason="", signs=[], score=0)
        for inviter in [*order, *order[:1]]:
            judge_inviters([inviter], course_key, now=late)
        assert rows() == expected
