"""What was done to authors, and what the team notes about them."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

LONGEST_REASON = 500
LONGEST_NOTE = 1000


class Kind(models.TextChoices):
    """What a sanction does."""

    WARN = "warn"
    SILENCE = "silence"
    BAN = "ban"


class Sanction(models.Model):
    """A warning, a silence or a ban of one author in one course, as one decision made it. Kept when it is over.

    .. pii: Links an author to a course and to what was decided about them, with the moderator's reason.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    decision_id = models.BigIntegerField(unique=True)  # of `decisions`, where it stands who decided
    course_key = CourseKeyField(max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    reason = models.CharField(max_length=LONGEST_REASON)  # in the moderator's words; the author reads it
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True)  # of a silence
    lifted_at = models.DateTimeField(null=True)
    lifting_id = models.BigIntegerField(default=0)  # the decision that lifted it
    told_at = models.DateTimeField(null=True)  # when the author was written to

    class Meta:
        app_label = "community_dashboard"
        indexes = [
            # The gate asks it for every post: in force or not, in all courses of one person.
            models.Index(fields=["user", "lifted_at", "kind"], name="sanction_gate"),
            models.Index(fields=["course_key", "user", "made_at"], name="sanction_history"),
            models.Index(fields=["course_key", "lifted_at", "kind", "until"], name="sanction_course"),
            models.Index(fields=["lifting_id"], name="sanction_lifting"),
        ]


class AuthorNote(models.Model):
    """What the team of a course notes about an author. The author may read it by law, and does in the own data.

    .. pii: A moderator's words about an author in a course.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    decision_id = models.BigIntegerField(unique=True)
    course_key = CourseKeyField(max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=LONGEST_NOTE)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        indexes = [
            models.Index(fields=["course_key", "user", "made_at"], name="author_note_history"),
            models.Index(fields=["user"], name="author_note_user"),
        ]
