"""What our receivers add to a registration and to an enrolment, in statements. Milliseconds: benchmarks/receivers.py."""

from contextlib import contextmanager

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demo.campus.models import Profile
from referral_xblock.host.chosen import get_host
from referral_xblock.models import Event, Journey, Waiting
from tests.referral_xblock.journey.walks import come_by
from tests.referral_xblock.listeners.receivers import without_receivers
from tests.referral_xblock.visits import browser, open_invitation, press_join

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("workers_elsewhere")]

MOST = 8


@contextmanager
def counting(into):
    """Adds the number of statements in its body."""
    with CaptureQueriesContext(connection) as captured:
        yield
    into.append(len(captured))


def added(act):
    """How many more statements there are with our receivers than without.

    `act(number, counts)` adds what it counts; the first time only warms the caches.
    """
    act(0, [])
    ours: list[int] = []
    act(1, ours)
    theirs: list[int] = []
    with without_receivers():
        act(2, theirs)
    return ours[0] - theirs[0]


@pytest.fixture(params=[False, True], ids=["a stranger", "somebody invited"])
def invited(request):
    return request.param


def test_a_registration(link, invited):
    def register(number, counts):
        visitor = come_by(link)[0] if invited else browser()
        name = f"eli{number}"
        fields = {"username": name, "name": name, "email": f"{name}@example.org", "password": "a-long-password"}
        with counting(counts):
            visitor.post("/register", fields)

    assert 0 < added(register) <= MOST
    assert get_user_model().objects.filter(username__startswith="eli").count() == 3
    assert Event.objects.filter(kind="registered").count() == 2
    assert Waiting.objects.count() == (2 if invited else 0)


@pytest.mark.parametrize("again", [False, True], ids=["first time", "again"])
def test_an_enrolment(link, invited, again, course_key, client_of, do_what_waits, now):
    def enrol(number, counts):
        user = get_user_model().objects.create_user(f"eli{number}", f"eli{number}@example.org", "a-long-password")
        Profile.objects.create(user=user, name=user.username)
        visitor = client_of(user)
        if invited:
            press_join(visitor, link.code, open_invitation(visitor, link.code)[1])
        for path in ("enrol", "leave") if again else ():
            visitor.post(f"/courses/{course_key}/{path}")
            do_what_waits(now)
        with counting(counts):
            visitor.post(f"/courses/{course_key}/enrol")
        assert get_host().enrolment(user, course_key).active

    assert 0 < added(enrol) <= MOST
    assert Journey.objects.count() == (2 if invited and again else 0)


def test_a_sign_in_of_somebody_who_brings_nothing_costs_nothing(cast):
    cast.dara.set_password("a-long-password")
    cast.dara.save()

    def sign_in(_number, counts):
        visitor = browser()
        with counting(counts):
            visitor.post("/login", {"identifier": "dara", "password": "a-long-password"})
        assert visitor.session["_auth_user_id"] == str(cast.dara.id)

    assert added(sign_in) == 0
