"""What courses have learned, and what moderators said of single posts."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class LearnedUrgency(models.Model):
    """What one course learned at one time: weights as numbers, nothing that would be run. About 60 KB.

    `weights` is what `weights.py` reads. The newest row of a course is asked, if it is `better` than the signs alone were on the
    decisions that it had not seen.

    .. no_pii: Words are kept as numbers from which they cannot be read back.
    """

    course_key = CourseKeyField(max_length=255)
    version = models.PositiveIntegerField()
    learned_at = models.DateTimeField()
    examples = models.PositiveIntegerField()
    urgent = models.PositiveIntegerField()  # of the examples
    f1_signs = models.FloatField()  # of the signs alone, on examples that were left out in turn
    f1_learned = models.FloatField()  # likewise, learned
    better = models.BooleanField()
    weights = models.JSONField(default=dict)

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "version"], name="learned_urgency_once")]


class UrgencyMark(models.Model):
    """A moderator's word on whether a post is urgent. The last word counts.

    .. pii: Who of the team said it of which post.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    kind = models.CharField(max_length=8)
    post_id = models.CharField(max_length=64)
    urgent = models.BooleanField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    marked_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["kind", "post_id"], name="urgency_mark_once")]
        indexes = [
            models.Index(fields=["course_key", "marked_at"], name="urgency_mark_course"),
            models.Index(fields=["by"], name="urgency_mark_by"),
        ]
