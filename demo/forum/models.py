"""What the LMS keeps beside the forum app."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Cohort(models.Model):
    """A group of learners in one course."""

    course_key = CourseKeyField(max_length=255)
    name = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course_key", "name"], name="campus_cohort_once")]


class CohortMember(models.Model):
    """Somebody is in one cohort of a course at most."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="campus_cohort_member_once")]


class MailOptOut(models.Model):
    """Somebody wants no mail of this course."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="campus_mail_opt_out_once")]


class ForumTitle(models.Model):
    """What somebody who moderates the forum is there, if not simply a moderator: "administrator", "community_ta"."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    title = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="campus_forum_title_once")]
