"""The platform's names and the hosts: does what our host files rely on exist here, and does each host have its verbs."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from community_dashboard.host.interface import Host as DashboardHost
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.findings import Finding, found
from community_dashboard.operations.platform_names import host_files, uses_in_files
from community_dashboard.operations.resolving import Miss, resolve
from community_dashboard.operations.uses import Use
from referral_xblock.api import Host as ReferralHost

HOSTS = (
    ("REFERRAL_HOST", "referral_xblock", ReferralHost),
    ("COMMUNITY_HOST", "community_dashboard", DashboardHost),
)


def uses_of(package: str) -> list[Use]:
    """Every use of a foreign name in the host files of this package, without importing them."""
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return [use for folder in folders or () for use in uses_in_files(Path(folder), host_files(Path(folder)))]


def check_names(circumstances: Circumstances) -> Iterator[Finding]:
    """Tries every use of the host files whose host was chosen. Imports what they import; runs nothing of it."""
    for setting, package, _interface in HOSTS:
        chosen = getattr(settings, setting, None)
        if not str(chosen).startswith(f"{package}.host.edx_platform"):
            yield found("platform.other-host", f"{setting} names {chosen}: names of the LMS were not looked for.")
            continue
        walks = resolve(uses_of(package))
        yield from map(_finding, walks.misses)
        yield found(
            "platform.tried",
            f"{package}: {walks.uses} uses of {walks.names} names were tried, "
            f"{walks.unfinished} of them up to where it depends on what the platform answers.",
        )


def check_hosts(circumstances: Circumstances) -> Iterator[Finding]:
    """Makes both hosts and compares their verbs with the interface."""
    for setting, _package, interface in HOSTS:
        chosen = getattr(settings, setting, None)
        try:
            host = import_string(str(chosen))()
        except Exception as error:  # whatever a class of the site's own does
            yield found(
                "host.start", f"{setting} names {chosen}, which gives no host ({type(error).__name__}: {error})."
            )
            continue
        for verb, promised in verbs_of(interface).items():
            problem = _problem_of_verb(getattr(host, verb, None), promised)
            if problem:
                yield found("host.verb", f"{chosen}.{verb} {problem}.")


def verbs_of(interface: type) -> dict[str, Any]:
    """The functions that a Protocol names, those of its bases included."""
    return {
        name: function
        for part in reversed(interface.__mro__)
        if part.__module__ != "typing"
        for name, function in vars(part).items()
        if inspect.isfunction(function) and not name.startswith("_")
    }


def _problem_of_verb(verb: Any, promised: Any) -> str:
    if verb is None:
        return "is missing"
    _self, *wanted = inspect.signature(promised).parameters.values()
    offered = inspect.signature(verb)
    by_name = [one.name for one in wanted if one.kind is one.KEYWORD_ONLY]
    try:
        offered.bind(*[object()] * (len(wanted) - len(by_name)), **dict.fromkeys(by_name, object()))
    except TypeError as error:
        return f"does not take what the interface says ({error})"
    return ""


def _finding(miss: Miss) -> Finding:
    where = f"{miss.use.verb or 'the file itself'} asks for it ({miss.use.place})"
    if miss.degrades:
        return found("platform.degrades", f"{miss.words}; {where} and goes on without.")
    return found(f"platform.{miss.kind}", f"{miss.words}; {where}.")
