"""Decisions on arrivals: approve, reject, undo. The course's own team may; every decision stays in the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Decision, Reason, Role, Status
from referral_xblock.host.chosen import get_host
from referral_xblock.journey.facts import attributed
from referral_xblock.journey.models import Review, Reviewed
from referral_xblock.journey.reviews import standing_decisions
from referral_xblock.journey.suspicion import judge_inviters
from referral_xblock.links.batches import BATCH, in_parts

LONGEST = 300  # characters of a reason


@transaction.atomic
def decide_on(
    *, actor: Any, course_key: CourseKey, journey_ids: Collection[int], decision: Decision, why: str = "", now: datetime
) -> int | None:
    """Decides on these arrivals in one go; returns the number of the decision, None if all of it stood already.

    PermissionDenied for who is not course staff. ValidationError in words for a rejection without a reason, and if an
    arrival is not there to be decided on: of another course, or not credited for a reason of the ledger. About fifteen
    statements for 500 arrivals, and the look at all friends of their inviters.
    """
    _admit(actor, course_key)
    why = " ".join(why.split())
    if decision is Decision.REJECT and not why:
        raise ValidationError(_("Please say why. Your team reads it, the learners do not."))
    if len(why) > LONGEST:
        raise ValidationError(_("Please say it in at most %(most)d characters.") % {"most": LONGEST})
    wanted = sorted(set(journey_ids))
    rows = [
        row
        for part in in_parts(wanted)
        for row in attributed().filter(id__in=part, course_key=course_key).values_list("user_id", "inviter_id")
    ]
    if not rows or len(rows) != len(wanted):
        raise ValidationError(_("Not every arrival is there to be decided on any more. Please look again."))
    standing = standing_decisions([user_id for user_id, _inviter in rows], course_key)
    people = [user_id for user_id, _inviter in rows if standing.get(user_id) is not decision]
    if not people:
        return None
    review = Review.objects.create(
        course_key=course_key,
        decision=decision.value,
        people=len(people),
        why=why,
        decided_by=actor,
        decided_at=now,
    )
    Reviewed.objects.bulk_create(
        [Reviewed(review=review, user_id=user_id, course_key=course_key) for user_id in people], batch_size=BATCH
    )
    judge_inviters({inviter_id for _user, inviter_id in rows}, course_key, now=now)
    return review.id


def decide_on_group(
    *,
    actor: Any,
    course_key: CourseKey,
    inviter_id: int,
    latest: int,
    people: int,
    decision: Decision,
    why: str = "",
    now: datetime,
) -> int | None:
    """The same for all held friends of an inviter, as the reader saw them: so many, none newer than the journey `latest`.

    ValidationError in words too if they are others by now.
    """
    _admit(actor, course_key)
    held = attributed().filter(
        course_key=course_key,
        inviter_id=inviter_id,
        status=Status.HELD.value,
        reason=Reason.SUSPICIOUS.value,
        id__lte=latest,
    )
    ids = list(held.values_list("id", flat=True))
    if len(ids) != people:
        raise ValidationError(_("This group has changed since you saw it. Please look again."))
    return decide_on(actor=actor, course_key=course_key, journey_ids=ids, decision=decision, why=why, now=now)


@transaction.atomic
def undo(*, actor: Any, course_key: CourseKey, review_id: int, now: datetime) -> bool:
    """Takes a decision back: what was decided before, or what the signs say, holds again. False if it is undone already.

    PermissionDenied for who is not course staff; Review.DoesNotExist for a decision of another course. It stays in the log.
    """
    _admit(actor, course_key)
    Review.objects.get(id=review_id, course_key=course_key)
    if not Review.objects.filter(id=review_id, undone_at=None).update(undone_by=actor, undone_at=now):
        return False
    people = list(Reviewed.objects.filter(review_id=review_id).order_by("id").values_list("user_id", flat=True))
    inviters = {
        inviter_id
        for part in in_parts(people)
        for inviter_id in attributed()
        .filter(user_id__in=part, course_key=course_key)
        .values_list("inviter_id", flat=True)
    }
    judge_inviters(inviters, course_key, now=now)
    return True


def _admit(actor: Any, course_key: CourseKey) -> None:
    if Role.COURSE_STAFF not in get_host().roles(actor, course_key):
        raise PermissionDenied
