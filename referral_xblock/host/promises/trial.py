"""The write half of the contract: an account made for the moment joins a course and leaves it, and nothing stays.

All of it happens in one transaction that is rolled back, with mail withheld. What a site's own plugins send past the
database and past Django's mail meanwhile (a tracking log, an event bus) is not held back: use a course made for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from openedx_events.learning.signals import COURSE_ENROLLMENT_CREATED, COURSE_UNENROLLMENT_COMPLETED

from referral_xblock.data import Outcome, Role
from referral_xblock.host.interface import Host

OURS = "referral_xblock"
TEAM = frozenset(Role) - {Role.LEARNER}
FEW = 50


class Withheld(BaseEmailBackend):
    """Mail that was written during the trial; none of it leaves."""

    messages: ClassVar[list[Any]] = []

    def send_messages(self, messages: Any) -> int:
        """Keeps them."""
        type(self).messages.extend(messages)
        return len(messages)


class Trial:
    """One account in one course. The methods named in CHECKS are tried in order, each in words."""

    def __init__(self, host: Host, course_key: Any) -> None:
        self.host, self.course_key = host, course_key
        name = f"contract-{secrets.token_hex(6)}"
        # `.invalid` belongs to nobody, for ever.
        self.user = get_user_model().objects.create(username=name, email=f"{name}@contract.invalid", is_active=True)

    def has_no_profile(self) -> str:
        """An account without profile is named by its username"""
        person = self.host.people([self.user.id]).get(self.user.id)
        return "" if person and person.name == self.user.username else f"It is known as {person}."

    def is_a_stranger(self) -> str:
        """A new account is a stranger to the course"""
        enrolment, roles = self.host.enrolment(self.user, self.course_key), self.host.roles(self.user, self.course_key)
        return "" if enrolment is None and not roles else f"It has {enrolment} and the roles {sorted(roles)}."

    def joins(self) -> str:
        """Who is enrolled is a learner at once"""
        # Every platform's events name the person from a profile.
        profile = get_user_model()._meta.get_field("profile").related_model
        profile.objects.create(user=self.user, name="Contract")
        self.user = get_user_model().objects.get(id=self.user.id)
        with _heard(COURSE_ENROLLMENT_CREATED) as self.said_joined, _reactions() as self.reactions:
            self.host.enrol(self.user, self.course_key)
        enrolment, roles = self.host.enrolment(self.user, self.course_key), self.host.roles(self.user, self.course_key)
        listed = self.user.id in self.host.enrolled_ids(self.course_key, limit=2 * FEW)
        holds = enrolment is not None and enrolment.active and Role.LEARNER in roles and listed
        return "" if holds else f"Seen: {enrolment}, roles {sorted(roles)}, listed: {listed}."

    def joining_is_said(self) -> str:
        """The platform says that somebody enrolled"""
        return self._was_said(self.said_joined)

    def we_react(self) -> str:
        """Our listeners react to an enrolment"""
        return (
            ""
            if self.reactions
            else "Neither was one of our tables written nor work left for the time after the commit."
        )

    def is_unconfirmed(self) -> str:
        """Who has not confirmed the own address is a learner at most"""
        get_user_model().objects.filter(id=self.user.id).update(is_active=False, is_staff=True)
        user = get_user_model().objects.get(id=self.user.id)
        roles = self.host.roles(user, self.course_key)
        together = self.host.roles_of([user.id], self.course_key).get(user.id)
        get_user_model().objects.filter(id=self.user.id).update(is_active=True, is_staff=False)
        holds = roles == together == {Role.LEARNER}
        return "" if holds else f"The roles are {sorted(roles)}, among others {together}."

    def leaves(self) -> str:
        """Who left is no learner, but is remembered"""
        with _heard(COURSE_UNENROLLMENT_COMPLETED) as self.said_left:
            self.host.unenrol(self.user, self.course_key)
        enrolment, roles = self.host.enrolment(self.user, self.course_key), self.host.roles(self.user, self.course_key)
        holds = enrolment is not None and not enrolment.active and not roles
        return "" if holds else f"Seen: {enrolment}, roles {sorted(roles)}."

    def leaving_is_said(self) -> str:
        """The platform says that somebody left"""
        return self._was_said(self.said_left)

    def _was_said(self, events: list[dict[str, Any]]) -> str:
        told = [(event["enrollment"].user.id, event["enrollment"].course.course_key) for event in events]
        return "" if told == [(self.user.id, self.course_key)] else f"Said: {told}."

    CHECKS = (has_no_profile, is_a_stranger, joins, joining_is_said, we_react, is_unconfirmed, leaves, leaving_is_said)


def try_enrolment(host: Host, course_key: Any) -> list[Outcome]:
    """The trial, or one outcome that says why it was not made. Never raises."""
    outcomes: list[Outcome] = []
    user_id = 0
    try:
        refused = _refusal(host, course_key)
        if refused:
            return [Outcome("The course may be used for a trial", False, refused)]
        with _mail_withheld(), transaction.atomic():
            transaction.on_commit(lambda: outcomes.append(Outcome("Nothing stays", False, "The trial was committed.")))
            trial = Trial(host, course_key)
            user_id = trial.user.id
            outcomes += [_outcome(check, trial) for check in trial.CHECKS]
            transaction.set_rollback(True)
    except Exception as error:
        outcomes.append(Outcome("The trial can be made", False, f"It raised {type(error).__name__}: {error}"))
    return [*outcomes, _nothing_stays(host, course_key, user_id)]


def _refusal(host: Host, course_key: Any) -> str:
    """Why the course is none for a trial; "" if nobody but the team is in it."""
    if host.course(course_key) is None:
        return f"There is no course {course_key}."
    inside = host.enrolled_ids(course_key, limit=FEW)
    roles = host.roles_of(inside, course_key)
    learners = [user_id for user_id in inside if not roles.get(user_id, frozenset()) & TEAM]
    if learners:
        return f"{course_key} has learners, so nothing was tried. Please name a course that nobody but its team is in."
    return ""


def _outcome(check: Callable[[Trial], str], trial: Trial) -> Outcome:
    name = (check.__doc__ or check.__name__).strip()
    try:
        with transaction.atomic():
            seen = check(trial)
    except Exception as error:
        seen = f"It raised {type(error).__name__}: {error}"
    return Outcome(name, not seen, seen)


def _nothing_stays(host: Host, course_key: Any, user_id: int) -> Outcome:
    mails = f" Mails written and withheld: {len(Withheld.messages)}." if Withheld.messages else ""
    Withheld.messages.clear()
    left = host.people([user_id]) or host.enrolments([user_id], course_key)
    return Outcome("Nothing stays", not left, f"Left behind: {left}.{mails}" if left else f"Rolled back.{mails}")


@contextmanager
def _mail_withheld() -> Iterator[None]:
    """Django's mail goes to `Withheld` in this process. What a worker would send it cannot: the account is never committed."""
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{Withheld.__module__}.{Withheld.__qualname__}"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = before


@contextmanager
def _heard(signal: Any) -> Iterator[list[dict[str, Any]]]:
    """What the platform says meanwhile by one of its events."""
    said: list[dict[str, Any]] = []

    def listener(**event: Any) -> None:
        said.append(event)

    signal.connect(listener)
    try:
        yield said
    finally:
        signal.disconnect(listener)


@contextmanager
def _reactions() -> Iterator[list[str]]:
    """What our listeners do meanwhile: writes into our tables, and work that waits for the commit."""
    tables = [model._meta.db_table for model in apps.get_app_config(OURS).get_models()]
    seen: list[str] = []
    waiting = len(connection.run_on_commit)

    def watched(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "REPLACE")):
            seen.extend(table for table in tables if table in sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watched):
        yield seen
    for _savepoints, function, *_robust in connection.run_on_commit[waiting:]:
        named = getattr(function, "func", function)
        if getattr(named, "__module__", "").startswith(OURS):
            seen.append(named.__module__)
