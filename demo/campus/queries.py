"""What the campus knows of people: enrolments, roles, names. Says the number of queries with each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from demo.campus.models import Activation, CourseRole, Enrolment, EnrolmentAllowed, OutboxMessage, Profile
from referral_xblock.data import Enrolment as EnrolmentFacts
from referral_xblock.data import Person, Role

STAFF = {Role.GLOBAL_STAFF, Role.COURSE_STAFF}
LEADING = (Role.COURSE_STAFF, Role.FORUM_MODERATOR, Role.GROUP_MODERATOR)


def enrolment(user: Any, course_key: Any) -> EnrolmentFacts | None:
    """The person's enrolment, active or not; None if there never was one, or nobody is signed in. One query."""
    return enrolments([user.id], course_key).get(user.id) if user.id else None


def enrolments(user_ids: Iterable[int], course_key: Any) -> dict[int, EnrolmentFacts]:
    """Enrolments of many people by user id. One query per 500 people."""
    wanted = list(user_ids)
    found: dict[int, EnrolmentFacts] = {}
    for start in range(0, len(wanted), 500):
        rows = Enrolment.objects.filter(course_key=course_key, user_id__in=wanted[start : start + 500])
        for user_id, active, created, mode in rows.values_list("user_id", "active", "created", "mode"):
            found[user_id] = EnrolmentFacts(active=active, created=created, mode=mode)
    return found


def is_enrolled(user: Any, course_key: Any) -> bool:
    """Whether the person is in the course now. One query."""
    return Enrolment.objects.filter(user=user, course_key=course_key, active=True).exists()


def roles(user: Any, course_key: Any) -> frozenset[Role]:
    """What the person is in this course; empty for strangers and visitors. Two queries, none for a visitor.

    As in the LMS, an account whose address is not confirmed is a learner at most.
    """
    if not user.is_authenticated:
        return frozenset()
    found = set()
    if user.is_active:
        given = CourseRole.objects.filter(user=user, course_key=course_key).values_list("role", flat=True)
        found = {Role(name) for name in given} | (STAFF if user.is_staff else set())
    if is_enrolled(user, course_key):
        found.add(Role.LEARNER)
    return frozenset(found)


def roles_of(user_ids: Iterable[int], course_key: Any) -> dict[int, frozenset[Role]]:
    """The same for many, with an entry for everybody. Three queries per 500 people."""
    found: dict[int, set[Role]] = {user_id: set() for user_id in user_ids}
    wanted = list(found)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        users = get_user_model().objects.filter(id__in=part, is_active=True)
        active = dict(users.values_list("id", "is_staff"))
        given = CourseRole.objects.filter(user_id__in=part, course_key=course_key)
        for user_id, role in given.values_list("user_id", "role"):
            if user_id in active:
                found[user_id].add(Role(role))
        for user_id, is_staff in active.items():
            found[user_id] |= STAFF if is_staff else set()
        enrolled = Enrolment.objects.filter(course_key=course_key, user_id__in=part, active=True)
        for user_id in enrolled.values_list("user_id", flat=True):
            found[user_id].add(Role.LEARNER)
    return {user_id: frozenset(roles) for user_id, roles in found.items()}


def holders_of(roles: Iterable[Role], course_key: Any) -> list[int]:
    """Ids of everybody who was given one of these roles in the course, in order. One query."""
    given = CourseRole.objects.filter(course_key=course_key, role__in=[role.value for role in roles])
    rows = given.filter(user__is_active=True)
    return sorted(set(rows.values_list("user_id", flat=True)))


def enrolled_ids(course_key: Any, *, limit: int) -> list[int]:
    """Ids of at most so many people who are in the course now. One query."""
    rows = Enrolment.objects.filter(course_key=course_key, active=True).order_by("id")
    return list(rows.values_list("user_id", flat=True)[:limit])


def may_enter(user: Any, course_key: Any) -> bool:
    """Whether a course that is not open to the public lets this person in: a role there, or an invitation. Three queries."""
    if not user.is_authenticated:
        return False
    invited = EnrolmentAllowed.objects.filter(Q(user=None) | Q(user=user), email=user.email, course_key=course_key)
    return bool(roles(user, course_key)) or invited.exists()


def people(user_ids: Iterable[int]) -> dict[int, Person]:
    """Who these people are, by user id, without roles. One query per 500 people."""
    wanted = list(user_ids)
    found: dict[int, Person] = {}
    for start in range(0, len(wanted), 500):
        rows = get_user_model().objects.filter(id__in=wanted[start : start + 500])
        for user_id, username, email, name in rows.values_list("id", "username", "email", "profile__name"):
            found[user_id] = Person(id=user_id, username=username, name=name or username, email=email)
    return found


def languages(user_ids: list[int]) -> dict[int, str]:
    """The language in which each of these people registered. One query."""
    rows = Profile.objects.filter(user_id__in=user_ids).exclude(language="")
    return dict(rows.values_list("user_id", "language"))


def courses_led_by(user: Any) -> list[str]:
    """Keys of the courses in which the person is course staff or moderates. One query; for global staff all that have a team."""
    if not user.is_authenticated:
        return []
    rows = CourseRole.objects.filter(role__in=[role.value for role in LEADING])
    if not user.is_staff:
        rows = rows.filter(user=user)
    return sorted({str(key) for key in rows.values_list("course_key", flat=True)})


def person_named(identifier: str) -> Any | None:
    """The account with this username or e-mail address, with its profile. One query."""
    wanted = identifier.strip()
    rows = get_user_model().objects.select_related("profile").order_by("id")
    return rows.filter(Q(username=wanted) | Q(email=wanted.lower())).first() if wanted else None


def email_is_taken(email: str) -> bool:
    """Whether an account has this address, whatever its case. One query."""
    return get_user_model().objects.filter(email=email.lower()).exists()


def username_is_taken(username: str) -> bool:
    """Whether an account has this username, whatever its case. One query."""
    return get_user_model().objects.filter(username__iexact=username).exists()


def activation(key: str) -> Activation | None:
    """The activation that a mail named, used or not. One query."""
    return Activation.objects.select_related("user").filter(key=key).first()


def outbox(limit: int = 50) -> QuerySet[OutboxMessage]:
    """The newest mails first. One query."""
    return OutboxMessage.objects.order_by("-sent", "-id")[:limit]


def shown_course_key() -> CourseKey | None:
    """The course that the front page and /demo/facts.json speak of: the one last given to `ada`. One query."""
    rows = CourseRole.objects.filter(user__username="ada", role=Role.COURSE_STAFF.value)
    return rows.order_by("-id").values_list("course_key", flat=True).first()
