"""The host of the site exchanged for one that lacks something."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache

from referral_xblock.host import chosen
from tests.referral_xblock.host.wrapping import Wrapping


@pytest.fixture
def living_on(monkeypatch) -> Callable[..., Wrapping]:
    """`living_on(course=lambda key: None)`: from now on every verb is the demo's but these."""

    def exchange(**verbs: Callable[..., Any]) -> Wrapping:
        host = Wrapping(**verbs)
        monkeypatch.setattr(chosen, "_load", lambda path: host)
        cache.clear()
        return host

    return exchange
