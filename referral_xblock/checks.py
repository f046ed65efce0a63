"""Django's system checks for this package: settings that make no sense, files that are not there.

Each manage.py command runs them: they ask no database and import nothing of the platform. In Studio those of the LMS are left
out. The ids stand in docs/operating.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from referral_xblock.host.site_settings import defaults_of, is_studio, misfits, problem_of_class, problem_of_font
from referral_xblock.rewards.key_files import problem_of_key
from referral_xblock.settings import plugin_settings
from referral_xblock.sharing.lettering import OWN_FONT

TAG = "referral_xblock"
PREFIX = "REFERRAL_"
RANGES: dict[str, tuple[float, float]] = {
    "REFERRAL_BEACONS_PER_MINUTE": (1, 100_000),
    "REFERRAL_REMINDER_DAYS": (1, 365),
    "REFERRAL_OWN_DATA_PER_HOUR": (1, 1000),
    "REFERRAL_COURSE_CACHE_SECONDS": (0, 86_400),
}
# An address of each kind that carries a token or leads to somebody's page.
PRIVATE_PATHS = ("/r/abcdef", "/community/me/")
BY_KIND = {"kind": "referral.E002", "range": "referral.E003"}


@register(TAG)
def check_settings(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Types and ranges of every REFERRAL_* setting, and names that we do not know."""
    return list(_of_values())


@register(TAG)
def check_files(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The fonts of the preview card."""
    found: list[CheckMessage] = []
    own_problem = problem_of_font(OWN_FONT)
    if own_problem:
        hint = "The package is not installed whole: install it again."
        found.append(Error(f"Our own font cannot be read: {own_problem}.", hint=hint, id="referral.E005"))
    wanted = getattr(settings, "REFERRAL_CARD_FONT", "")
    problem = problem_of_font(wanted) if wanted and isinstance(wanted, str) else ""
    if problem:
        hint = "Put the file there, readable for the LMS, or leave the setting out to have our own font."
        found.append(Error(f"REFERRAL_CARD_FONT: {problem} ({wanted}).", hint=hint, id="referral.E004"))
    return found


@register(TAG)
def check_tracking(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Tokens stay out of the LMS's tracking log."""
    if is_studio(settings):
        return []
    patterns = getattr(settings, "TRACKING_IGNORE_URL_PATTERNS", [])
    logged = [path for path in PRIVATE_PATHS if not any(re.match(pattern, path) for pattern in patterns)]
    if not logged:
        return []
    hint = "Add r'^/r/' and r'^/community/' to TRACKING_IGNORE_URL_PATTERNS, which your own settings have replaced."
    message = f"Addresses such as {logged[0]} are written into the tracking log, with the tokens in them."
    return [Warning(message, hint=hint, id="referral.W003")]


@register(TAG)
def check_badge_keys(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The keys that sign badges and by which they are checked; a site that has none is told so by `check_badges`."""
    if is_studio(settings):
        return []
    present, former = getattr(settings, "REFERRAL_BADGE_KEY", ""), getattr(settings, "REFERRAL_BADGE_FORMER_KEYS", [])
    asked = [("REFERRAL_BADGE_KEY", present, True)] if isinstance(present, str) and present else []
    if isinstance(former, list | tuple):
        asked += [(f"REFERRAL_BADGE_FORMER_KEYS[{place}]", str(key), False) for place, key in enumerate(former)]
    hint = "Make one with `manage.py make_badge_key`; a key that has signed badges must not be lost (docs/badges.md)."
    return [
        Error(f"{name} cannot be used: {problem}.", hint=hint, id="referral.E006")
        for name, key, private in asked
        if (problem := problem_of_key(key, private=private))
    ]


@register(TAG, deploy=True)
def check_badges(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Whether the site can make badges; asked by `check --deploy` and by community_check."""
    if is_studio(settings) or getattr(settings, "REFERRAL_BADGE_KEY", ""):
        return []
    hint = "Make a key with `manage.py make_badge_key` and set REFERRAL_BADGE_KEY, or give no badges (docs/badges.md)."
    return [Warning("There is no key for badges: rewards are granted without them.", hint=hint, id="referral.W005")]


@register(TAG, deploy=True)
def check_secrets(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Salts of a site in service; asked by `check --deploy` and by community_check."""
    found: list[CheckMessage] = []
    hashes, draws = getattr(settings, "REFERRAL_HASH_SALT", ""), getattr(settings, "REFERRAL_HOLDOUT_SALT", "")
    if hashes == defaults_of(plugin_settings, PREFIX)["REFERRAL_HASH_SALT"]:
        hint = "Set a random text once, before people share links; after a later change, browsers that came before look new."
        found.append(Warning("REFERRAL_HASH_SALT is still the default.", hint=hint, id="referral.W002"))
    if hashes and hashes == draws:
        hint = "Give REFERRAL_HASH_SALT another value; the salt of the draw may be known, that of the hashes may not."
        message = "REFERRAL_HASH_SALT and REFERRAL_HOLDOUT_SALT are the same."
        found.append(Warning(message, hint=hint, id="referral.W004"))
    return found


def _of_values() -> Iterator[CheckMessage]:
    for misfit in misfits(settings, defaults_of(plugin_settings, PREFIX), PREFIX, RANGES):
        if misfit.kind == "unknown":
            yield Warning(misfit.sentence, hint=misfit.hint, id="referral.W001")
        else:
            yield Error(misfit.sentence, hint=misfit.hint, id=BY_KIND[misfit.kind])
    problem = problem_of_class(getattr(settings, "REFERRAL_HOST", None))
    if problem:
        hint = "Leave REFERRAL_HOST out to run in the LMS, or name a class that answers referral_xblock.api.Host."
        yield Error(f"REFERRAL_HOST cannot be used: {problem}.", hint=hint, id="referral.E001")
