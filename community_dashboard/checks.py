"""Django's system checks for the dashboard: settings that make no sense, ways in that were lost on the way to the final settings.

Each manage.py command runs them: they ask no database and import nothing of the platform. In Studio those of the LMS are left
out. The ids stand in docs/operating.md.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from community_dashboard.lms_settings import GATE
from community_dashboard.operations.expected import expected_of_settings, filter_steps_missing
from community_dashboard.settings import plugin_settings

TAG = "community_dashboard"
PREFIX = "COMMUNITY_"
RANGES: dict[str, tuple[float, float]] = {
    "COMMUNITY_PAGE_SIZE": (1, 500),
    "COMMUNITY_RECONCILE_PAGES": (1, 100_000),
    "COMMUNITY_DIGEST_HOUR": (0, 23),
    "COMMUNITY_TRACKING_LIST": (1, 100_000_000),
}
BY_KIND = {"kind": "community.E003", "range": "community.E004"}


@register(TAG)
def check_apps(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Both packages are installed."""
    if apps.is_installed("referral_xblock"):
        return []
    hint = "Add referral_xblock.apps.ReferralConfig to INSTALLED_APPS; the LMS does so by entry point."
    return [Error("The dashboard is installed without referral_xblock.", hint=hint, id="community.E001")]


@register(TAG)
def check_settings(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Types and ranges of every COMMUNITY_* setting, and names that we do not know."""
    if not apps.is_installed("referral_xblock"):
        return []
    from referral_xblock.api import defaults_of, misfits, problem_of_class

    found: list[CheckMessage] = []
    for misfit in misfits(settings, defaults_of(plugin_settings, PREFIX), PREFIX, RANGES):
        if misfit.kind == "unknown":
            found.append(Warning(misfit.sentence, hint=misfit.hint, id="community.W001"))
        else:
            found.append(Error(misfit.sentence, hint=misfit.hint, id=BY_KIND[misfit.kind]))
    # Studio has no dashboard, and perhaps no forum, which the host in the LMS asks for.
    problem = "" if _is_studio() else problem_of_class(getattr(settings, "COMMUNITY_HOST", None))
    if problem:
        hint = "Leave COMMUNITY_HOST out to run in the LMS, or name a class that answers community_dashboard.host.interface.Host."
        found.append(Error(f"COMMUNITY_HOST cannot be used: {problem}.", hint=hint, id="community.E002"))
    return found


@register(TAG)
def check_ways_in(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The filter steps, the folder of Mako files and the gate are in the LMS's final settings."""
    if _is_studio() or not apps.is_installed("referral_xblock"):
        return []
    found: list[CheckMessage] = []
    for filter_type, step in filter_steps_missing():
        hint = f"Put {step} into the pipeline of {filter_type} where your own settings replace OPEN_EDX_FILTERS_CONFIG."
        message = f"A way into the dashboard was lost: OPEN_EDX_FILTERS_CONFIG has no longer {step.rpartition('.')[2]}."
        found.append(Warning(message, hint=hint, id="community.W002"))
    folders = {str(folder) for folder in getattr(settings, "MAKO_TEMPLATE_DIRS_BASE", [])}
    for folder in expected_of_settings().MAKO_TEMPLATE_DIRS_BASE:
        if str(folder) not in folders:
            hint = "Add the folder where your own settings replace the list."
            message = f"MAKO_TEMPLATE_DIRS_BASE has no longer {folder}: the legacy instructor dashboard cannot show our section."
            found.append(Warning(message, hint=hint, id="community.W003"))
    if getattr(settings, "COMMUNITY_POSTING_GATE", True) and GATE not in (getattr(settings, "MIDDLEWARE", None) or ()):
        hint = f"Add {GATE} at the end of MIDDLEWARE where your own settings replace it, or set COMMUNITY_POSTING_GATE to False."
        message = "MIDDLEWARE has no longer our gate: silenced and banned authors can post, and are held afterwards."
        found.append(Warning(message, hint=hint, id="community.W004"))
    return found


def _is_studio() -> bool:
    return getattr(settings, "SERVICE_VARIANT", "lms") == "cms"
