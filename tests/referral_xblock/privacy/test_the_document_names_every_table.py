"""docs/privacy.md is held against the tables and the settings."""

import re
from pathlib import Path

from django.apps import apps

from referral_xblock.host.site_settings import defaults_of
from referral_xblock.retention.tables import TABLES
from referral_xblock.settings import plugin_settings

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "privacy.md").read_text(encoding="utf-8")


def models():
    labels = ("referral_xblock", "community_dashboard")
    return [model for label in labels for model in apps.get_app_config(label).get_models(include_auto_created=True)]


def rows():
    return {row[0]: row[1] for row in re.findall(r"^\| `(\w+)` \| (.*) \|$", DOCUMENT, re.M)}


def test_every_table_is_there_and_none_that_is_not():
    assert set(rows()) == {model.__name__ for model in models()}


def test_a_table_without_personal_data_says_nothing_of_a_person():
    for model in models():
        without = ".. no_pii:" in model.__doc__
        assert rows()[model.__name__].startswith("nothing") is without, model.__name__


def test_every_time_is_that_of_its_setting():
    defaults = defaults_of(plugin_settings, "REFERRAL_")
    told = dict(re.findall(r"`(REFERRAL_KEEP_\w+)` \((\d+)", DOCUMENT))
    assert told == {table.setting: str(defaults[table.setting]) for table in TABLES}
