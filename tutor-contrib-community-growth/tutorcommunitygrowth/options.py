"""What an operator can set with `tutor config save --set`: one table, from which everything else is made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple


class Option(NamedTuple):
    """One value of Tutor's configuration.

    `setting` is the Django setting that it becomes in the LMS and in Studio, or None if only this plugin reads it.
    `drawn`: the default is a template that Tutor fills at random and keeps in config.yml.
    """

    name: str
    default: Any
    setting: str | None
    help: str
    drawn: bool = False


def _of_setting(setting: str, default: Any, text: str) -> Option:
    """COMMUNITY_PAGE_SIZE is COMMUNITY_GROWTH_PAGE_SIZE in Tutor; REFERRAL_X is COMMUNITY_GROWTH_REFERRAL_X."""
    drawn = setting in DRAWN
    name = "COMMUNITY_GROWTH_" + setting.removeprefix("COMMUNITY_")
    return Option(name, "{{ 20|random_string }}" if drawn else default, setting, text, drawn)


# Made from the packages' own settings; the repository's tests write it and hold it against them.
_SETTINGS = json.loads((Path(__file__).parent / "settings.json").read_text(encoding="utf-8"))
# What every site should have its own of, from the beginning.
DRAWN = {"REFERRAL_HASH_SALT"}

OPTIONS = [
    Option(
        "COMMUNITY_GROWTH_REQUIREMENT",
        "openedx-community-growth==0.1.0",
        None,
        "What pip installs into the image: a name with a version, or the address of a file or repository. "
        "Not used while a checkout called openedx-community-growth is mounted.",
    ),
    Option(
        "COMMUNITY_GROWTH_BLOCK_IN_ALL_COURSES",
        True,
        None,
        "Offer the referral block in Studio's Advanced list of every course. The platform keeps that list in its source, so "
        'this is done while the image is built. Without it, a course adds "referral" to its Advanced Module List.',
    ),
    Option(
        "COMMUNITY_GROWTH_RUN_BEAT",
        True,
        None,
        "Run a service that starts the periodic tasks. Tutor has none; switch it off if you already run celery beat.",
    ),
    *(_of_setting(row["setting"], row["default"], row["help"]) for row in _SETTINGS),
]


def environment_patch() -> str:
    """Lines for lms.env.yml and cms.env.yml: one for each Django setting, its value as JSON, which is YAML too.

    The platform reads these files before its plugins' production settings, so what depends on a setting sees it.
    """
    return "\n".join(f"{option.setting}: {{{{ {option.name} | tojson }}}}" for option in OPTIONS if option.setting)
