"""Workers at the same time: the budget holds, and nobody gets the same twice. On a database that lets several write."""

from threading import Barrier, Thread

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, connections

from referral_xblock.models import Purse, Reward
from referral_xblock.rewards.actions import settle_rewards

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("not __import__('os').environ.get('TEST_MARIADB_PORT')", reason="SQLite has one writer"),
]

GUIDE = {"slug": "guide", "counts": "active", "number": 1, "title": "Guide"}


def all_at_once(works):
    """Runs each in a thread of its own, as a task: a deadlock is tried again."""
    gate, failures = Barrier(len(works)), []

    def run(work):
        try:
            gate.wait()
            for attempt in range(5):
                try:
                    work()
                    break
                except DatabaseError:
                    if attempt == 4:
                        raise
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_the_last_reward_of_the_budget_is_given_once(friends, milestones, course_key, now):
    assert connection.vendor == "mysql"
    milestones(GUIDE, reward_budget=3)
    people = [get_user_model().objects.create_user(f"i{number}", f"i{number}@example.org") for number in range(8)]
    for number, person in enumerate(people):
        friends(number, active=True, inviter=person)
    all_at_once(
        [lambda person=person: settle_rewards(user_id=person.id, course_key=course_key, now=now) for person in people]
    )
    assert Reward.objects.filter(state="granted").count() == 3
    assert Reward.objects.filter(state="waiting", reason="budget").count() == 5
    assert Purse.objects.get().granted == 3


def test_the_same_person_by_eight_workers_is_granted_once(friends, milestones, cast, course_key, now):
    milestones(GUIDE)
    friends(1, active=True)
    all_at_once([lambda: settle_rewards(user_id=cast.chen.id, course_key=course_key, now=now)] * 8)
    assert Reward.objects.get().state == "granted"
    assert Purse.objects.get().granted == 1
