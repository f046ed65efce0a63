"""Who got the digest when, and who wants none."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Digest(models.Model):
    """One moderator of one course. No row: none was sent yet.

    .. pii: Links a moderator to a course, the day of their last mail and whether they want it.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    course_key = CourseKeyField(max_length=255)
    key = models.CharField(max_length=32, unique=True)  # stands in the link that stops it
    last_day = models.DateField(null=True)  # in the course's time zone; null: never
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="digest_once")]
