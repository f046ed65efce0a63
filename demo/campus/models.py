"""The tables of the little LMS."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from referral_xblock.data import Role

AUDIT = "audit"


class Profile(models.Model):
    """What an account says about its person."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    name = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=10, blank=True)
    country = models.CharField(max_length=2, blank=True)
    provider = models.CharField(max_length=40, blank=True)  # who vouched for the person; "" for a password


class CourseRole(models.Model):
    """What somebody may do in a course beside learning there."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    role = models.CharField(max_length=32, choices=[(role.value, role.value) for role in Role])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "course_key", "role"], name="campus_role_once"),
        ]


class Enrolment(models.Model):
    """One row per person and course, for ever: leaving makes it inactive, coming back makes it active again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    active = models.BooleanField(default=False)
    mode = models.CharField(max_length=40, default=AUDIT)
    created = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="campus_enrolment_once")]
        indexes = [models.Index(fields=["course_key", "active"], name="campus_enrolment_course")]


class EnrolmentAllowed(models.Model):
    """An address that the course team invited before its owner had an account."""

    email = models.CharField(max_length=254)  # lower case
    course_key = CourseKeyField(max_length=255)
    auto_enrol = models.BooleanField(default=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["email", "course_key"], name="campus_allowed_once")]


class Activation(models.Model):
    """The key in the mail that makes a new account active, and where its owner wanted to go."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    next = models.TextField(blank=True)  # a path on this host
    created = models.DateTimeField()
    used = models.DateTimeField(null=True)


class OutboxMessage(models.Model):
    """A mail that a real host would have sent."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=255)
    body = models.TextField()
    sent = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-sent", "-id"], name="campus_outbox_newest")]

    @property
    def lines(self) -> list[dict[str, str | bool]]:
        """The body line by line; one that is an address is marked as such.

        Not Django's `urlize`: it unquotes a query twice, which breaks an address inside an address.
        """
        return [
            {"text": line, "url": line.startswith(("http://", "https://")) and " " not in line}
            for line in self.body.splitlines()
        ]
