"""Our periodic tasks in the LMS's schedule: once, however often the settings are built, and as the site wants it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from referral_xblock.settings import (
    APPLY_RETENTION,
    CATCH_UP,
    CONTINUE_REWARDS,
    LOOK_FOR_REMINDERS,
    STANDINGS,
    plugin_settings,
)

OURS = {APPLY_RETENTION, CATCH_UP, CONTINUE_REWARDS, LOOK_FOR_REMINDERS, STANDINGS}
THEIRS = {"refresh-saml-metadata": {"task": "their.task", "schedule": timedelta(days=1)}}


def built(**values):
    """Common settings, then the site's file, then production, as the LMS does it."""
    settings = SimpleNamespace(SERVICE_VARIANT="lms", **values)
    plugin_settings(settings)
    return settings


def test_it_joins_the_others_once():
    shared = dict(THEIRS)
    settings = built(CELERYBEAT_SCHEDULE=shared)
    plugin_settings(settings)
    assert settings.CELERYBEAT_SCHEDULE.keys() == {*THEIRS, *OURS}
    assert settings.CELERYBEAT_SCHEDULE[CATCH_UP]["schedule"] == timedelta(minutes=10)
    assert shared == THEIRS, "Studio may share the dictionary"


def test_it_comes_back_when_the_sites_file_replaces_the_schedule():
    settings = built(CELERYBEAT_SCHEDULE={})
    settings.CELERYBEAT_SCHEDULE = dict(THEIRS)
    plugin_settings(settings)
    assert CATCH_UP in settings.CELERYBEAT_SCHEDULE


def test_a_site_can_change_its_pace_or_switch_it_off():
    settings = built(CELERYBEAT_SCHEDULE={})
    settings.REFERRAL_CATCH_UP_MINUTES = 3
    plugin_settings(settings)
    assert settings.CELERYBEAT_SCHEDULE[CATCH_UP]["schedule"] == timedelta(minutes=3)
    settings.REFERRAL_CATCH_UP_MINUTES = settings.REFERRAL_RETENTION_HOURS = settings.REFERRAL_REMINDER_HOURS = 0
    plugin_settings(settings)
    assert settings.CELERYBEAT_SCHEDULE == {}


@pytest.mark.parametrize("values", [{}, {"CELERYBEAT_SCHEDULE": None}])
def test_without_a_schedule_none_is_made(values):
    assert not getattr(built(**values), "CELERYBEAT_SCHEDULE", None)


def test_studio_gets_none():
    settings = SimpleNamespace(SERVICE_VARIANT="cms", CELERYBEAT_SCHEDULE={})
    plugin_settings(settings)
    assert settings.CELERYBEAT_SCHEDULE == {}


def test_the_task_is_the_one_that_workers_know():
    from celery import current_app

    from referral_xblock import tasks

    assert tasks.__all__ and set(current_app.tasks) >= OURS
