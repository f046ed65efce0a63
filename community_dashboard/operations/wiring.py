"""Is everything of ours hung up where the platform looks for it: apps, entry points, filter steps, receivers."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from community_dashboard.lms_settings import TRACKING_ENGINE
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.expected import (
    OUR_SETTINGS,
    PACKAGES,
    expected_of_settings,
    signal_receivers,
    steps_of,
)
from community_dashboard.operations.findings import Finding, found
from community_dashboard.operations.receivers import Receiver, receivers_in

# As in setup.py, which is not there once the package is installed.
ENTRY_POINTS = {
    "lms.djangoapp": ("referral_xblock", "community_dashboard"),
    "cms.djangoapp": ("referral_xblock", "community_dashboard"),
    "xblock.v1": ("referral",),
    "openedx.course_tab": ("community",),
    "openedx.course_tool": ("community",),
}


def check_entry_points(circumstances: Circumstances) -> Iterator[Finding]:
    """Every entry point of ours is registered and loads, and both apps are installed."""
    for package in PACKAGES:
        if not apps.is_installed(package):
            yield found("wiring.app", f"{package} is not in INSTALLED_APPS.")
    for group, names in ENTRY_POINTS.items():
        registered = {point.name: point for point in entry_points(group=group) if point.value.startswith(PACKAGES)}
        for name in names:
            if name not in registered:
                yield found("wiring.entry-point", f"The entry point {name} of the group {group} is not registered.")
                continue
            try:
                registered[name].load()
            except Exception as error:  # whatever an import can raise
                words = (
                    f"The entry point {name} of the group {group} cannot be loaded ({type(error).__name__}: {error})."
                )
                yield found("wiring.entry-point-broken", words)


def check_filter_steps(circumstances: Circumstances) -> Iterator[Finding]:
    """Each step of ours can be imported. Whether it stands in the final settings, a system check says (community.W002)."""
    for filter_type, configured in expected_of_settings().OPEN_EDX_FILTERS_CONFIG.items():
        for step in steps_of(configured):
            try:
                import_string(step)
            except ImportError as error:
                yield found("wiring.filter-step", f"{step}, for {filter_type}, cannot be imported ({error}).")


def check_receivers(circumstances: Circumstances) -> Iterator[Finding]:
    """Each receiver of ours is connected: those that the platform connects for us, and those that our files connect."""
    if not getattr(settings, f"{OUR_SETTINGS[0]}LISTENS", True):
        yield found("wiring.not-listening", "REFERRAL_LISTENS is off: referrals hear nothing of what learners do.")
    for path, signal_path, uid in signal_receivers():
        module, _dot, signal = signal_path.rpartition(".")
        yield from _check_receiver(path, module, signal, uid)
    for package in PACKAGES:
        if package == "referral_xblock" and not getattr(settings, "REFERRAL_LISTENS", True):
            continue
        for receiver in _written_in(package):
            if not receiver.sender or _is_table(receiver.sender):
                path = f"{package}.listeners.{receiver.function}"
                yield from _check_receiver(path, receiver.signal_module, receiver.signal, receiver.uid)


def check_tracking(circumstances: Circumstances) -> Iterator[Finding]:
    """The platform hands its tracking events to our backend, unless the site wants none."""
    if not getattr(settings, "COMMUNITY_TRACKING", True):
        return
    if not getattr(settings, "EVENT_TRACKING_ENABLED", False):
        yield found("wiring.tracking", "EVENT_TRACKING_ENABLED is off: the platform tells nobody of tracking events.")
    else:
        backends = getattr(settings, "EVENT_TRACKING_BACKENDS", None) or {}
        if not any(isinstance(one, dict) and one.get("ENGINE") == TRACKING_ENGINE for one in backends.values()):
            yield found("wiring.tracking", "EVENT_TRACKING_BACKENDS has no longer our backend.")


def _check_receiver(path: str, module: str, name: str, uid: str) -> Iterator[Finding]:
    try:
        signal: Any = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        yield found("wiring.receiver", f"{path} cannot be connected: there is no signal {module}.{name} ({error}).")
        return
    if not any(entry[0][0] == uid for entry in signal.receivers):
        yield found("wiring.receiver", f"{path} is not connected to {module}.{name}.")


def _written_in(package: str) -> list[Receiver]:
    """Of the package's listeners.py, which is read and not imported: that connects."""
    spec = find_spec(package)
    folder = next(iter(spec.submodule_search_locations or ()), None) if spec else None
    file = Path(folder) / "listeners.py" if folder else None
    return receivers_in(file.read_text(encoding="utf-8")) if file and file.is_file() else []


def _is_table(name: str) -> bool:
    try:
        apps.get_model(name)
    except LookupError:  # as the forum's on a site without forum
        return False
    return True
