"""The rules of a course, and the trace that a judged post leaves."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class ShieldRules(models.Model):
    """The rules of one course, see `rules.Rules`; without a row the usual ones hold.

    .. pii: Who last changed the rules of a course; names of its team that nobody else shall look like.
    .. pii_types: id, name
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    rules = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)  # grows with every change
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        app_label = "community_dashboard"
        indexes = [models.Index(fields=["changed_by"], name="shield_rules_by")]


class Trace(models.Model):
    """What the shield saw in one post as it last stood, without its text and its author. Kept for thirty days.

    `text` is a digest of what was judged: the same text is judged once. `mark` is shared by texts with the same words.

    .. no_pii:
    """

    course_key = CourseKeyField(max_length=255)
    kind = models.CharField(max_length=8)  # "thread", "comment"
    post_id = models.CharField(max_length=64)
    thread_id = models.CharField(max_length=64)
    posted_at = models.DateTimeField()
    judged_at = models.DateTimeField()
    text = models.CharField(max_length=32)
    mark = models.CharField(max_length=32, blank=True)
    signs = models.JSONField(default=dict)  # sign → points
    same_text = models.PositiveIntegerField(default=0)
    posts_in_hour = models.PositiveIntegerField(default=0)
    held_in_hour = models.PositiveIntegerField(default=0)
    hold = models.BooleanField(default=False)  # by the rules of that moment
    held = models.BooleanField(default=False)  # and masked by the acting account

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["kind", "post_id"], name="shield_trace_once")]
        indexes = [
            models.Index(fields=["course_key", "mark", "posted_at"], name="shield_trace_mark"),
            models.Index(fields=["course_key", "hold", "judged_at"], name="shield_trace_hold"),
            models.Index(fields=["course_key", "judged_at"], name="shield_trace_course"),
            models.Index(fields=["judged_at"], name="shield_trace_age"),
        ]
