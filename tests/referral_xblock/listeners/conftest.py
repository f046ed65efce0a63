"""A campus whose workers are elsewhere, or whose broker does not answer."""

import pytest
from celery import current_app

from referral_xblock.journey.settling import settle
from referral_xblock.models import Waiting
from tests.mariadb import free_port

# By the names of the settings: before Celery 5.7 these go before `conf.task_always_eager = …`.
EAGER, BROKER = "CELERY_TASK_ALWAYS_EAGER", "CELERY_BROKER_URL"


@pytest.fixture
def workers_elsewhere():
    """Tasks are sent to a broker, in this process's memory, and nobody takes them."""
    current_app.conf[EAGER] = False
    yield
    current_app.conf[EAGER] = True


@pytest.fixture
def broker_down(workers_elsewhere, monkeypatch):
    """Tasks are sent to a port on which nobody listens."""
    before = current_app.conf.broker_url
    current_app.conf[BROKER] = f"redis://127.0.0.1:{free_port()}/0"
    current_app._after_fork()  # forgets open connections
    yield
    current_app.conf[BROKER] = before
    current_app._after_fork()


@pytest.fixture
def do_what_waits(db):
    """Does what a worker would do now; returns for how many people."""

    def work(now):
        people = set(Waiting.objects.values_list("user_id", flat=True))
        for user_id in people:
            settle(user_id=user_id, now=now)
        return len(people)

    return work
