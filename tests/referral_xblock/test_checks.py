"""Django's system checks of the referral package: silent on a whole site, each with words and a hint on a broken one."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.core.checks import run_checks

from referral_xblock import checks
from referral_xblock.host.site_settings import KINDS, defaults_of, misfits, problem_of_font
from referral_xblock.settings import plugin_settings
from referral_xblock.sharing.lettering import OWN_FONT

OURS = ["referral_xblock"]
DEFAULTS = defaults_of(plugin_settings, "REFERRAL_")


def ids(**how):
    return sorted(message.id for message in run_checks(tags=OURS, **how))


def only():
    (message,) = run_checks(tags=OURS)
    assert message.hint
    return message


def test_a_whole_site_hears_nothing():
    assert ids() == []


def test_every_setting_has_a_kind_that_can_be_checked():
    assert DEFAULTS
    assert {name: value for name, value in DEFAULTS.items() if type(value) not in KINDS} == {}
    assert set(checks.RANGES) <= set(DEFAULTS)
    assert misfits(SimpleNamespace(**DEFAULTS), DEFAULTS, "REFERRAL_", checks.RANGES) == []


@pytest.mark.parametrize("name", sorted(set(DEFAULTS) - {"REFERRAL_HOST"}))
def test_a_value_of_another_kind_is_told_for_every_setting(settings, name):
    setattr(settings, name, object())
    assert only().id == "referral.E002"
    assert only().msg.startswith(f"{name} is ")


def test_a_word_is_not_true_or_false(settings):
    settings.REFERRAL_LISTENS = "false"
    assert only().msg == "REFERRAL_LISTENS is 'false', which is not True or False."


def test_true_is_not_a_number(settings):
    settings.REFERRAL_BEACONS_PER_MINUTE = True
    assert only().id == "referral.E002"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REFERRAL_BEACONS_PER_MINUTE", 0),
        ("REFERRAL_COURSE_CACHE_SECONDS", -1),
        ("REFERRAL_COURSE_CACHE_SECONDS", 86_401),
        ("REFERRAL_HASH_SALT", " "),
        ("REFERRAL_HOLDOUT_SALT", ""),
    ],
)
def test_a_value_out_of_range_is_told(settings, name, value):
    setattr(settings, name, value)
    assert only().id == "referral.E003"


def test_a_misspelt_setting_is_told_with_the_right_name(settings):
    settings.REFERRAL_COURSE_CACHE_SECOND = 60
    assert only().id == "referral.W001"
    assert only().hint == "Did you mean REFERRAL_COURSE_CACHE_SECONDS?"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nowhere.at.all", "No module named 'nowhere'"),
        ("nodots", "nodots doesn't look like a module path"),
        ("referral_xblock.settings.plugin_settings", "it names something that is not a class"),
        (7, "it is not the dotted path of a class"),
    ],
)
def test_a_host_that_cannot_be_used_is_told(settings, path, words):
    settings.REFERRAL_HOST = path
    messages = [message for message in run_checks(tags=OURS) if message.id == "referral.E001"]
    assert [words in message.msg for message in messages] == [True]


def test_the_host_of_the_lms_can_be_checked_without_the_platform(settings):
    settings.REFERRAL_HOST = DEFAULTS["REFERRAL_HOST"]
    assert ids() == []


def test_a_font_that_is_none_is_told(settings, tmp_path):
    settings.REFERRAL_CARD_FONT = str(tmp_path / "gone.ttf")
    assert only().id == "referral.E004"
    (tmp_path / "gone.ttf").write_bytes(b"<html>")
    assert "not a TrueType or OpenType file" in only().msg
    settings.REFERRAL_CARD_FONT = OWN_FONT
    assert ids() == []


def test_our_own_font_is_there_and_missed_when_it_is_not(monkeypatch, tmp_path):
    assert problem_of_font(OWN_FONT) == ""
    monkeypatch.setattr(checks, "OWN_FONT", str(tmp_path / "gone.ttf"))
    assert only().id == "referral.E005"


def test_tokens_in_the_tracking_log_are_told_in_the_lms_alone(settings):
    settings.TRACKING_IGNORE_URL_PATTERNS = [r"^/event", r"^/community/"]
    assert only().id == "referral.W003"
    assert "/r/abcdef" in only().msg
    settings.TRACKING_IGNORE_URL_PATTERNS = [r"^/(r|community)/"]
    assert ids() == []
    settings.TRACKING_IGNORE_URL_PATTERNS = []
    settings.SERVICE_VARIANT = "cms"
    assert ids() == []


def test_salts_are_asked_about_in_service_only(settings):
    settings.REFERRAL_HASH_SALT = DEFAULTS["REFERRAL_HASH_SALT"]
    assert ids() == []
    assert ids(include_deployment_checks=True) == ["referral.W002"]
    settings.REFERRAL_HASH_SALT = settings.REFERRAL_HOLDOUT_SALT
    assert ids(include_deployment_checks=True) == ["referral.W004"]
    settings.REFERRAL_HASH_SALT = "something of one's own"
    assert ids(include_deployment_checks=True) == []


def test_they_ask_the_database_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        run_checks(tags=OURS, include_deployment_checks=True)


def test_in_studio_they_import_nothing_of_the_platform_and_say_nothing():
    program = """
import sys
from django.conf import settings
from referral_xblock.settings import plugin_settings
settings.configure(SECRET_KEY="x", INSTALLED_APPS=[
    "django.contrib.contenttypes", "django.contrib.auth", "completion", "referral_xblock", "community_dashboard"],
    SERVICE_VARIANT="cms", USE_TZ=True)
from community_dashboard.settings import plugin_settings as more
plugin_settings(settings), more(settings)
import django
django.setup()
from django.core.checks import run_checks
print([message.id for message in run_checks(tags=["referral_xblock", "community_dashboard"])])
print(sorted({"openedx", "common", "lms", "cms", "xmodule"} & set(sys.modules)))
"""
    answer = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True)
    assert answer.stdout.splitlines() == ["[]", "[]"], answer.stderr


def test_a_key_for_badges_that_is_none_is_told(settings, tmp_path):
    settings.REFERRAL_BADGE_KEY = str(tmp_path / "gone.pem")
    assert only().id == "referral.E006"
    assert "cannot be read" in only().msg
    settings.REFERRAL_BADGE_KEY = ""
    settings.REFERRAL_BADGE_FORMER_KEYS = ["-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"]
    assert only().id == "referral.E006"


def test_a_site_without_a_key_for_badges_is_told_before_it_goes_into_service(settings):
    settings.REFERRAL_BADGE_KEY = ""
    assert "referral.W005" in ids(include_deployment_checks=True)
    assert ids() == []
