"""What the platform tells us, handed on: one short note in the ledger, the rest is left for a worker.

Every listener works inside its own savepoint and never raises: an error of ours, also one of the database, must not stop
or undo a registration or an enrolment. What only the request knows (the cookie) is read here and goes along as plain data.
What was missed, the repair puts right.
"""

import logging

from completion.models import BlockCompletion
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from openedx_events.learning.signals import (
    CCX_COURSE_PASSING_STATUS_UPDATED,
    CERTIFICATE_CHANGED,
    CERTIFICATE_CREATED,
    CERTIFICATE_REVOKED,
    COURSE_ENROLLMENT_CREATED,
    COURSE_PASSING_STATUS_UPDATED,
    COURSE_UNENROLLMENT_COMPLETED,
    PERSISTENT_GRADE_SUMMARY_CHANGED,
    SESSION_LOGIN_COMPLETED,
    STUDENT_REGISTRATION_COMPLETED,
)

from referral_xblock.host.chosen import get_host
from referral_xblock.host.tolerance import never_in_the_way
from referral_xblock.journey import binding, statements
from referral_xblock.journey.waiting import leave

log = logging.getLogger(__name__)

# Of the platform's words for the state of a certificate, those that say that it is there.
VALID = ("downloadable", "generating")


def _brought(user_id, request, **wanted):
    """What the browser brings along. An error in reading it loses the cookie, not the note in the ledger."""
    try:
        return binding.brought(user_id=user_id, request=request, **wanted)
    except Exception:
        log.exception("What the browser brings along cannot be read; the platform goes on.")
        return []


@receiver(STUDENT_REGISTRATION_COMPLETED, dispatch_uid="referral.registered")
@never_in_the_way("Noting a registration")
def on_registration(metadata, user, **kwargs):
    """Somebody registered: the clicks in the cookie are to become those of the new account."""
    statements.registered(
        user_id=user.id,
        event_id=f"{metadata.id}",
        happened_at=metadata.time,
        arrivals=_brought(user.id, get_host().signed_in_request()),
        now=timezone.now(),
    )


@receiver(SESSION_LOGIN_COMPLETED, dispatch_uid="referral.signed_in")
def on_sign_in(metadata, user, **kwargs):
    """Somebody signed in to an existing account: what was joined in this browser just before is theirs."""
    now = timezone.now()
    arrivals = _brought(user.id, get_host().signed_in_request(), pressed_since=now - binding.SAME_VISIT)
    if arrivals:
        with never_in_the_way("Noting a sign-in"):
            leave(user_id=user.id, arrivals=arrivals, now=now)


@receiver(COURSE_ENROLLMENT_CREATED, dispatch_uid="referral.enrolled")
@never_in_the_way("Noting an enrolment")
def on_enrolment(metadata, enrollment, **kwargs):
    """Somebody was enrolled, by themselves or by staff; fires again on re-enrolment."""
    user_id, course_key = enrollment.user.id, enrollment.course.course_key
    request = get_host().signed_in_request()
    statements.enrolled(
        user_id=user_id,
        course_key=course_key,
        enrolled_at=enrollment.creation_date,
        by_other=request is not None and request.user.id != user_id,
        event_id=f"{metadata.id}",
        happened_at=metadata.time,
        arrivals=_brought(user_id, request, only=course_key),
        now=timezone.now(),
    )


@receiver(COURSE_UNENROLLMENT_COMPLETED, dispatch_uid="referral.unenrolled")
@never_in_the_way("Noting an un-enrolment")
def on_unenrolment(metadata, enrollment, **kwargs):
    """Somebody left the course."""
    statements.left(
        user_id=enrollment.user.id,
        course_key=enrollment.course.course_key,
        event_id=f"{metadata.id}",
        happened_at=metadata.time,
        now=timezone.now(),
    )


def _on_status(metadata, status, course_key):
    statements.passes(
        user_id=status.user.id,
        course_key=course_key,
        passing=status.is_passing,
        event_id=f"{metadata.id}",
        happened_at=metadata.time,
        now=timezone.now(),
    )


@receiver(COURSE_PASSING_STATUS_UPDATED, dispatch_uid="referral.passing")
@never_in_the_way("Noting a passing status")
def on_passing_status(metadata, course_passing_status, **kwargs):
    """A grade was calculated: passing, or no longer."""
    _on_status(metadata, course_passing_status, course_passing_status.course.course_key)


@receiver(CCX_COURSE_PASSING_STATUS_UPDATED, dispatch_uid="referral.ccx_passing")
@never_in_the_way("Noting a passing status")
def on_ccx_passing_status(metadata, course_passing_status, **kwargs):
    """The same in a custom course, which has an event of its own."""
    _on_status(metadata, course_passing_status, course_passing_status.course.ccx_course_key)


@receiver(PERSISTENT_GRADE_SUMMARY_CHANGED, dispatch_uid="referral.grade")
@never_in_the_way("Noting a grade")
def on_grade(metadata, grade, **kwargs):
    """A grade was kept. It says when the course was first passed, which the passing status, sent later and again, does not."""
    if grade.passed_timestamp and grade.letter_grade:
        statements.passes(
            user_id=grade.user_id,
            course_key=grade.course.course_key,
            passing=True,
            event_id=f"{metadata.id}",
            happened_at=grade.passed_timestamp,
            now=timezone.now(),
        )


@receiver(CERTIFICATE_CREATED, dispatch_uid="referral.certificate")
@receiver(CERTIFICATE_CHANGED, dispatch_uid="referral.certificate_changed")
@receiver(CERTIFICATE_REVOKED, dispatch_uid="referral.certificate_revoked")
@never_in_the_way("Noting a certificate")
def on_certificate(metadata, certificate, **kwargs):
    """A certificate was made, changed or taken back; one change of state may be told three times."""
    statements.certified(
        user_id=certificate.user.id,
        course_key=certificate.course.course_key,
        valid=certificate.current_status in VALID,
        event_id=f"{metadata.id}",
        happened_at=metadata.time,
        now=timezone.now(),
    )


@receiver(post_save, sender=BlockCompletion, dispatch_uid="referral.block_completed")
@never_in_the_way("Noting a completed block")
def on_block_completion(instance, **kwargs):
    """A block was completed."""
    if instance.completion > 0:
        statements.completed_a_block(
            user_id=instance.user_id,
            course_key=instance.context_key,
            happened_at=instance.created,
            now=timezone.now(),
        )
