"""What two people do to become study buddies: one proposes, the other agrees, either ends it. Each may come twice.

A pair is an accepted invitation: the inviter and the friend, both in the course. Before both agreed, neither learns more of
the other than the invitation has told already.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import telling_of
from referral_xblock.data import Telling
from referral_xblock.host.chosen import get_host
from referral_xblock.journey.credits import CreditedFriend, credited_friend, friend_of_journey
from referral_xblock.policy.queries import policy_of
from referral_xblock.teams.models import BuddyPair
from referral_xblock.teams.pairs import AGREED, OVER, PROPOSED, is_offered
from referral_xblock.teams.weeks import coming_mondays

MOST_BLOCKS = 50  # in a week


def propose(
    *,
    user: Any,
    course_key: CourseKey,
    starts_on: date,
    weekly_blocks: int,
    now: datetime,
    journey_id: int | None = None,
) -> None:
    """Asks the other: as an inviter the friend of this journey, as a friend (`journey_id` None) the own inviter.

    PermissionDenied for who is not enrolled, or where buddies are not offered to the two; ValidationError in words for a
    goal or a day that cannot be, and where the other has said no. A proposal replaces one's own earlier one.
    """
    friend = _friend(user, course_key, journey_id)
    if starts_on not in coming_mondays(now.date()):
        raise ValidationError(_("Please choose one of the Mondays."))
    if not 1 <= weekly_blocks <= MOST_BLOCKS:
        raise ValidationError(_("Please choose a goal from 1 to %(most)d blocks.") % {"most": MOST_BLOCKS})
    own_side = friend.inviter_id == user.id
    values = {
        "inviter_id": friend.inviter_id,
        "state": PROPOSED,
        "by_inviter": own_side,
        "starts_on": starts_on,
        "weekly_blocks": weekly_blocks,
        "changed_at": now,
    }
    with transaction.atomic():
        row = BuddyPair.objects.select_for_update().filter(friend_id=friend.friend_id, course_key=course_key).first()
        if row is None:
            try:
                with transaction.atomic():
                    BuddyPair.objects.create(friend_id=friend.friend_id, course_key=course_key, **values)
            except IntegrityError as error:
                raise ValidationError(_("The other has just proposed it too. Please look at the proposal.")) from error
        elif row.inviter_id == friend.inviter_id and (row.state == AGREED or row.by_inviter != own_side):
            if row.state == OVER:
                raise ValidationError(_("This is not possible at present. The other can propose it."))
            if row.state == PROPOSED:
                raise ValidationError(_("The other has just proposed it too. Please look at the proposal."))
        elif row.inviter_id != friend.inviter_id and row.state == AGREED:
            raise ValidationError(_("This is not possible at present. The other can propose it."))
        else:
            BuddyPair.objects.filter(id=row.id).update(**values)


def agree(*, user: Any, course_key: CourseKey, pair_id: int, now: datetime) -> None:
    """Says yes to what the other has proposed. PermissionDenied for everybody but the one who was asked; ValidationError in
    words if the proposal, or the invitation that it rests on, is no longer there. A day that has passed moves to the next."""
    with transaction.atomic():
        row = _locked_pair(user, course_key, pair_id)
        if row.state == AGREED:
            return
        asked_id = row.friend_id if row.by_inviter else row.inviter_id
        if user.id != asked_id:
            raise PermissionDenied
        friend = credited_friend(course_key, row.friend_id)
        _check_enrolled(user, course_key)
        if row.state != PROPOSED or friend is None or friend.inviter_id != row.inviter_id:
            raise ValidationError(_("This proposal is no longer there."))
        row.state, row.changed_at = AGREED, now
        row.starts_on = max(row.starts_on, coming_mondays(now.date())[0])
        row.save(update_fields=["state", "changed_at", "starts_on"])


def end(*, user: Any, course_key: CourseKey, pair_id: int, now: datetime) -> None:
    """Leaves, says no, or takes the own proposal back; no reason is asked for or shown. PermissionDenied for a third."""
    with transaction.atomic():
        row = _locked_pair(user, course_key, pair_id)
        if row.state != OVER:
            row.state, row.by_inviter, row.changed_at = OVER, row.inviter_id == user.id, now
            row.save(update_fields=["state", "by_inviter", "changed_at"])


def drop_pairs(*, user_id: int, course_key: CourseKey) -> int:
    """The person is no longer in the course, or nowhere: their pairs are gone. Two statements."""
    own = BuddyPair.objects.filter(course_key=course_key)
    return own.filter(friend_id=user_id).delete()[0] + own.filter(inviter_id=user_id).delete()[0]


def _friend(user: Any, course_key: CourseKey, journey_id: int | None) -> CreditedFriend:
    """The credited friend who is meant, by whoever of the two asks. PermissionDenied if there is none."""
    _check_enrolled(user, course_key)
    if journey_id is None:
        friend = credited_friend(course_key, user.id)
    else:
        friend = friend_of_journey(course_key, journey_id)
        if friend and (friend.inviter_id != user.id or telling_of(friend.friend_id, course_key) is Telling.NOTHING):
            friend = None
    if friend is None or not is_offered(friend.friend_id, course_key):
        raise PermissionDenied
    return friend


def _check_enrolled(user: Any, course_key: CourseKey) -> None:
    enrolment = get_host().enrolment(user, course_key) if policy_of(course_key).buddies != "off" else None
    if enrolment is None or not enrolment.active:
        raise PermissionDenied


def _locked_pair(user: Any, course_key: CourseKey, pair_id: int) -> BuddyPair:
    row = BuddyPair.objects.select_for_update().filter(id=pair_id, course_key=course_key).first()
    if row is None or user.id not in (row.inviter_id, row.friend_id):
        raise PermissionDenied
    return row
