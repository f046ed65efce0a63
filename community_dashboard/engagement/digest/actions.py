"""Looks for whom a weekly digest is due, sends it once a week at most, stops it for a person or a course."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone, translation
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import Capability, may
from community_dashboard.activity.rollup.courses import filled_courses
from community_dashboard.emission.events import DIGEST_SENT
from community_dashboard.engagement.digest.contents import contents_for
from community_dashboard.engagement.digest.errors import NotAllowedError
from community_dashboard.engagement.digest.letter import write
from community_dashboard.engagement.digest.models import DigestSwitch, WeeklyDigest
from community_dashboard.engagement.digest.queries import is_on, readers_of
from referral_xblock.api import emit, get_host, is_suppressed, post_letter, seen_course, spoken

log = logging.getLogger(__name__)
WEEK = timedelta(days=7)
OPEN = timedelta(days=2)  # for which it still goes out after its hour: nobody wants last week's figures on a Friday


def week_due(now: datetime) -> date | None:
    """The Monday of the week to tell of, if it is the time: from the site's weekday and hour on, for two days."""
    begun = due_at(now)
    if not begun <= now < begun + OPEN:
        return None
    today = begun.astimezone(UTC).date()
    return today - timedelta(days=today.weekday()) - WEEK


def due_at(now: datetime) -> datetime:
    """The last moment, up to `now`, at which a digest became due; in the time zone of the site."""
    here = now.astimezone(timezone.get_default_timezone())
    monday = here.replace(hour=settings.COMMUNITY_WEEKLY_HOUR, minute=0, second=0, microsecond=0)
    begun = monday + timedelta(days=settings.COMMUNITY_WEEKLY_WEEKDAY - here.weekday())
    return begun if begun <= here else begun - WEEK


def look_for_digests(*, now: datetime, ask: Callable[[int, str], object]) -> int:
    """Asks for a digest (`ask` gets account and course) for everybody to whom one is due; returns for how many.

    A course whose figures were not brought up to date since the week was over waits. One query, and some for each course.
    """
    week = week_due(now)
    if week is None:
        return 0
    asked = 0
    over = datetime(week.year, week.month, week.day, tzinfo=UTC) + WEEK
    for course_key in filled_courses(since=over):
        if not is_on(course_key):
            continue
        had = Q(last_week__gte=week) | Q(stopped_at__isnull=False)
        done = set(WeeklyDigest.objects.filter(had, course_key=course_key).values_list("user_id", flat=True))
        for user_id in readers_of(course_key):
            if user_id not in done:
                ask(user_id, str(course_key))
                asked += 1
    return asked


def send_digest(*, user_id: int, course_key: CourseKey, now: datetime) -> bool:
    """Sends this person the digest of the last week, if it is due; whether it was handed over. Never raises for a failed mail.

    Repeatable, and sent once a week at most, also by two workers at once. Some fifty queries.
    """
    week = week_due(now)
    user = get_user_model().objects.filter(id=user_id, is_active=True).first()
    course = seen_course(course_key)
    if week is None or user is None or course is None or not user.email or is_suppressed(user.email):
        return False
    if not is_on(course_key) or user_id not in readers_of(course_key) or not may(user, course_key, Capability.LEARNERS):
        return False
    row = row_of(user=user, course_key=course_key)
    if row.stopped_at is not None or (row.last_week is not None and row.last_week >= week):
        return False
    language = spoken(get_host().languages([user_id]).get(user_id, "")) or spoken(course.language)
    language = language or settings.LANGUAGE_CODE
    with translation.override(language):
        contents = contents_for(user, course_key, now=now)
        if contents is None or contents.empty or contents.week.monday != week:
            return False
        letter = write(user=user, course=course, contents=contents, key=row.key, language=language)
    with transaction.atomic(durable=True):
        due = WeeklyDigest.objects.filter(id=row.id, stopped_at__isnull=True)
        if not due.filter(Q(last_week__isnull=True) | Q(last_week__lt=week)).update(last_week=week):
            return False
    try:
        post_letter(letter, user.email)
    except Exception as error:  # whatever a mail server or a policy of the site says; its words may name the address
        log.error("A weekly digest could not be handed over (%s). The next goes out in a week.", type(error).__name__)
        return False
    emit(DIGEST_SENT, {"digest": "learners"}, user_id=user_id, course_key=course_key)
    return True


def row_of(*, user: Any, course_key: CourseKey) -> WeeklyDigest:
    """The person's row, made if there is none. Two statements at most."""
    row, _new = WeeklyDigest.objects.get_or_create(
        user=user, course_key=course_key, defaults={"key": secrets.token_hex(16)}
    )
    return row


def want(*, by: Any, course_key: CourseKey, wanted: bool, now: datetime) -> None:
    """Stops the digest of one course for oneself, or wants it again. Idempotent. Raises NotAllowedError."""
    if not may(by, course_key, Capability.LEARNERS):
        raise NotAllowedError
    row = row_of(user=by, course_key=course_key)
    allow(key=row.key) if wanted else stop(key=row.key, now=now)


def switch(*, by: Any, course_key: CourseKey, on: bool, now: datetime) -> None:
    """Switches the digest of a course on or off for everybody. Idempotent. Raises NotAllowedError. Few statements."""
    if not may(by, course_key, Capability.LEARNERS):
        raise NotAllowedError
    told = connection.features.supports_update_conflicts_with_target  # MySQL finds the key itself
    DigestSwitch.objects.bulk_create(
        [DigestSwitch(course_key=course_key, on=on, changed_at=now, changed_by=by)],
        update_conflicts=True,
        update_fields=["on", "changed_at", "changed_by"],
        unique_fields=["course_key"] if told else None,
    )


def stop(*, key: str, now: datetime) -> bool:
    """No more digests for whom this key stands; whether it stands for anybody. Idempotent. Two statements at most."""
    rows = WeeklyDigest.objects.filter(key=key)
    return bool(rows.filter(stopped_at__isnull=True).update(stopped_at=now)) or rows.exists()


def allow(*, key: str) -> bool:
    """Digests again; whether the key stands for anybody. Idempotent. Two statements at most."""
    rows = WeeklyDigest.objects.filter(key=key)
    return bool(rows.filter(stopped_at__isnull=False).update(stopped_at=None)) or rows.exists()


def forget_person(*, user_id: int) -> None:
    """Deletes what is kept of one person, and takes them off what they switched. Two statements."""
    WeeklyDigest.objects.filter(user_id=user_id).delete()
    DigestSwitch.objects.filter(changed_by=user_id).update(changed_by=None)
