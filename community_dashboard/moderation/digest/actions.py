"""Looks for whom a digest is due, sends it once a day at most, and stops it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import Capability, may
from community_dashboard.emission.events import DIGEST_SENT
from community_dashboard.moderation.clock.queries import calendar_of
from community_dashboard.moderation.decisions.standing import moderators_of
from community_dashboard.moderation.digest.contents import contents_for
from community_dashboard.moderation.digest.letter import write
from community_dashboard.moderation.digest.models import Digest
from community_dashboard.moderation.projection.answering import courses_with_posts
from community_dashboard.moderation.queue.reach import reach_of
from referral_xblock.api import emit, is_suppressed, post_letter, seen_course, spoken
from referral_xblock.api import get_host as get_people_host

log = logging.getLogger(__name__)


def look_for_digests(*, now: datetime, ask: Callable[[int, str], object]) -> int:
    """Asks for a digest (`ask` gets account and course) for every moderator to whom one is due; returns for how many.

    Due from COMMUNITY_DIGEST_HOUR on, in the course's time zone. Three queries for each course with a forum.
    """
    asked = 0
    for course_key in courses_with_posts():
        here = now.astimezone(ZoneInfo(calendar_of(course_key).zone))
        if here.hour < settings.COMMUNITY_DIGEST_HOUR:
            continue
        had = Q(last_day__gte=here.date()) | Q(stopped_at__isnull=False)
        done = set(Digest.objects.filter(had, course_key=course_key).values_list("user_id", flat=True))
        for user_id in readers_of(course_key):
            if user_id not in done:
                ask(user_id, str(course_key))
                asked += 1
    return asked


def send_digest(*, user_id: int, course_key: CourseKey, now: datetime) -> bool:
    """Sends this moderator today's digest, if it is due; whether it was handed over. Never raises for a failed mail.

    Repeatable, and sent once a day at most, also by two workers at once. Nobody gets it who moderates no more, whose mailbox
    wants no mail, or for whom nothing waits. Some forty queries.
    """
    user = get_user_model().objects.filter(id=user_id, is_active=True).first()
    course = seen_course(course_key)
    if user is None or course is None or not user.email or is_suppressed(user.email):
        return False
    if user_id not in readers_of(course_key) or not may(user, course_key, Capability.MODERATION):
        return False
    zone = calendar_of(course_key).zone
    today = now.astimezone(ZoneInfo(zone)).date()
    row, _new = Digest.objects.get_or_create(user=user, course_key=course_key, defaults={"key": secrets.token_hex(16)})
    if row.stopped_at is not None or (row.last_day is not None and row.last_day >= today):
        return False
    language = spoken(get_people_host().languages([user_id]).get(user_id, "")) or spoken(course.language)
    language = language or settings.LANGUAGE_CODE
    with translation.override(language):
        contents = contents_for(user, course_key, reach=reach_of(user, course_key), now=now)
        if contents.empty:
            return False
        letter = write(user=user, course=course, contents=contents, key=row.key, language=language, zone=zone, now=now)
    with transaction.atomic(durable=True):
        due = Digest.objects.filter(id=row.id, stopped_at__isnull=True)
        if not due.filter(Q(last_day__isnull=True) | Q(last_day__lt=today)).update(last_day=today):
            return False
    try:
        post_letter(letter, user.email)
    except Exception as error:  # whatever a mail server or a policy of the site says; its words may name the address
        log.error("A digest could not be handed over (%s). The next goes out tomorrow.", type(error).__name__)
        return False
    emit(DIGEST_SENT, {"digest": "moderation"}, user_id=user_id, course_key=course_key)
    return True


def readers_of(course_key: CourseKey) -> list[int]:
    """Who moderates the course, without the account in whose name rules act. Two queries."""
    return moderators_of(course_key)


def stop(*, key: str, now: datetime) -> bool:
    """No more digests for whom this key stands; whether it stands for anybody. Idempotent. Two statements at most."""
    rows = Digest.objects.filter(key=key)
    return bool(rows.filter(stopped_at__isnull=True).update(stopped_at=now)) or rows.exists()


def allow(*, key: str) -> bool:
    """Digests again; whether the key stands for anybody. Idempotent. Two statements at most."""
    rows = Digest.objects.filter(key=key)
    return bool(rows.filter(stopped_at__isnull=False).update(stopped_at=None)) or rows.exists()


def stopped(key: str) -> bool | None:
    """Whether digests are stopped; None if the key stands for nobody. One query."""
    found: list[Any] = list(Digest.objects.filter(key=key).values_list("stopped_at", flat=True))
    return None if not found else found[0] is not None


def forget_person(*, user_id: int) -> None:
    """Deletes what is kept of one person. One statement."""
    Digest.objects.filter(user_id=user_id).delete()
