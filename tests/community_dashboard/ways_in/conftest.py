"""Tabs, tools and steps as the platform loads them: by entry point and by the filter's own configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from crum import set_current_request
from django.test import RequestFactory
from stevedore.extension import ExtensionManager

# Who may open the overview of a course, and who may not: product.md's table.
MAY = ("moderator", "group moderator", "course staff", "global staff")
MAY_NOT = ("visitor", "stranger", "learner", "staff of another course", "data researcher")


@dataclass(frozen=True)
class CourseLike:
    """What tabs and dashboards are handed as a course: something with a key."""

    id: Any


@pytest.fixture
def plugged() -> Callable[[str], Any]:
    """`plugged("openedx.course_tab")` is our plugin of that group, found among all that are installed."""

    def find(group: str) -> Any:
        return ExtensionManager(namespace=group)["community"].plugin

    return find


@pytest.fixture
def as_reader() -> Iterator[Callable[[Any], Any]]:
    """`as_reader(user)` is a request of that person, and the one in which this code runs."""
    from django.contrib.auth.models import AnonymousUser

    def ask(user: Any) -> Any:
        request = RequestFactory().get("/")
        request.user = user or AnonymousUser()
        set_current_request(request)
        return request

    yield ask
    set_current_request(None)


@pytest.fixture
def broken_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform that cannot say who somebody is."""
    from referral_xblock.api import get_host

    def fail(*_: Any) -> None:
        raise RuntimeError("no roles today")

    monkeypatch.setattr(type(get_host()), "roles", fail)
