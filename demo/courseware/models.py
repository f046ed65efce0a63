"""The tables: a course, its blocks as their author left them, and what learners did in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from demo.courseware.fields import CourseKeyField, UsageKeyField


class Course(models.Model):
    """One run of a course, as its export describes it."""

    course_key = CourseKeyField(max_length=255, case_sensitive=True, unique=True)
    title = models.CharField(max_length=255)
    organisation = models.CharField(max_length=255)
    number = models.CharField(max_length=255)
    run = models.CharField(max_length=255)
    summary = models.TextField(blank=True)  # plain text
    overview_html = models.TextField(blank=True)  # cleaned of everything that could run
    language = models.CharField(max_length=20, blank=True)
    start = models.DateTimeField(null=True)
    end = models.DateTimeField(null=True)
    open_to_public = models.BooleanField(default=True)
    graded = models.BooleanField(default=False)
    passing_share = models.FloatField(default=0.5)  # of all points, 0 to 1
    picture = models.CharField(max_length=255, blank=True)  # a name in `files`
    files = models.JSONField(default=dict)  # name in the export -> name in the media folder
    loaded = models.DateTimeField()
    rerun_of = CourseKeyField(max_length=255, case_sensitive=True, null=True)  # of no other course: null or empty


class Block(models.Model):
    """One block of a course. `authored` holds its content and settings by field name, as JSON."""

    course_key = CourseKeyField(max_length=255, case_sensitive=True)
    usage_key = UsageKeyField(max_length=255, case_sensitive=True, unique=True)
    block_type = models.CharField(max_length=64)
    parent = UsageKeyField(max_length=255, case_sensitive=True, blank=True)  # empty for the course
    unit = UsageKeyField(max_length=255, case_sensitive=True, blank=True)  # its vertical; empty for that and above
    position = models.PositiveIntegerField(default=0)  # in the order of reading, through the whole course
    display_name = models.CharField(max_length=255, blank=True)
    completable = models.BooleanField(default=False)
    graded = models.BooleanField(default=False)  # counts for passing
    authored = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["course_key", "block_type"], name="courseware_block_type"),
            models.Index(fields=["unit", "position"], name="courseware_block_unit"),
            models.Index(fields=["parent", "position"], name="courseware_block_parent"),
        ]


class FieldValue(models.Model):
    """One value of one field of a block that is not the author's: one row for ever, however many write at once.

    `digest` is what makes it one: a hash over scope, block, person and field, short enough for every database and
    sensitive to case where MySQL's text comparison is not. The other columns say the same to a reader and a query.
    """

    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=40)
    scope_id = models.CharField(max_length=255, blank=True)  # usage key, block type, or "" for every block
    user_key = models.CharField(max_length=40, blank=True)  # "" where the value belongs to everybody
    field_name = models.CharField(max_length=255)
    value = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["scope_id", "user_key"], name="courseware_value_block")]


class Deadline(models.Model):
    """When a sequence is due: for everybody at a moment, or so long after each one's enrolment. An export brings none."""

    course_key = CourseKeyField(max_length=255, case_sensitive=True)
    usage_key = UsageKeyField(max_length=255, case_sensitive=True, unique=True)
    due = models.DateTimeField(null=True)
    after = models.DurationField(null=True)  # where `due` is not set

    class Meta:
        indexes = [models.Index(fields=["course_key", "due"], name="courseware_deadline_due")]


class Extension(models.Model):
    """More time for one sequence, given to one learner; of several the last one given holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255, case_sensitive=True)
    usage_key = UsageKeyField(max_length=255, case_sensitive=True)
    due = models.DateTimeField()
    given = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["course_key", "user"], name="courseware_extension_learner")]
