"""Any order, repetition and loss of events leads to the same rewards as a clean computation from the journeys."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral_xblock.data import Status
from referral_xblock.models import Badge, Journey, Purse, Reward
from referral_xblock.rewards.actions import settle_rewards

pytestmark = pytest.mark.django_db(transaction=True)

RULES = (
    {
        "slug": "one-enrolled",
        "counts": "enrolled",
        "number": 1,
        "title": "Host",
        "friend_on": "active",
        "friend_title": "New",
    },
    {"slug": "two-active", "counts": "active", "number": 2, "title": "Guide", "badge": "Bee guide"},
    {"slug": "one-completed", "counts": "completed", "number": 1, "title": "Finisher"},
    {"slug": "five-points", "counts": "points", "number": 5, "title": "Rich"},
)
CHANGES = {
    "enrol": {"enrolled_at": 0, "unenrolled_at": None, "status": "credited"},
    "act": {"active_at": 1},
    "complete": {"completed_at": 1, "lapsed_at": None},
    "lapse": {"lapsed_at": 1},
    "leave": {"unenrolled_at": 1},
    "reject": {"status": Status.NOT_CREDITED.value},
    "hold": {"status": Status.HELD.value},
    "credit": {"status": Status.CREDITED.value},
}
# Which friend, what happens, how many times its event comes (none: it is lost), and after how many days the next one comes.
STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([*CHANGES]), st.integers(0, 3), st.integers(0, 5)), max_size=14
)


@pytest.fixture
def world(cast, course_key, milestones, now, badge_key):
    milestones(*RULES)
    people = [get_user_model().objects.create_user(f"f{number}", f"f{number}@example.org") for number in range(4)]
    return people, course_key, cast.chen, now


def held(user_id=None):
    rows = Reward.objects.filter(state="granted").order_by("user_id", "slug", "side")
    return list(rows.values_list("user_id", "slug", "side", "earned_at", "carriers", "title", "badge"))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
def test_any_order_repetition_and_loss_leads_to_the_same(world, steps):
    people, course_key, inviter, start = world
    for table in (Badge, Reward, Purse, Journey):
        table.objects.all().delete()
    moment = start
    for number, change, times, days in steps:
        values = {name: moment if type(value) is int else value for name, value in CHANGES[change].items()}
        journey, _new = Journey.objects.get_or_create(
            user=people[number],
            course_key=course_key,
            defaults={"inviter": inviter, "status": "credited", "enrolled_at": moment, "clicked_at": moment},
        )
        Journey.objects.filter(id=journey.id).update(**values)
        for _again in range(times):
            for person in (inviter, people[number]):
                settle_rewards(user_id=person.id, course_key=course_key, now=moment)
        moment += timedelta(days=days)
    moment += timedelta(days=3)
    for person in (inviter, *people):  # the pass, which comes in any case
        settle_rewards(user_id=person.id, course_key=course_key, now=moment)
    after_history = held()
    assert Purse.objects.values_list("granted", flat=True).first() in (len(after_history), None)
    for badge in Badge.objects.select_related("reward"):
        assert (badge.revoked_at is None) == (badge.reward.state == "granted")
    for table in (Badge, Reward, Purse):
        table.objects.all().delete()
    for person in reversed((inviter, *people)):
        settle_rewards(user_id=person.id, course_key=course_key, now=moment)
    assert held() == after_history
