"""What should be there, asked of the same code that puts it there: our own settings files and AppConfigs.

Our settings files are run over an empty LMS that has only the values of ours that this site has chosen. What they add to it
is what the site's final settings should hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.conf import settings

PACKAGES = ("referral_xblock", "community_dashboard")
OUR_SETTINGS = ("REFERRAL_", "COMMUNITY_")


def expected_of_settings(project: str = "lms.djangoapp") -> Any:
    """An object with what our settings files set in an otherwise empty LMS with a schedule."""
    found = SimpleNamespace(
        SERVICE_VARIANT="lms",
        OPEN_EDX_FILTERS_CONFIG={},
        CELERYBEAT_SCHEDULE={},
        TRACKING_IGNORE_URL_PATTERNS=[],
        MAKO_TEMPLATE_DIRS_BASE=[],
    )
    for name in dir(settings):
        if name.startswith(OUR_SETTINGS):
            setattr(found, name, getattr(settings, name))
    for package in PACKAGES:
        places = _plugin(package, "settings_config", project)
        for place in dict.fromkeys(place["relative_path"] for place in places.values()):
            import_module(f"{package}.{place}").plugin_settings(found)
    return found


def filter_steps_missing() -> list[tuple[str, str]]:
    """Our steps that the final OPEN_EDX_FILTERS_CONFIG does not run: (filter type, dotted path)."""
    final = getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None) or {}
    return [
        (filter_type, step)
        for filter_type, configured in expected_of_settings().OPEN_EDX_FILTERS_CONFIG.items()
        for step in steps_of(configured)
        if step not in steps_of(final.get(filter_type))
    ]


def steps_of(configured: Any) -> list[str]:
    """The pipeline of one filter type, in whichever of the forms that openedx-filters takes."""
    if isinstance(configured, dict):
        configured = configured.get("pipeline")
    return [configured] if isinstance(configured, str) else list(configured or [])


def signal_receivers(project: str = "lms.djangoapp") -> Iterator[tuple[str, str, str]]:
    """The receivers that the platform connects for us: (dotted path of the receiver, of the signal, its uid)."""
    for package in PACKAGES:
        config = _plugin(package, "signals_config", project)
        for receiver in config.get("receivers", ()):
            path = f"{package}.{config.get('relative_path', 'signals')}.{receiver['receiver_func_name']}"
            yield path, receiver["signal_path"], receiver.get("dispatch_uid") or path


def _plugin(package: str, key: str, project: str) -> dict[str, Any]:
    if not apps.is_installed(package):
        return {}
    return getattr(apps.get_app_config(package), "plugin_app", {}).get(key, {}).get(project, {})
