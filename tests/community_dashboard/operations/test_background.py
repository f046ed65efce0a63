"""Celery, cache, tables, transactions, schedule: each is told when it is not as it should be, and only then."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from django.core.cache import caches
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from community_dashboard.activity.tracking import losses
from community_dashboard.activity.tracking.waiting import LIST
from community_dashboard.lms_settings import PERIODIC
from community_dashboard.operations import background
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.expected import expected_of_settings
from tests.servers import REDIS, needs, running_redis

HERE = Circumstances(seconds=0.5)


def nothing():
    """A task that does nothing."""


def told(check, circumstances=HERE):
    return [(finding.id, finding.sentence) for finding in check(circumstances)]


class TestWorkers:
    @pytest.fixture
    def in_service(self, monkeypatch):
        """Celery with a broker and two tasks of ours, as where there are workers; `answers` is what they say they know."""
        app, answers = Celery("in-service", broker="memory://", set_as_current=False), {}
        for name in [name for name in app.tasks if name.startswith(background.PACKAGES)]:
            app.tasks.unregister(name)  # every app takes over the shared tasks that are loaded by now
        for name in ("community_dashboard.one", "referral_xblock.two", "theirs.three"):
            app.task(name=name)(nothing)
        monkeypatch.setattr(app.control, "inspect", lambda **_how: SimpleNamespace(registered=lambda: answers))
        monkeypatch.setattr(background, "current_app", app)
        return answers

    def test_tasks_that_run_on_the_spot_are_noted(self):
        assert told(background.check_workers) == [("background.eager", "Celery runs tasks where they are sent from.")]

    def test_nobody_answers(self, in_service):
        assert told(background.check_workers) == [
            ("background.worker", "No Celery worker answered within 0.5 seconds.")
        ]

    def test_workers_of_an_older_installation_are_told(self, in_service):
        in_service.update({"one@here": ["celery.ping"], "two@here": ["community_dashboard.one [rate_limit=1]"]})
        assert told(background.check_workers) == [
            ("background.task", "None of 2 workers knows the task referral_xblock.two.")
        ]

    def test_workers_that_know_all_between_them_are_not_mentioned(self, in_service):
        in_service.update({"one@here": ["community_dashboard.one"], "two@here": ["referral_xblock.two"]})
        assert told(background.check_workers) == []

    def test_a_broker_that_is_away_is_told_at_once(self, monkeypatch):
        app = Celery("nowhere", broker="redis://127.0.0.1:1/0", set_as_current=False)
        monkeypatch.setattr(background, "current_app", app)
        ((id_, sentence),) = told(background.check_workers)
        assert id_ == "background.broker"
        assert sentence.startswith("The broker of Celery cannot be reached")

    @pytest.mark.redis
    @pytest.mark.slow
    @needs(REDIS, "redis-server")
    def test_a_real_worker_is_asked_over_a_real_broker(self, monkeypatch, tmp_path):
        from celery import Celery

        for port in running_redis(str(tmp_path)):
            app = Celery("real", broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
            app.task(name="community_dashboard.something")(nothing)
            monkeypatch.setattr(background, "current_app", app)
            assert [id_ for id_, _sentence in told(background.check_workers)] == ["background.worker"]
            with start_worker(app, perform_ping_check=False, pool="solo"):
                # On a busy machine it may take longer than that until the worker answers.
                patiently = (told(background.check_workers, Circumstances(seconds=1)) for _time in range(60))
                assert [] in patiently


class TestTheCache:
    def test_a_cache_of_each_process_alone_is_told(self):
        ((id_, _sentence),) = told(background.check_cache)
        assert id_ == "background.cache-alone"

    def test_a_shared_cache_that_answers_is_not_mentioned(self, settings, tmp_path):
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
        }
        assert told(background.check_cache) == []

    def test_a_cache_that_forgets_is_told(self, settings, tmp_path, monkeypatch):
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
        }
        monkeypatch.setattr(type(caches["default"]), "get", lambda *_a, **_k: None)
        assert told(background.check_cache) == [("background.cache", "The cache did not give back what was put in.")]

    def test_a_cache_that_is_away_is_told(self, settings):
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
        }
        ((id_, sentence),) = told(background.check_cache)
        assert id_ == "background.cache"
        assert sentence.startswith("The cache cannot be used")


class TestTheDatabase:
    def test_migrated_tables_are_not_mentioned(self, db):
        assert told(background.check_tables) == []

    def test_a_migration_that_was_not_applied_is_told(self, db):
        last = MigrationRecorder(connection).migration_qs.filter(app="referral_xblock").order_by("name").last()
        MigrationRecorder(connection).record_unapplied("referral_xblock", last.name)
        ((id_, sentence),) = told(background.check_tables)
        assert id_ == "database.migrations"
        assert f"referral_xblock.{last.name}" in sentence

    def test_requests_as_in_the_platform_are_not_mentioned(self):
        assert told(background.check_requests) == []

    def test_requests_without_transaction_and_debugging_are_told(self, settings, monkeypatch):
        settings.DEBUG = True
        monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", False)
        assert [id_ for id_, _sentence in told(background.check_requests)] == ["database.requests", "site.debug"]


class TestTheSchedule:
    def test_a_site_without_schedule_is_noted(self, settings):
        settings.CELERYBEAT_SCHEDULE = None
        assert [id_ for id_, _sentence in told(background.check_schedule)] == ["background.no-schedule"]

    def test_a_task_that_was_lost_on_the_way_to_the_final_settings_is_told(self, settings):
        settings.CELERYBEAT_SCHEDULE = {"theirs": {"task": "theirs.task", "schedule": timedelta(hours=1)}}
        wanted = [entry["task"] for entry in expected_of_settings().CELERYBEAT_SCHEDULE.values()]
        assert wanted
        assert told(background.check_schedule) == [
            ("background.schedule", f"{task} is not in CELERYBEAT_SCHEDULE.") for task in wanted
        ]

    def test_a_whole_schedule_is_not_mentioned(self, settings):
        settings.CELERYBEAT_SCHEDULE = expected_of_settings().CELERYBEAT_SCHEDULE
        assert told(background.check_schedule) == []

    def test_what_the_site_switched_off_is_not_missed(self, settings):
        settings.CELERYBEAT_SCHEDULE = {}
        for _task, minutes in PERIODIC.values():
            setattr(settings, minutes, 0)
        assert "community_dashboard" not in str(told(background.check_schedule))


@pytest.mark.django_db
class TestTracking:
    def test_a_site_without_a_list_has_nothing_to_tell(self):
        assert told(background.check_tracking) == []

    def test_what_was_lost_lately_is_told(self, course_key):
        today = timezone.now().date()
        losses.add(column="unsent", numbers={(course_key, today): 5, (course_key, today - timedelta(days=8)): 90})
        assert told(background.check_tracking) == [
            ("background.tracking-lost", "At most 5 facts of the last seven days were lost.")
        ]

    def test_a_redis_that_is_away_is_told(self, settings):
        settings.COMMUNITY_TRACKING_REDIS_URL = "redis://127.0.0.1:1/0"
        ((id_, sentence),) = told(background.check_tracking)
        assert id_ == "background.tracking"
        assert "ConnectionError" in sentence

    @pytest.mark.redis
    @needs(REDIS, "redis-server")
    def test_a_list_that_fills_up_is_told(self, settings, tmp_path):
        import redis

        for port in running_redis(str(tmp_path)):
            settings.COMMUNITY_TRACKING_REDIS_URL = f"redis://127.0.0.1:{port}/0"
            settings.COMMUNITY_TRACKING_LIST = 4
            redis.Redis(port=port).rpush(LIST, "a", "b")
            assert told(background.check_tracking) == []
            redis.Redis(port=port).rpush(LIST, "c")
            assert told(background.check_tracking) == [("background.tracking-lost", "3 tracking events wait in Redis.")]
