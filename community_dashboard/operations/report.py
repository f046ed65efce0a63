"""All checks in their groups, and what they found. A check that raises becomes a finding: the report is always whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core import checks

from community_dashboard.operations import background, emission, figures, forum, names, wiring
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.findings import BY_ID, Finding, Severity, found

Check = Callable[[Circumstances], Iterable[Finding]]


@dataclass(frozen=True)
class Group:
    """Checks under one heading, and what they found."""

    title: str
    findings: tuple[Finding, ...]


def check_system(circumstances: Circumstances) -> Iterator[Finding]:
    """Django's system checks of both packages, those of a site in service among them."""
    tags = ["referral_xblock", "community_dashboard"]
    for message in checks.run_checks(tags=tags, include_deployment_checks=True):
        if message.id in BY_ID:
            yield found(message.id, str(message.msg), str(message.hint or ""))


GROUPS: tuple[tuple[str, tuple[Check, ...]], ...] = (
    ("Settings", (check_system, background.check_requests)),
    ("Names of the platform", (names.check_names, names.check_hosts)),
    ("Wiring", (wiring.check_entry_points, wiring.check_filter_steps, wiring.check_receivers, wiring.check_tracking)),
    ("Database", (background.check_tables,)),
    (
        "Background",
        (background.check_workers, background.check_cache, background.check_schedule, background.check_tracking),
    ),
    ("Figures", (figures.check_figures,)),
    ("Forum", (forum.check_forum, forum.check_account)),
    ("Events", (emission.check_events,)),
)


def report(circumstances: Circumstances, more: Iterable[tuple[str, tuple[Check, ...]]] = ()) -> list[Group]:
    """Runs every check, and `more` groups after them. Never raises."""
    return [Group(title, tuple(_all(checks_, circumstances))) for title, checks_ in (*GROUPS, *more)]


def count(groups: Iterable[Group], severity: Severity) -> int:
    """How many findings of this severity there are."""
    return sum(finding.severity is severity for group in groups for finding in group.findings)


def _all(checks_: Iterable[Check], circumstances: Circumstances) -> Iterator[Finding]:
    for check in checks_:
        try:
            yield from check(circumstances)
        except Exception as error:  # the one thing that a report must survive
            words = f"{check.__module__.rpartition('.')[2]}.{check.__name__} failed ({type(error).__name__}: {error})."
            yield found("check.failed", words)
