"""Jobs and their steps."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class BulkJob(models.Model):
    """One choice for many posts of one course.

    .. pii: Which moderator did what to which posts, or to all posts of an author.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    choice = models.CharField(max_length=12)
    reason = models.CharField(max_length=500, blank=True)
    fields = models.JSONField(default=dict)  # what the choice needs beyond that, as `decide` takes it
    scope = models.JSONField()  # of `scopes.Scope`
    seen_at = models.DateTimeField()  # posts written after this moment were not on the page that was agreed to
    token = models.CharField(max_length=32, unique=True)  # of the form: pressed twice, it begins one job
    state = models.CharField(max_length=9)  # of `states.State`
    backwards = models.BooleanField(default=False)  # it is being undone, or was
    total = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    alive_at = models.DateTimeField(null=True)  # last sign of life of the worker that has it; null: nobody has
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community_dashboard"
        indexes = [
            models.Index(fields=["course_key", "began_at"], name="bulk_job_course"),
            models.Index(fields=["state", "alive_at"], name="bulk_job_state"),
            models.Index(fields=["by"], name="bulk_job_by"),
        ]


class BulkStep(models.Model):
    """One post of a job. `decision_id` is a row of the log, kept without a key so that the log's own rules hold for it.

    .. no_pii:
    """

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="steps", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    post_id = models.CharField(max_length=64)
    state = models.CharField(max_length=8)  # of `states.StepState`
    decision_id = models.BigIntegerField(null=True)
    words = models.CharField(max_length=300, blank=True)  # why not, in the language of who began it

    class Meta:
        app_label = "community_dashboard"
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="bulk_step_number"),
            models.UniqueConstraint(fields=["job", "kind", "post_id"], name="bulk_step_post"),
        ]
        indexes = [
            models.Index(fields=["job", "state", "number"], name="bulk_step_state"),
            models.Index(fields=["decision_id"], name="bulk_step_decision"),
        ]
