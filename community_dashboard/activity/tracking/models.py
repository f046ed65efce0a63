"""What did not come through."""

from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class TrackingLoss(models.Model):
    """How many facts of one course and day (UTC, of the event) were told and not recorded: each number is an upper bound,
    because what was told again later counts again.

    .. no_pii: Counts of a course.
    """

    course_key = CourseKeyField(max_length=255)
    day = models.DateField()
    overflowed = models.PositiveIntegerField(default=0)  # the list was full
    unsent = models.PositiveIntegerField(default=0)  # neither Redis nor the broker answered
    unread = models.PositiveIntegerField(default=0)  # the course could not be read, or the moment is out of all bounds

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "day"], name="trackingloss_day")]
        indexes = [models.Index(fields=["day"], name="trackingloss_day_only")]
