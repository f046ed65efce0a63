"""What authors said to decisions about them, and what came of it."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

LONGEST_APPEAL = 2000
LONGEST_ANSWER = 500


class State(models.TextChoices):
    """Where an appeal stands."""

    OPEN = "open"
    UPHELD = "upheld"  # the decision stays
    OVERTURNED = "overturned"  # the author was right


class Appeal(models.Model):
    """What one author says to one decision, once. Goes with the decision, and when the author's account is retired.

    .. pii: An author's own words about a moderator's decision, and a moderator's answer.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    decision = models.OneToOneField("community_dashboard.Decision", on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    words = models.TextField(max_length=LONGEST_APPEAL)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)  # the author reads it
    undo_id = models.BigIntegerField(default=0)  # the decision that undid it; 0: upheld, or it could not be undone

    class Meta:
        app_label = "community_dashboard"
        indexes = [
            models.Index(fields=["course_key", "state", "made_at"], name="appeal_queue"),
            models.Index(fields=["user", "course_key"], name="appeal_author"),
            models.Index(fields=["decided_by"], name="appeal_decided_by"),
        ]
