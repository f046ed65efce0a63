"""Fixtures that every package's tests share."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from eventtracking.tracker import get_tracker
from hypothesis import HealthCheck
from hypothesis import settings as drawing

from demo.catalogues import compile_catalogues
from demo.dummies import make_dummies
from tests.emptying import empty_quickly
from tests.people import NOW, Cast, TinyCourse, make_cast, make_course
from tests.taking_turns import pytest_runtestloop  # noqa: F401  (pytest looks for it here)

# How hypothesis draws: the same examples each time, and none is too slow for a busy machine. What nobody has drawn yet is found
# with `pytest --hypothesis-profile=search`, now and then, and what it finds is written down as an @example.
drawing.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
drawing.register_profile("search", drawing.get_profile("same"), derandomize=False, max_examples=1000)
drawing.load_profile("same")


def pytest_configure() -> None:
    """Catalogues are compiled once, before Django reads them."""
    compile_catalogues()
    make_dummies(settings.DEMO_DIR / "dummies")
    empty_quickly()


# What depends on the database and not only on Python: run once more on MariaDB by `make test`.
ON_BOTH_DATABASES = ("referral_xblock/", "community_dashboard/", "demo/population/", "demo/campus/", "demo/forum/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of those folders that use the database; those that start servers of their own stay out."""
    here = Path(__file__).parent
    for item in items:
        folder = str(item.path.relative_to(here))
        own_server = item.get_closest_marker("slow") or item.get_closest_marker("browser")
        uses_one = item.get_closest_marker("django_db") or "db" in getattr(item, "fixturenames", ())
        if folder.startswith(ON_BOTH_DATABASES) and uses_one and not own_server:
            item.add_marker(pytest.mark.databases)


def pytest_collection_finish() -> None:
    """What was imported stays to the end: Python need not look through all of it again and again for what may go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """No test sees what another left in the caches."""
    from edx_django_utils.cache import RequestCache

    cache.clear()
    RequestCache.clear_all_namespaces()


@pytest.fixture
def now() -> datetime:
    """The moment in which the tests' actions happen unless they say otherwise."""
    return NOW


@pytest.fixture
def tiny_course(db) -> TinyCourse:
    """A course of two units with a referral block in the first; ada leads nothing yet, see `cast`."""
    return make_course()


@pytest.fixture
def course_key(tiny_course: TinyCourse) -> Any:
    """The key of the tiny course."""
    return tiny_course.course_key


@pytest.fixture
def cast(course_key: Any) -> Cast:
    """ada, bo, chen, dara with their parts in the tiny course; eli is None."""
    return make_cast(course_key)


@pytest.fixture
def client_of() -> Callable[[Any], Client]:
    """`client_of(cast.chen)` is a browser of its own in which that person is signed in; None is a visitor's."""

    def browser(user: Any = None) -> Client:
        client = Client(
            headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
        )
        if user is not None:
            client.force_login(user)
        return client

    return browser


class Told:
    """A backend of the tracker that keeps what is told to it: `names()` in order, `of(event)` the data of one kind."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def send(self, event: dict[str, Any]) -> None:
        """What the tracker calls; events of the platform are not ours."""
        if event["name"].startswith("openedx.community."):
            self.events.append(event)

    def names(self) -> list[str]:
        """The last two parts of each name."""
        return [event["name"].removeprefix("openedx.community.") for event in self.events]

    def of(self, event: Any) -> list[dict[str, Any]]:
        """The data of the events of this kind."""
        return [one["data"] for one in self.events if one["name"] == event.name]


@pytest.fixture
def told() -> Iterator[Told]:
    """The events that we have told the tracker during the test."""
    backends, collecting = get_tracker().backends, Told()
    backends["told"] = collecting
    yield collecting
    del backends["told"]


@pytest.fixture
def heard() -> Callable[..., AbstractContextManager[list[tuple[Any, dict[str, Any]]]]]:
    """`with heard(SIGNAL, OTHER) as calls:` collects (signal, arguments) in the order in which they were sent."""

    @contextmanager
    def listening(*signals: Any):
        calls: list[tuple[Any, dict[str, Any]]] = []

        def receiver(signal: Any, **arguments: Any) -> None:
            calls.append((signal, arguments))

        for signal in signals:
            signal.connect(receiver, weak=False)
        try:
            yield calls
        finally:
            for signal in signals:
                signal.disconnect(receiver)

    return listening
