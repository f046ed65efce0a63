"""The contract tests of both hosts, run where we stand: what they promise in their interfaces, tried on this site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey

from community_dashboard.host.chosen import get_host
from community_dashboard.host.contract import run_contract as run_dashboard_contract
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.findings import Finding, found
from referral_xblock.api import Outcome, run_contract
from referral_xblock.api import get_host as get_people_host

LOOKED_AT = 50


def a_course_with_people() -> CourseKey | None:
    """Some course of this site to read in: the first with somebody in it, or the first of all. Asks for 50 courses at most."""
    host = get_people_host()
    leader = get_user_model().objects.filter(is_staff=True, is_active=True).order_by("id").first()
    keys = [CourseKey.from_string(key) for key in (host.courses_led_by(leader) if leader else [])[:LOOKED_AT]]
    return next((key for key in keys if host.enrolled_ids(key, limit=1)), next(iter(keys), None))


def check_referral_contract(circumstances: Circumstances) -> Iterator[Finding]:
    """What `referral_xblock.api.Host` says. Reads only, unless the operator asked to write."""
    host, course_key = get_people_host(), circumstances.course_key
    yield from _told("referral_xblock", run_contract(host, course_key=course_key, write=circumstances.write))


def check_dashboard_contract(circumstances: Circumstances) -> Iterator[Finding]:
    """What `community_dashboard.host.interface.Host` says, likewise."""
    host, course_key = get_host(), circumstances.course_key
    yield from _told(
        "community_dashboard", run_dashboard_contract(host, course_key=course_key, write=circumstances.write)
    )


def _told(package: str, outcomes: Iterable[Outcome]) -> Iterator[Finding]:
    passed = 0
    for outcome in outcomes:
        words = f"{package}: {outcome.name}" + (f". {outcome.sentence}" if outcome.sentence else ".")
        if outcome.passed:
            passed += 1
        else:
            yield found("contract.left-out" if outcome.passed is None else "contract.failed", words)
    yield found("contract.passed", f"{package}: {passed} tests of the host passed.")
