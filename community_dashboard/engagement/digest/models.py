"""Who got the weekly digest when, who wants none, and which courses send none."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class WeeklyDigest(models.Model):
    """One person of the team of one course. No row: none was sent yet, and it is wanted.

    .. pii: Links somebody of a course team to a course, the week of their last mail and whether they want it.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    course_key = CourseKeyField(max_length=255)
    key = models.CharField(max_length=32, unique=True)  # stands in the link that stops it
    last_week = models.DateField(null=True)  # the Monday of the week it told of; null: never
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="weeklydigest_once")]


class DigestSwitch(models.Model):
    """Whether a course sends weekly digests at all. No row: it does.

    .. pii: Who of a course team switched its digest on or off.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    on = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        app_label = "community_dashboard"
        indexes = [models.Index(fields=["changed_by"], name="digestswitch_by")]
