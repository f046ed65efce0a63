"""What the platform tells us, written into the ledger.

Every listener works inside its own savepoint and never raises: an error of ours, also one of the database, must not stop
or undo a registration or an enrolment. What was missed, `recompute_journeys` and the next touch put right.
"""

import functools

from completion.models import BlockCompletion
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from openedx_events.learning.signals import (
    CERTIFICATE_CREATED,
    COURSE_ENROLLMENT_CREATED,
    COURSE_PASSING_STATUS_UPDATED,
    COURSE_UNENROLLMENT_COMPLETED,
    STUDENT_REGISTRATION_COMPLETED,
)

from referral_xblock.host.chosen import get_host
from referral_xblock.host.tolerance import never_in_the_way
from referral_xblock.journey import attribution, binding
from referral_xblock.journey.actions import recompute_on_commit
from referral_xblock.journey.notes import note_active, note_completion, note_event, once
from referral_xblock.journey.queries import has_journey, is_graded


def harmless(listener):
    """Runs a listener in a savepoint of its own and logs what goes wrong instead of raising it."""

    @functools.wraps(listener)
    def wrapped(*args, **kwargs):
        with never_in_the_way(f"Referral listener {listener.__name__}"):
            listener(*args, **kwargs)

    return wrapped


@receiver(STUDENT_REGISTRATION_COMPLETED, dispatch_uid="referral.registered")
@harmless
def on_registration(metadata, user, **kwargs):
    """Somebody registered."""
    note_event(event_id=f"{metadata.id}", user_id=user.id, kind=attribution.REGISTERED, happened_at=metadata.time)
    binding.recompute_courses_of(user.id, now=timezone.now())


# Apart from the note, so that neither takes the other down when it fails.
@receiver(STUDENT_REGISTRATION_COMPLETED, dispatch_uid="referral.registered.bind")
@harmless
def bind_on_registration(metadata, user, **kwargs):
    """The clicks in the cookie become those of the new account."""
    binding.bind_after_commit(user_id=user.id, request=get_host().signed_in_request(), now=timezone.now())


@receiver(COURSE_ENROLLMENT_CREATED, dispatch_uid="referral.enrolled")
@harmless
def on_enrolment(metadata, enrollment, **kwargs):
    """Somebody was enrolled, by themselves or by staff; fires again on re-enrolment."""
    user_id, course_key = enrollment.user.id, enrollment.course.course_key
    request = get_host().signed_in_request()
    # Coming back repeats the date of the first enrolment: its number makes that a repetition, whoever brings the person back.
    note_event(
        event_id=once(f"enrolled@{enrollment.creation_date:%Y%m%d%H%M%S}", user_id, course_key),
        user_id=user_id,
        kind=attribution.ENROLLED,
        happened_at=enrollment.creation_date,
        course_key=course_key,
        by_other=request is not None and request.user.id != user_id,
    )
    _note(metadata, user_id, course_key, attribution.PRESENT)


@receiver(COURSE_ENROLLMENT_CREATED, dispatch_uid="referral.enrolled.bind")
@harmless
def bind_on_enrolment(metadata, enrollment, **kwargs):
    """The clicks in the cookie become those of who enrols, if it is their own request."""
    binding.bind_after_commit(
        user_id=enrollment.user.id,
        request=get_host().signed_in_request(),
        now=timezone.now(),
        only=enrollment.course.course_key,
    )


@receiver(COURSE_UNENROLLMENT_COMPLETED, dispatch_uid="referral.unenrolled")
@harmless
def on_unenrolment(metadata, enrollment, **kwargs):
    """Somebody left the course."""
    _note(metadata, enrollment.user.id, enrollment.course.course_key, attribution.UNENROLLED)


@receiver(COURSE_PASSING_STATUS_UPDATED, dispatch_uid="referral.passing")
@harmless
def on_passing_status(metadata, course_passing_status, **kwargs):
    """A grade was calculated: passing, or no longer."""
    kind = attribution.COMPLETED if course_passing_status.is_passing else attribution.LAPSED
    _note(metadata, course_passing_status.user.id, course_passing_status.course.course_key, kind)


@receiver(CERTIFICATE_CREATED, dispatch_uid="referral.certificate")
@harmless
def on_certificate(metadata, certificate, **kwargs):
    """A certificate was made."""
    _note(metadata, certificate.user.id, certificate.course.course_key, attribution.COMPLETED)


@receiver(post_save, sender=BlockCompletion, dispatch_uid="referral.block_completed")
@harmless
def on_block_completion(instance, **kwargs):
    """A block was completed: the first makes an invited learner active, enough of them complete an ungraded course."""
    course_key = instance.context_key
    if instance.completion <= 0 or not has_journey(instance.user_id, course_key):
        return
    changed = note_active(user_id=instance.user_id, course_key=course_key, happened_at=instance.created)
    if not is_graded(course_key):
        changed |= note_completion(user=instance.user, course_key=course_key, now=timezone.now())
    if changed:
        recompute_on_commit(instance.user_id, course_key, now=timezone.now())


def _note(metadata, user_id, course_key, kind):
    """Keeps an event only for people whose journey it can change: everybody else is none of our business."""
    if has_journey(user_id, course_key) and note_event(
        event_id=f"{kind}:{metadata.id}", user_id=user_id, kind=kind, happened_at=metadata.time, course_key=course_key
    ):
        recompute_on_commit(user_id, course_key, now=timezone.now())
