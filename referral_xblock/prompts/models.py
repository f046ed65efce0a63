"""What went well, and what became of asking."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Moment(models.Model):
    """When something of one kind last happened to a person in a course: four rows at most for each of both.

    .. pii: Links a user to a course and a moment.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    kind = models.CharField(max_length=12)
    happened_at = models.DateTimeField()

    class Meta:
        app_label = "referral_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "course_key", "kind"], name="moment_user_course_kind")]


class Asking(models.Model):
    """The last prompt of a person over all courses, and what they said.

    .. pii: Links a user to a course, a moment and a choice.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+")
    prompted_at = models.DateTimeField(null=True)
    prompted_for = models.CharField(max_length=300, blank=True)  # course and kind
    answered_at = models.DateTimeField(null=True)
    never = models.BooleanField(default=False)

    class Meta:
        app_label = "referral_xblock"


class Reminder(models.Model):
    """The last reminder to an inviter in one course. Written before the mail is handed over, so that it goes out once at most.

    .. pii: Links a user to a course and a moment.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    sent_at = models.DateTimeField()
    friends = models.PositiveIntegerField()  # how many it spoke of

    class Meta:
        app_label = "referral_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="reminder_user_course")]
