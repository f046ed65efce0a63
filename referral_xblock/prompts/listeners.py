"""What the platform tells us of good moments and stumbles; connected from AppConfig.ready(). Each is harmless and short."""

from __future__ import annotations

from functools import partial
from typing import Any

from completion.models import BlockCompletion
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey
from openedx_events.learning.signals import (
    CERTIFICATE_CHANGED,
    CERTIFICATE_CREATED,
    CERTIFICATE_REVOKED,
    EXAM_ATTEMPT_ERRORED,
    EXAM_ATTEMPT_REJECTED,
    FORUM_THREAD_RESPONSE_CREATED,
)

from referral_xblock.host.tolerance import never_in_the_way
from referral_xblock.prompts.actions import is_worth_a_look, note
from referral_xblock.prompts.rules import Kind
from referral_xblock.prompts.tasks import look_at_a_unit

VALID = ("downloadable", "generating")


@receiver(post_save, sender=BlockCompletion, dispatch_uid="referral.moment_completed")
@never_in_the_way("Looking for a good moment")
def on_block_completion(instance: Any, **kwargs: Any) -> None:
    """A block was completed: a worker sees whether the whole unit is, where a prompt could come of it."""
    if instance.completion > 0 and is_worth_a_look(
        user_id=instance.user_id, course_key=instance.context_key, now=timezone.now()
    ):
        key = str(instance.block_key.map_into_course(instance.context_key))
        transaction.on_commit(partial(look_at_a_unit.delay, instance.user_id, key), robust=True)


@receiver(FORUM_THREAD_RESPONSE_CREATED, dispatch_uid="referral.moment_answered")
@never_in_the_way("Noting an answer")
def on_answer(metadata: Any, thread: Any, **kwargs: Any) -> None:
    """A thread was answered; the event calls the answer a thread too."""
    course_key = CourseKey.from_string(str(thread.course_id))
    note(user_id=thread.user.id, course_key=course_key, kind=Kind.ANSWER, happened_at=metadata.time)


@receiver(CERTIFICATE_CREATED, dispatch_uid="referral.moment_certificate")
@receiver(CERTIFICATE_CHANGED, dispatch_uid="referral.moment_certificate_changed")
@receiver(CERTIFICATE_REVOKED, dispatch_uid="referral.moment_certificate_revoked")
@never_in_the_way("Noting a certificate for a prompt")
def on_certificate(metadata: Any, certificate: Any, signal: Any = None, **kwargs: Any) -> None:
    """A certificate came, or was taken back."""
    revoked = signal is CERTIFICATE_REVOKED
    if revoked or certificate.current_status in VALID:
        note(
            user_id=certificate.user.id,
            course_key=certificate.course.course_key,
            kind=Kind.STUMBLE if revoked else Kind.CERTIFICATE,
            happened_at=metadata.time,
        )


@receiver(EXAM_ATTEMPT_REJECTED, dispatch_uid="referral.moment_exam_rejected")
@receiver(EXAM_ATTEMPT_ERRORED, dispatch_uid="referral.moment_exam_errored")
@never_in_the_way("Noting an exam")
def on_exam(metadata: Any, exam_attempt: Any, **kwargs: Any) -> None:
    """A special exam went wrong."""
    note(
        user_id=exam_attempt.student_user.id,
        course_key=exam_attempt.course_key,
        kind=Kind.STUMBLE,
        happened_at=metadata.time,
    )
