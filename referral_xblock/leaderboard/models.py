"""Stored points, and who wants to appear."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Standing(models.Model):
    """The points of one learner in one course; without points there is no row.

    .. pii: Links a user to a number of points in a course.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    points = models.PositiveIntegerField()
    shown = models.BooleanField(default=False)  # wants to appear: a copy of what `Appearance` says, for the index

    class Meta:
        app_label = "referral_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="standing_user_course")]
        indexes = [
            models.Index(fields=["course_key", "points"], name="standing_course_points"),
            models.Index(fields=["course_key", "shown", "points", "user"], name="standing_course_shown"),
        ]


class TeamStanding(models.Model):
    """The points of one open team; without points there is no row.

    .. no_pii:
    """

    team = models.OneToOneField("referral_xblock.Team", primary_key=True, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    points = models.PositiveIntegerField()

    class Meta:
        app_label = "referral_xblock"
        indexes = [models.Index(fields=["course_key", "points", "team"], name="teamstanding_course_points")]


class Appearance(models.Model):
    """Somebody wants to appear on the leaderboard of a course, under this name; no row: not at all.

    .. pii: The name under which a person chose to appear.
    .. pii_types: name, id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    kind = models.CharField(max_length=9)  # "first", "chosen" or "pseudonym": where the name comes from
    shown_as = models.CharField(max_length=40)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "referral_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="appearance_user_course")]
