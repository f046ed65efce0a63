"""What runs beside the requests: Celery, the cache, the database, periodic work, and how this process is set up for them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from community_dashboard.activity.tracking.queries import lost
from community_dashboard.activity.tracking.waiting import waiting_list
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.expected import PACKAGES, expected_of_settings
from community_dashboard.operations.findings import Finding, found


def check_workers(circumstances: Circumstances) -> Iterator[Finding]:
    """Asks the workers which tasks they know, and waits a few seconds for an answer."""
    if current_app.conf.task_always_eager:
        yield found("background.eager", "Celery runs tasks where they are sent from.")
        return
    current_app.loader.import_default_modules()
    ours = {name for name in current_app.tasks if name.startswith(PACKAGES)}
    try:
        with current_app.connection_for_write(connect_timeout=circumstances.seconds) as link:
            link.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=circumstances.seconds)
            inspect = current_app.control.inspect(timeout=circumstances.seconds, connection=link)
            answers: dict[str, list[str]] = inspect.registered() or {}
    except Exception as error:  # each kind of broker has errors of its own
        yield found("background.broker", f"The broker of Celery cannot be reached ({type(error).__name__}).")
        return
    if not answers:
        yield found("background.worker", f"No Celery worker answered within {circumstances.seconds:g} seconds.")
        return
    known = {line.split(" ")[0] for lines in answers.values() for line in lines}
    for name in sorted(ours - known):
        yield found("background.task", f"None of {len(answers)} workers knows the task {name}.")


def check_cache(circumstances: Circumstances) -> Iterator[Finding]:
    """Puts something into the cache and takes it out again."""
    cache = caches["default"]
    if isinstance(cache, LocMemCache | DummyCache):
        yield found("background.cache-alone", f"The cache is {settings.CACHES['default']['BACKEND']}.")
        if isinstance(cache, DummyCache):
            return
    key, value = f"community-check-{secrets.token_hex(8)}", secrets.token_hex(8)
    try:
        cache.set(key, value, 60)
        answer = cache.get(key)
        cache.delete(key)
    except Exception as error:  # each backend has errors of its own
        yield found("background.cache", f"The cache cannot be used ({type(error).__name__}: {error}).")
        return
    if answer != value:
        yield found("background.cache", "The cache did not give back what was put in.")


def check_tracking(circumstances: Circumstances) -> Iterator[Finding]:
    """Tracking events wait where they can be reached, there is room for more, and none were lost. One query."""
    url = getattr(settings, "COMMUNITY_TRACKING_REDIS_URL", "")
    if url:
        try:
            waiting = waiting_list(url, timeout=circumstances.seconds).length()
        except Exception as error:  # each kind of trouble has an error of its own
            yield found(
                "background.tracking", f"COMMUNITY_TRACKING_REDIS_URL cannot be reached ({type(error).__name__})."
            )
            return
        if waiting > settings.COMMUNITY_TRACKING_LIST / 2:
            yield found("background.tracking-lost", f"{waiting} tracking events wait in Redis.")
    today = timezone.now().date()
    number = lost(None, start=today - timedelta(days=7), end=today)
    if number:
        yield found("background.tracking-lost", f"At most {number} facts of the last seven days were lost.")


def check_tables(circumstances: Circumstances) -> Iterator[Finding]:
    """No migration of ours is left to be applied. Two queries."""
    executor = MigrationExecutor(connection)
    leaves = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] in PACKAGES]
    waiting = [
        f"{one.app_label}.{one.name}" for one, _back in executor.migration_plan(leaves) if one.app_label in PACKAGES
    ]
    if waiting:
        yield found("database.migrations", f"Not yet applied: {', '.join(waiting)}.")


def check_requests(circumstances: Circumstances) -> Iterator[Finding]:
    """Requests are transactions, and errors of receivers stay with the receivers."""
    if not connection.settings_dict.get("ATOMIC_REQUESTS"):
        yield found("database.requests", "ATOMIC_REQUESTS is off for the default database.")
    if settings.DEBUG:
        yield found("site.debug", "DEBUG is on.")


def check_schedule(circumstances: Circumstances) -> Iterator[Finding]:
    """Our periodic tasks are in the schedule, where there is one. Whether beat itself runs cannot be seen from here."""
    final = getattr(settings, "CELERYBEAT_SCHEDULE", None)
    if not isinstance(final, dict):
        yield found("background.no-schedule", "There is no CELERYBEAT_SCHEDULE.")
        return
    scheduled = {entry.get("task") for entry in final.values() if isinstance(entry, dict)}
    for entry in expected_of_settings().CELERYBEAT_SCHEDULE.values():
        if entry["task"] not in scheduled:
            yield found("background.schedule", f"{entry['task']} is not in CELERYBEAT_SCHEDULE.")
