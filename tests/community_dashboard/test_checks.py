"""Django's system checks of the dashboard: silent on a whole site, each with words and a hint on a broken one."""

from types import SimpleNamespace

import pytest
from django.core.checks import run_checks

from community_dashboard import checks
from community_dashboard.filter_steps import STEPS
from community_dashboard.settings import plugin_settings
from referral_xblock.api import defaults_of, misfits

OURS = ["community_dashboard"]
DEFAULTS = defaults_of(plugin_settings, "COMMUNITY_")


def ids():
    return sorted(message.id for message in run_checks(tags=OURS))


def only():
    (message,) = run_checks(tags=OURS)
    assert message.hint
    return message


def test_a_whole_site_hears_nothing():
    assert ids() == []


def test_every_setting_is_checked():
    assert "COMMUNITY_ACTING_ACCOUNT" in DEFAULTS
    assert set(checks.RANGES) <= set(DEFAULTS)
    assert misfits(SimpleNamespace(**DEFAULTS), DEFAULTS, "COMMUNITY_", checks.RANGES) == []


@pytest.mark.parametrize("name", sorted(set(DEFAULTS) - {"COMMUNITY_HOST"}))
def test_a_value_of_another_kind_is_told_for_every_setting(settings, monkeypatch, name):
    monkeypatch.setattr(checks, "check_ways_in", None)
    setattr(settings, name, object())
    messages = checks.check_settings()
    assert [message.id for message in messages] == ["community.E003"]
    assert messages[0].msg.startswith(f"{name} is ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COMMUNITY_PAGE_SIZE", 0),
        ("COMMUNITY_PAGE_SIZE", 501),
        ("COMMUNITY_RECONCILE_PAGES", 0),
        ("COMMUNITY_RECONCILE_MINUTES", -1),
    ],
)
def test_a_value_out_of_range_is_told(settings, name, value):
    setattr(settings, name, value)
    assert only().id == "community.E004"


def test_a_misspelt_setting_is_told_with_the_right_name(settings):
    settings.COMMUNITY_ACTING_ACOUNT = "robot"
    assert (only().id, only().hint) == ("community.W001", "Did you mean COMMUNITY_ACTING_ACCOUNT?")


def test_a_host_that_cannot_be_used_is_told(settings):
    settings.COMMUNITY_HOST = "nowhere.at.all"
    assert only().id == "community.E002"
    settings.COMMUNITY_HOST = DEFAULTS["COMMUNITY_HOST"]
    assert ids() == []


def test_a_dashboard_without_the_block_s_package_is_told(settings):
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if not app.startswith("referral_xblock")]
    assert only().id == "community.E001"


class TestWaysInThatWereLost:
    @pytest.mark.parametrize("final", [None, {}, {"some.other.filter.v1": ["theirs.Step"]}])
    def test_steps_that_the_site_s_own_settings_replaced(self, settings, final):
        settings.OPEN_EDX_FILTERS_CONFIG = final
        assert ids() == ["community.W002"] * len(STEPS)

    def test_one_step_of_a_pipeline(self, settings):
        first, *others = STEPS
        kept = {filter_type: {"pipeline": [STEPS[filter_type]]} for filter_type in others}
        settings.OPEN_EDX_FILTERS_CONFIG = {**kept, first: {"fail_silently": True, "pipeline": ["theirs.Step"]}}
        assert only().id == "community.W002"
        assert STEPS[first] in only().hint

    def test_the_folder_of_mako_files(self, settings):
        settings.MAKO_TEMPLATE_DIRS_BASE = ["/theirs"]
        assert only().id == "community.W003"

    def test_the_gate_before_the_forum(self, settings):
        settings.MIDDLEWARE = ["theirs.Middleware"]
        assert only().id == "community.W004"
        settings.COMMUNITY_POSTING_GATE = False
        assert ids() == []

    def test_studio_has_neither_ways_in_nor_a_host(self, settings):
        settings.SERVICE_VARIANT = "cms"
        settings.OPEN_EDX_FILTERS_CONFIG = {}
        settings.MAKO_TEMPLATE_DIRS_BASE = []
        settings.COMMUNITY_HOST = "only.in.the.LMS"
        assert ids() == []


def test_they_ask_the_database_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        run_checks(tags=OURS)
