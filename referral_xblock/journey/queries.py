"""Reads of journeys: what one inviter sees, what a course team sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import shown_name, silent_friends, telling_friends, tellings
from referral_xblock.data import Reason, Stage, Status, Telling
from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.journey.models import Journey, Touch

STAGES = (Stage.REGISTERED, Stage.ENROLLED, Stage.ACTIVE, Stage.COMPLETED)


@dataclass(frozen=True)
class Friend:
    """One invited person as the inviter may see them."""

    name: str  # "" : "a friend"
    stage: Stage | None  # the furthest that may be told
    day: datetime | None  # when that was; only the day is shown
    missing: str  # slug of what is missing for the next stage, or of why it does not count; "" if nothing


@dataclass(frozen=True)
class MyInvitations:
    """What one inviter brought to one course. The counts are exact and include friends who tell nothing."""

    counts: dict[Stage, int]
    friends: tuple[Friend, ...]
    silent: int  # counted above, not listed


@dataclass(frozen=True)
class MyJourney:
    """How an invited person came, as they see it themselves."""

    course_key: str
    inviter_name: str
    tells: Telling


def has_journey(user_id: int, course_key: CourseKey) -> bool:
    """Whether this person came to this course by an invitation, credited or not. One query."""
    return Touch.objects.filter(user_id=user_id, course_key=course_key).exists()


def is_graded(course_key: CourseKey) -> bool:
    """Whether passing means anything in this course. No query while the course is cached."""
    course = seen_course(course_key)
    return bool(course and course.graded)


def my_invitations(inviter_id: int, course_key: CourseKey, *, limit: int = 50) -> MyInvitations:
    """What this inviter brought, within what each friend agreed to. Five queries at most, however many friends.

    Registered and enrolled are counted over all friends; the learning stages only over those who agreed to show them, since
    with a single friend the number would name them. The list holds the latest `limit` of those who tell something,
    newest first by the day that is shown, and at its end those who do not count.
    """
    mine = Journey.objects.filter(inviter_id=inviter_id, course_key=course_key)
    shows_stages = Q(user_id__in=telling_friends(course_key))
    counts = mine.filter(status=Status.CREDITED.value).aggregate(
        registered=Count("registered_at"),
        enrolled=Count("enrolled_at"),
        active=Count("active_at", filter=shows_stages),
        completed=Count("completed_at", filter=shows_stages),
    )
    silent = mine.filter(user_id__in=silent_friends(course_key))
    rows = list(mine.exclude(user_id__in=silent_friends(course_key)).order_by("-clicked_at", "-id")[:limit])
    told = tellings([row.user_id for row in rows], course_key)
    named = [user_id for user_id, tells in told.items() if tells is Telling.STAGES]
    people = get_host().people(named) if named else {}
    friends = [
        _friend(row, told.get(row.user_id, Telling.DAY), people[row.user_id].name if row.user_id in people else "")
        for row in rows
    ]
    friends.sort(key=lambda friend: friend.day.timestamp() if friend.day else 0, reverse=True)
    return MyInvitations(
        counts={stage: counts[stage.value] for stage in STAGES}, friends=tuple(friends), silent=silent.count()
    )


def _friend(row: Journey, tells: Telling, name: str) -> Friend:
    """The row within the rule: without consent only registered or enrolled, with the day, and one neutral reason."""
    moments = [
        (Stage.COMPLETED, row.completed_at),
        (Stage.ACTIVE, row.active_at),
        (Stage.ENROLLED, row.enrolled_at),
        (Stage.REGISTERED, row.registered_at),
    ]
    if tells is Telling.DAY:
        moments = moments[2:]
    if row.status != Status.CREDITED.value:
        reason = row.reason if tells is Telling.STAGES else "not_counted"
        return Friend(name=name, stage=None, day=None, missing=reason or "not_counted")
    stage, day = next(((stage, moment) for stage, moment in moments if moment), (None, None))
    return Friend(name=name, stage=stage, day=day, missing=_missing(row, tells))


def _missing(row: Journey, tells: Telling) -> str:
    """What the friend has still to do for the next stage, as far as the inviter may know: leaving is a learning matter too."""
    if row.enrolled_at is None:
        return "to_enrol"
    if tells is not Telling.STAGES:
        return ""
    if row.unenrolled_at is not None:
        return "left"
    if row.active_at is None:
        return "to_complete_a_block"
    return "" if row.completed_at else "to_complete_the_course"


def my_journeys(user_id: int) -> list[MyJourney]:
    """By whom this person was invited, for the person's own page. Three queries for each course."""
    journeys = []
    for row in Journey.objects.filter(user_id=user_id).exclude(inviter=None).order_by("-clicked_at"):
        told = tellings([user_id], row.course_key).get(user_id, Telling.DAY)
        journeys.append(MyJourney(str(row.course_key), shown_name(row.inviter_id), told))
    return journeys


def reason_of(user_id: int, course_key: CourseKey) -> Reason:
    """Why this person's journey does not count, in full: for staff. One query."""
    value = Journey.objects.filter(user_id=user_id, course_key=course_key).values_list("reason", flat=True).first()
    return Reason(value or "")
