"""The receivers of `referral_xblock` as the platform has connected them, for tests and benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import Signal
from openedx_events.tooling import OpenEdxPublicSignal, load_all_signals

OURS = "referral."


def signals() -> list[Signal]:
    """Every signal that the published libraries have, and the saving of rows."""
    load_all_signals()
    return [*OpenEdxPublicSignal.all_events(), post_save]


def connected(prefix: str = OURS) -> dict[str, Signal]:
    """The names under which receivers are connected, and to what."""
    return {key[0]: signal for signal in signals() for key in _keys(signal) if str(key[0]).startswith(prefix)}


@contextmanager
def without_receivers(*prefixes: str) -> Iterator[None]:
    """The platform as it were if these receivers, ours if none are named, had never been connected."""
    hidden = prefixes or (OURS,)
    kept = [(signal, list(signal.receivers)) for signal in signals()]
    try:
        for signal, receivers in kept:
            signal.receivers = [receiver for receiver in receivers if not str(receiver[0][0]).startswith(hidden)]
            signal.sender_receivers_cache.clear()
        yield
    finally:
        for signal, receivers in kept:
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


def _keys(signal: Any) -> list[tuple[Any, Any]]:
    return [receiver[0] for receiver in signal.receivers]
