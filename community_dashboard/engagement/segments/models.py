"""Segments that a course made or changed, and who did it."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Segment(models.Model):
    """One segment of one course that differs from what is ready-made; see `definitions.Definition`.

    .. no_pii: Conditions on facts; it names nobody.
    """

    course_key = CourseKeyField(max_length=255)
    key = models.CharField(max_length=32)  # that of a ready-made one, or of the course's own
    name = models.CharField(max_length=60, blank=True)  # "" for a ready-made one that keeps its name
    definition = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)  # grows with every change
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "key"], name="segment_key")]


class SegmentChange(models.Model):
    """What somebody did to a segment: it stays when the segment is gone.

    .. pii: Who of a course team changed which segment, and when.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    key = models.CharField(max_length=32)
    act = models.CharField(max_length=8)  # "made", "changed", "set_back", "deleted"
    name = models.CharField(max_length=60, blank=True)  # as it was afterwards, of a deleted one as it was before
    definition = models.JSONField(default=dict)  # likewise
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        app_label = "community_dashboard"
        indexes = [
            models.Index(fields=["course_key", "key", "at"], name="segmentchange_key"),
            models.Index(fields=["by"], name="segmentchange_by"),
        ]
