"""What a course promises, and the hours in which it works."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class CourseTarget(models.Model):
    """One promise of a course (`targets.Target`). No row: the default holds. 0 hours: nothing is promised.

    .. pii: Who of the course team last changed it.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    kind = models.CharField(max_length=8)  # targets.TargetKind
    hours = models.PositiveSmallIntegerField()
    share = models.PositiveSmallIntegerField(default=90)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "kind"], name="clock_target_once")]


class CourseHours(models.Model):
    """When the team of a course works. No row: always.

    .. pii: Who of the course team last changed it.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    zone = models.CharField(max_length=64)
    week = models.JSONField()  # seven lists of [from, until] in minutes of the day, Monday first
    holidays = models.JSONField(default=list)  # days as "2026-12-25", in order
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
