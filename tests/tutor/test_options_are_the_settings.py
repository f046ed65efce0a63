"""The plugin offers every setting of the packages with the package's own default and reason, and nothing else."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from community_dashboard.settings import plugin_settings as dashboard_settings
from referral_xblock.settings import plugin_settings as referral_settings
from tests.tutor.options import PLUGIN, ROOT, WIRING, offered, table

OPTIONS = offered()


def test_the_table_is_fresh():
    assert (PLUGIN / "settings.json").read_text(encoding="utf-8") == table(), "Run: python -m tests.tutor.options"


def test_every_setting_is_an_option_with_the_same_default():
    settings = SimpleNamespace()
    referral_settings(settings)
    dashboard_settings(settings)
    wanted = {
        name: value
        for name, value in vars(settings).items()
        if name.startswith(("REFERRAL_", "COMMUNITY_")) and name not in WIRING
    }
    drawn = {option.setting for option in OPTIONS if option.drawn}
    assert {option.setting for option in OPTIONS if option.setting} == set(wanted)
    assert {option.setting: option.default for option in OPTIONS if option.setting and not option.drawn} == {
        name: value for name, value in wanted.items() if name not in drawn
    }
    assert drawn == {"REFERRAL_HASH_SALT"}


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_option_has_our_prefix_and_a_sentence(option):
    assert option.name.startswith("COMMUNITY_GROWTH_")
    assert re.fullmatch(r"[A-Z].{20,}[.]", option.help, re.DOTALL)
    assert [other.name for other in OPTIONS].count(option.name) == 1


def test_the_plugin_installs_the_version_that_lies_beside_it():
    version = re.search(r'version="([^"]+)"', (ROOT / "setup.py").read_text(encoding="utf-8"))
    assert version
    requirement = next(option.default for option in OPTIONS if option.name == "COMMUNITY_GROWTH_REQUIREMENT")
    assert requirement == f"openedx-community-growth=={version[1]}"
