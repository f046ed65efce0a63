"""What people do on a campus, with the filters and events of the LMS in the LMS's order.

Unlike elsewhere these actions open no transaction of their own around the events: in the LMS a receiver finds itself in
the transaction of the request (enrolment) or in none (registration), and a plugin must stand both.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openedx_filters.learning.filters import (
    CourseEnrollmentStarted,
    CourseUnenrollmentStarted,
    StudentRegistrationRequested,
)

from demo.campus import events, queries
from demo.campus.models import AUDIT, Activation, CourseRole, Enrolment, EnrolmentAllowed, Profile
from demo.courseware.queries import course
from referral_xblock.data import Role

WEEKS_SIGNED_IN = 4


class RegistrationRefusedError(Exception):
    """A plugin or a twin account stands against the registration; the text is for the person."""


class EnrolmentRefusedError(Exception):
    """The course is closed, unknown or guarded by a plugin; the text is for the person."""


class AlreadyEnrolledError(Exception):
    """The person asked to enrol and is in the course already."""


def register(
    *,
    request: HttpRequest,
    username: str,
    email: str,
    name: str,
    password: str | None,
    next_url: str = "/",
    country: str = "",
    provider: str = "",
    now: datetime,
) -> Any:
    """Makes an account, signs it in and returns it.

    Without a `provider` that vouches for the person the account is inactive and a mail with the activation link goes
    out; the link carries `next_url` (a path), so that it leads on from any device. Without a password there is none to
    sign in with. An address that a course team had invited is enrolled before STUDENT_REGISTRATION_COMPLETED is sent.
    Call it outside a transaction, as the LMS does. Raises RegistrationRefusedError.
    """
    data = _ask_plugins(username=username, email=email, name=name, country=country, password=password or "")
    language = (get_language() or "")[:10]
    try:
        with transaction.atomic():
            if queries.email_is_taken(data["email"]):
                raise RegistrationRefusedError(_("There is an account with this e-mail address already."))
            user = get_user_model()(username=data["username"], email=data["email"].lower(), is_active=bool(provider))
            user.set_password(password)
            user.save()
            Profile.objects.create(
                user=user, name=data["name"], language=language, country=data["country"], provider=provider
            )
            login(request, user)
            request.session.set_expiry(0)
    except IntegrityError as error:
        raise RegistrationRefusedError(_("This username is taken. Please choose another one.")) from error
    if not provider:
        _send_activation_mail(user, next_url, now=now)
    _enrol_invited(user, now=now)
    events.send_registered(user, now=now)
    return user


def activate(*, key: str, now: datetime) -> Any | None:
    """Makes the account of this key active and returns it; None if the key is unknown or was used before."""
    if not Activation.objects.filter(key=key, used=None).update(used=now):
        return None
    user = Activation.objects.select_related("user__profile").get(key=key).user
    user.is_active = True
    user.save(update_fields=["is_active"])
    _enrol_invited(user, now=now)
    return user


def sign_in(*, request: HttpRequest, user: Any, now: datetime) -> None:
    """Opens a session for the person and says so (SESSION_LOGIN_COMPLETED)."""
    login(request, user)
    request.session.set_expiry(WEEKS_SIGNED_IN * 7 * 24 * 3600)
    events.send_signed_in(user, now=now)


def enrol(*, user: Any, course_key: Any, mode: str | None = None, by: Any, now: datetime) -> Enrolment:
    """Enrols, or brings back, and returns the row.

    `by` is who asks. People who ask for themselves must be let in by the course and not be in it already; the course
    team is not asked. The events are COURSE_ENROLLMENT_CHANGED if something changed, then always
    COURSE_ENROLLMENT_CREATED. Raises EnrolmentRefusedError, AlreadyEnrolledError.
    """
    asked: Any = {"user": user, "course_key": course_key, "mode": mode}  # mode may be None, as in the LMS
    try:
        user, course_key, mode = CourseEnrollmentStarted.run_filter(**asked)
    except CourseEnrollmentStarted.PreventEnrollment as refusal:
        raise EnrolmentRefusedError(str(refusal)) from refusal
    if by == user:
        _check_access(user, course_key)
    EnrolmentAllowed.objects.filter(email=user.email, course_key=course_key, user=None).update(user=user)
    row, _made = Enrolment.objects.get_or_create(user=user, course_key=course_key, defaults={"created": now})
    row.user = user  # the row that the filters handed on, with its profile
    _update(row, active=True, mode=mode or AUDIT, now=now)
    events.send_enrolled(row, now=now)
    return row


def unenrol(*, user: Any, course_key: Any, by: Any, now: datetime) -> Enrolment | None:
    """Ends an enrolment; None if there never was one.

    COURSE_ENROLLMENT_CHANGED, then COURSE_UNENROLLMENT_COMPLETED, both only if it was active. Raises
    EnrolmentRefusedError if a plugin keeps the person in.
    """
    row = Enrolment.objects.select_related("user__profile").filter(user=user, course_key=course_key).first()
    if row is None:
        return None
    try:
        row = CourseUnenrollmentStarted.run_filter(enrollment=row)
    except CourseUnenrollmentStarted.PreventUnenrollment as refusal:
        raise EnrolmentRefusedError(str(refusal)) from refusal
    _update(row, active=False, mode=row.mode, now=now)
    return row


def enrol_somebody(*, identifier: str, course_key: Any, by: Any, now: datetime) -> Enrolment | EnrolmentAllowed:
    """The course team enrols the owner of a username or address; an address without account is let in on registration.

    Raises EnrolmentRefusedError for a username that nobody has, or from the filters.
    """
    user = queries.person_named(identifier)
    if user is not None:
        return enrol(user=user, course_key=course_key, by=by, now=now)
    if "@" not in identifier:
        raise EnrolmentRefusedError(_("Nobody here has this username."))
    allowed, _made = EnrolmentAllowed.objects.get_or_create(
        email=identifier.strip().lower(), course_key=course_key, defaults={"created": now}
    )
    return allowed


def give_role(*, user: Any, course_key: Any, role: Role) -> None:
    """Gives somebody a role in a course. Learner and global staff are no such roles: enrol, or set `is_staff`."""
    CourseRole.objects.get_or_create(user=user, course_key=course_key, role=role.value)


def take_role(*, user: Any, course_key: Any, role: Role) -> None:
    """Takes a role away; nothing happens if the person does not have it."""
    CourseRole.objects.filter(user=user, course_key=course_key, role=role.value).delete()


def _ask_plugins(**answers: str) -> QueryDict:
    """The form as the plugins leave it; the password is kept from them by the filter itself."""
    form_data = QueryDict(mutable=True)
    agreed = {"honor_code": "true", "terms_of_service": "true", "gender": "", "level_of_education": ""}
    form_data.update(answers | agreed)
    try:
        return StudentRegistrationRequested.run_filter(form_data=form_data)
    except StudentRegistrationRequested.PreventRegistration as refusal:
        raise RegistrationRefusedError(str(refusal)) from refusal


def _send_activation_mail(user: Any, next_url: str, *, now: datetime) -> None:
    key = secrets.token_urlsafe(24)
    Activation.objects.create(user=user, key=key, next=next_url, created=now)
    address = f"{settings.LMS_ROOT_URL}{reverse('campus:activate', args=[key])}?{urlencode({'next': next_url})}"
    body = _(
        "Hello %(name)s,\n\nopen this address to activate your account. It works on any device.\n\n%(address)s\n\n"
        "If you did not register, you need not do anything."
    ) % {"name": user.profile.name or user.username, "address": address}
    send_mail(_("Activate your account"), body, None, [user.email])


def _enrol_invited(user: Any, *, now: datetime) -> None:
    invitations = EnrolmentAllowed.objects.filter(email=user.email, auto_enrol=True, user=None).order_by("id")
    for invitation in list(invitations):
        if not queries.is_enrolled(user, invitation.course_key):
            enrol(user=user, course_key=invitation.course_key, by=None, now=now)


def _check_access(user: Any, course_key: Any) -> None:
    known = course(course_key)
    if known is None:
        raise EnrolmentRefusedError(_("There is no such course."))
    if not (known.open_to_public or queries.may_enter(user, course_key)):
        raise EnrolmentRefusedError(_("This course is not open for enrolment."))
    if queries.is_enrolled(user, course_key):
        raise AlreadyEnrolledError(str(course_key))


def _update(row: Enrolment, *, active: bool, mode: str, now: datetime) -> None:
    activation_changed, mode_changed = row.active != active, row.mode != mode
    if not (activation_changed or mode_changed):
        return
    row.active, row.mode = active, mode
    row.save()
    events.send_enrolment_changed(row, now=now)
    if activation_changed and active:
        events.track_enrolment("activated", row)
    elif activation_changed:
        events.track_enrolment("deactivated", row)
        events.send_unenrolled(row, now=now)
    if mode_changed:
        events.track_enrolment("mode_changed", row)
