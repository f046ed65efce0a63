"""Of two transactions that wait for each other, the database ends one; it is done again, and both are done."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection, transaction

from referral_xblock.host.patience import ATTEMPTS, patiently

DEADLOCK = OperationalError(1213, "Deadlock found when trying to get lock; try restarting transaction")


class Work:
    """Fails so many times in this way, then succeeds."""

    def __init__(self, failures, error=DEADLOCK):
        self.calls, self.failures, self.error = 0, failures, error

    def __call__(self):
        self.calls += 1
        if self.calls <= self.failures:
            raise self.error
        return "done"


@pytest.mark.django_db(transaction=True)
def test_what_was_in_the_way_is_done_again():
    work = Work(failures=ATTEMPTS - 1)
    assert patiently(work) == "done"
    assert work.calls == ATTEMPTS


@pytest.mark.django_db(transaction=True)
def test_it_does_not_try_for_ever():
    work = Work(failures=ATTEMPTS)
    with pytest.raises(OperationalError):
        patiently(work)
    assert work.calls == ATTEMPTS


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "error", [OperationalError(2006, "Server has gone away"), OperationalError(), ValueError(1213)]
)
def test_any_other_failure_is_the_callers(error):
    work = Work(failures=1, error=error)
    with pytest.raises(type(error)):
        patiently(work)
    assert work.calls == 1


@pytest.mark.django_db
def test_within_a_transaction_the_part_is_not_done_alone():
    work = Work(failures=1)
    with pytest.raises(OperationalError), transaction.atomic():
        patiently(work)
    assert work.calls == 1


@pytest.mark.django_db(transaction=True)
def test_two_that_take_the_same_rows_in_turn_both_end():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer, who waits for nobody.")
    people = get_user_model()
    first, second = (people.objects.create(username=name).pk for name in ("first", "second"))
    met, tries = threading.Barrier(2), []

    def take(here, there):
        tries.append(here)
        with transaction.atomic():
            people.objects.filter(pk=here).update(first_name=f"by {here}")
            if len(tries) <= 2:  # the second time, the other has gone on
                met.wait(timeout=30)
            people.objects.filter(pk=there).update(last_name=f"by {here}")

    def in_a_thread(here, there):
        try:
            patiently(lambda: take(here, there))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(in_a_thread, (first, second), (second, first)))
    named = dict(people.objects.filter(pk__in=(first, second)).values_list("pk", "last_name"))
    assert named == {first: f"by {second}", second: f"by {first}"}
    assert len(tries) == 3
