"""What the team of a course notes about its learners, by which labels it finds them again, and who did so."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

LONGEST_NOTE = 2000
LONGEST_LABEL = 40


class LearnerNote(models.Model):
    """What somebody of the team wrote about a learner, for the team. The learner may read it by law, and does in the own data.

    .. pii: The team's words about a learner in a course.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=LONGEST_NOTE)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        indexes = [models.Index(fields=["user", "course_key", "made_at"], name="learnernote_user")]


class LearnerTag(models.Model):
    """A label that a learner has in one course: once, however it is written large or small.

    .. pii: A label of the team on a learner in a course.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    key = models.CharField(max_length=32)  # of the label, the same on every database; see `labels.py`
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    label = models.CharField(max_length=LONGEST_LABEL)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "key", "user"], name="learnertag_once")]
        indexes = [models.Index(fields=["user", "course_key"], name="learnertag_user")]


class LearnerAct(models.Model):
    """One line of the log: who noted or labelled whom, and who took it away again. Without the words of notes.

    .. pii: Links a learner, somebody of the team and a course; the label that was given.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    class What(models.TextChoices):
        """What was done."""

        NOTED = "noted"
        UNNOTED = "unnoted"
        TAGGED = "tagged"
        UNTAGGED = "untagged"

    course_key = CourseKeyField(max_length=255)
    # Empty once the learner is retired: the log keeps what was done without the name.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=8, choices=What.choices)
    label = models.CharField(max_length=LONGEST_LABEL, blank=True)
    happened_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        indexes = [models.Index(fields=["user", "course_key", "happened_at"], name="learneract_user")]
