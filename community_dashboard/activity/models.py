"""The record, how far it was read and counted, and who is forgotten."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Activity(models.Model):
    """One thing that happened. Append-only: only forgetting a person changes a row, and only a credit that is taken back is
    replaced by another.

    About 450 bytes with its indexes (MariaDB): 7 GB for 155,000 learners with 100 rows each. `user` is empty where nobody can
    tell who did it (a post found gone), and for a retired person, whose rows of one course share a `stub` instead.

    .. pii: Links a user to a course, a moment and a kind of activity.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    key = models.CharField(max_length=32, unique=True)  # lower case only: MySQL compares without case
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    stub = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=12)
    course_key = CourseKeyField(max_length=255, blank=True)  # empty for what belongs to no course
    object_kind = models.CharField(max_length=8, blank=True)  # "thread", "comment", "block", "journey"
    object_id = models.CharField(max_length=255, blank=True)
    happened_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        indexes = [
            # Counts of a course over a period are answered by this index alone.
            models.Index(fields=["course_key", "happened_at", "kind", "user"], name="activity_course_time"),
            models.Index(fields=["user", "course_key", "happened_at"], name="activity_user_time"),
            # What reconciliation compares with the forum.
            models.Index(fields=["kind", "id"], name="activity_kind"),
        ]


class Place(models.Model):
    """How far reconciliation has read one of its sources, or counting the record.

    .. no_pii:
    """

    source = models.CharField(max_length=24, unique=True)
    reached = models.CharField(max_length=300, blank=True)  # where the next page begins, in the source's own words
    finished_at = models.DateTimeField(null=True)  # when a source that is read again and again was last read to its end

    class Meta:
        app_label = "community_dashboard"


class FillState(models.Model):
    """One day (UTC) of one course: whether its figures agree with the record. It stands with the record, which marks it.

    .. no_pii:
    """

    course_key = CourseKeyField(max_length=255)
    day = models.DateField()
    stale = models.BooleanField(default=True)  # something of this day was told after it was filled
    sealed = models.BooleanField(default=False)  # all but the milestones of this day is cleared away: its figures stay
    # Of the record, when it was filled; on a sealed day those that are still to be cleared away.
    rows = models.PositiveIntegerField(default=0)
    filled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "day"], name="fillstate_day")]
        indexes = [models.Index(fields=["stale", "sealed", "day"], name="fillstate_stale")]


class Forgotten(models.Model):
    """A retired account: nothing of it is recorded any more. Says nothing else of the person.

    .. pii: The number of a retired account, so that the platform's tables do not bring its activity back.
    .. pii_types: id
    .. pii_retirement: retained
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    forgotten_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
