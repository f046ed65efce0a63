"""The periodic task: where the site has a schedule, in the LMS alone, as often as the setting says."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils.module_loading import import_string
from edx_django_utils.plugins import registry

from community_dashboard.lms_settings import PERIODIC

NAME = "community-reconcile-activity"
NAMES = tuple(PERIODIC)


def passed_through(project, settings, phases=("common", "production")):
    """The settings after the phases in which the platform calls this package."""
    (app,) = [app for app in registry.get_plugin_app_configs(project) if app.name == "community_dashboard"]
    for phase in phases:
        path = app.plugin_app["settings_config"][project][phase]["relative_path"]
        import_string(f"{app.name}.{path}.plugin_settings")(settings)
    return settings


def test_a_site_with_a_schedule_gets_our_task_beside_its_own():
    own = {"theirs": {"task": "theirs"}}
    settings = passed_through("lms.djangoapp", SimpleNamespace(CELERYBEAT_SCHEDULE=own))
    assert set(settings.CELERYBEAT_SCHEDULE) == {"theirs", *NAMES}
    assert settings.CELERYBEAT_SCHEDULE[NAME]["schedule"] == timedelta(minutes=15)
    assert own == {"theirs": {"task": "theirs"}}


@pytest.mark.parametrize("name", NAMES)
def test_the_tasks_of_the_schedule_are_among_those_that_workers_find(name):
    from celery import current_app

    settings = passed_through("lms.djangoapp", SimpleNamespace(CELERYBEAT_SCHEDULE={}))
    import_string("community_dashboard.tasks.reconcile_activity")
    assert settings.CELERYBEAT_SCHEDULE[name]["task"] in current_app.tasks


def test_a_file_that_replaces_the_schedule_does_not_lose_it():
    settings = passed_through("lms.djangoapp", SimpleNamespace(CELERYBEAT_SCHEDULE={}), ["common"])
    settings.CELERYBEAT_SCHEDULE = {"theirs": {"task": "theirs"}}
    settings.COMMUNITY_RECONCILE_MINUTES = 60
    passed_through("lms.djangoapp", settings, ["production"])
    assert settings.CELERYBEAT_SCHEDULE[NAME]["schedule"] == timedelta(hours=1)


def test_none_where_the_site_wants_none():
    minutes = {setting: 0 for _task, setting in PERIODIC.values()}
    settings = SimpleNamespace(CELERYBEAT_SCHEDULE={}, **minutes)
    assert passed_through("lms.djangoapp", settings).CELERYBEAT_SCHEDULE == {}


@pytest.mark.parametrize("there", [{}, {"CELERYBEAT_SCHEDULE": None}])
def test_no_schedule_is_made_where_there_is_none(there):
    settings = passed_through("lms.djangoapp", SimpleNamespace(**there))
    assert getattr(settings, "CELERYBEAT_SCHEDULE", None) is None


def test_studio_does_no_periodic_work():
    settings = passed_through("cms.djangoapp", SimpleNamespace(CELERYBEAT_SCHEDULE={}))
    assert settings.CELERYBEAT_SCHEDULE == {}
