"""Reminders to inviters, by mail: “two friends have enrolled and not yet begun”. To nobody else, and off unless a course
turns them on.

A friend is spoken of when they let their learning be seen, a few days after enrolling, and for two months. A reminder goes out
only where there is somebody whom the last one did not speak of, and never within REFERRAL_REMINDER_DAYS of it. Who has left the
course, wants no mail or is drawn to see no invitation prompt gets none. The row is written before the mail is handed over:
who dies in between has not sent it, and nobody sends it again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import is_suppressed
from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.journey.waiting_friends import WaitingFriends, waiting_friends
from referral_xblock.policy.queries import courses_with_reminders, is_held_out, policy_of
from referral_xblock.prompts.models import Reminder
from referral_xblock.prompts.reminder_letter import write
from referral_xblock.sharing.invitation_post import post

log = logging.getLogger(__name__)

TIME_TO_BEGIN = timedelta(days=3)
SPOKEN_OF_FOR = timedelta(days=60)
PAGE = 200


def look_for_reminders(*, now: datetime, ask: Callable[[int, str], object]) -> int:
    """Asks for a reminder (`ask` gets account and course) for every inviter to whom one may be due; returns for how many.

    Page by page: two queries for 200 inviters of a course. Each is looked at again when it is its turn.
    """
    asked = 0
    for course_key in courses_with_reminders():
        after = 0
        while page := _waiting(course_key, now, after=after, limit=PAGE):
            after = page[-1].inviter_id
            for row in _due(page, course_key, now):
                ask(row.inviter_id, str(course_key))
                asked += 1
    return asked


def remind(*, user_id: int, course_key: CourseKey, now: datetime) -> bool:
    """Sends this inviter their reminder if one is due; whether it was handed over. Never raises for a failed mail.

    Repeatable, and sent once at most, also by two workers at once. About ten queries.
    """
    found = _waiting(course_key, now, inviter_id=user_id)
    if not found or not _due(found, course_key, now) or not _may_write(user_id, course_key):
        return False
    person, course = get_host().people([user_id]).get(user_id), seen_course(course_key)
    if person is None or course is None or not person.email or is_suppressed(person.email):
        return False
    language = get_host().languages([user_id]).get(user_id, "")
    letter = write(
        person=person, course=course, friends=found[0].friends, language=language, days=settings.REFERRAL_REMINDER_DAYS
    )
    with transaction.atomic(durable=True):
        if not _take(user_id, course_key, found[0].friends, now):
            return False
    try:
        post(letter, person.email)
    except Exception as error:  # whatever a mail server or a policy of the site says; its words may name the address
        log.error("A reminder could not be handed over (%s). It is not sent again.", type(error).__name__)
        return False
    return True


def _waiting(
    course_key: CourseKey, now: datetime, *, inviter_id: int | None = None, after: int = 0, limit: int = 1
) -> list[WaitingFriends]:
    return waiting_friends(
        course_key,
        enrolled_after=now - SPOKEN_OF_FOR,
        enrolled_before=now - TIME_TO_BEGIN,
        inviter_id=inviter_id,
        after=after,
        limit=limit,
    )


def _due(rows: list[WaitingFriends], course_key: CourseKey, now: datetime) -> list[WaitingFriends]:
    """Those who have had no reminder lately, and none that spoke of all these friends. One query."""
    sent = dict(
        Reminder.objects.filter(user_id__in=[row.inviter_id for row in rows], course_key=course_key).values_list(
            "user_id", "sent_at"
        )
    )
    return [
        row
        for row in rows
        if row.inviter_id not in sent
        or (sent[row.inviter_id] <= now - _rest() and row.newest > sent[row.inviter_id] - TIME_TO_BEGIN)
    ]


def _may_write(user_id: int, course_key: CourseKey) -> bool:
    policy = policy_of(course_key)
    if not policy.reminders or policy.paused or is_held_out(user_id, course_key):
        return False
    enrolment = get_host().enrolments([user_id], course_key).get(user_id)
    return enrolment is not None and enrolment.active


def _take(user_id: int, course_key: CourseKey, friends: int, now: datetime) -> bool:
    """Whether this reminder is ours to send: one statement decides, also in a race."""
    last = Reminder.objects.filter(user_id=user_id, course_key=course_key)
    if last.filter(sent_at__lte=now - _rest()).update(sent_at=now, friends=friends):
        return True
    if last.exists():
        return False
    try:
        with transaction.atomic():
            Reminder.objects.create(user_id=user_id, course_key=course_key, sent_at=now, friends=friends)
    except IntegrityError:
        return False
    return True


def _rest() -> timedelta:
    return timedelta(days=settings.REFERRAL_REMINDER_DAYS)
