"""The tables that pages read, how far they are filled, and what went wrong."""

from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from community_dashboard.activity.models import FillState

__all__ = [
    "BlockCount",
    "CourseFill",
    "DailyCount",
    "FillError",
    "FillState",
    "LearnerDay",
    "LearnerState",
    "LearnerToFill",
]


class CourseFill(models.Model):
    """How far the learners of one course were brought up to date.

    .. no_pii:
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    reached = models.BigIntegerField(default=0)  # the place in the roster where a round that is under way goes on
    begun_at = models.DateTimeField(null=True)  # when that round began; null if none is under way
    filled_at = models.DateTimeField(null=True)  # the `now` of the last whole round

    class Meta:
        app_label = "community_dashboard"


class LearnerToFill(models.Model):
    """Somebody whose days in a course changed since it was last reckoned where the person stands.

    .. pii: Links a person to a course for a few minutes.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    person = models.BigIntegerField()

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "person"], name="learnertofill_person")]
        indexes = [models.Index(fields=["person"], name="learnertofill_person_only")]


class FillError(models.Model):
    """A day, or a step, that could not be filled: it is shown, tried again, and solved when it succeeds.

    One row for each (course, day, step). "late" is never solved: it says how many rows came after their day was sealed.

    .. no_pii: The words of an error of ours, without rows.
    """

    course_key = CourseKeyField(max_length=255, blank=True)
    day = models.DateField(null=True)
    step = models.CharField(max_length=16)  # "days", "people", "tracking", "late"
    words = models.CharField(max_length=500)
    tries = models.PositiveIntegerField(default=1)  # in a row; of "late" the rows
    happened_at = models.DateTimeField()  # the last time
    solved_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community_dashboard"
        indexes = [models.Index(fields=["course_key", "solved_at", "happened_at"], name="fillerror_course")]


class DailyCount(models.Model):
    """One metric on one day (UTC) of one course; days on which it is nothing have no row.

    .. no_pii: Counts of all learners of a course.
    """

    course_key = CourseKeyField(max_length=255)
    metric = models.CharField(max_length=24)  # one of metrics.METRICS
    day = models.DateField()  # of a weekly metric the Monday
    value = models.PositiveIntegerField()

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "metric", "day"], name="dailycount_metric_day")]


class BlockCount(models.Model):
    """What happened to one block on one day (UTC): how many people completed, watched, tried, opened it that day.

    .. no_pii: Counts of all learners of a course.
    """

    course_key = CourseKeyField(max_length=255)
    day = models.DateField()
    block_id = models.CharField(max_length=255)
    completed = models.PositiveIntegerField(default=0)
    watched = models.PositiveIntegerField(default=0)
    tried = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "day", "block_id"], name="blockcount_day_block")]


class LearnerDay(models.Model):
    """One person on one day (UTC) on which something of the record is theirs, in one course. Numbers of rows of the record.

    With its milestones, so that where a person stands is added up from these rows alone. A retired person's rows have the
    person of the stub and say neither hour nor block.

    .. pii: Links a person to a course and a day, with how much was done.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    person = models.BigIntegerField()  # the account; minus the stub for somebody who is retired
    day = models.DateField()
    learning = models.PositiveIntegerField(
        default=0
    )  # rows of all kinds that count as learning; above 0: active that day
    completed = models.PositiveIntegerField(default=0)
    watched = models.PositiveIntegerField(default=0)
    tried = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    posted = models.PositiveIntegerField(default=0)  # threads opened
    answered = models.PositiveIntegerField(default=0)  # answers and comments on answers
    endorsed = models.PositiveIntegerField(default=0)  # answers of others marked as good
    hours = models.PositiveIntegerField(default=0)  # bit h is set: learning in the hour h of that day (UTC)
    first_at = models.DateTimeField(null=True)  # the first moment of learning that day; null if there was none
    last_at = models.DateTimeField(null=True)  # the last one
    last_block = models.CharField(max_length=255, blank=True)  # the one completed last that day
    # Milestones: of these kinds the record is never cleared away, so they stay exact on sealed days too.
    enrolled_at = models.DateTimeField(null=True)  # the first enrolment, if it was that day
    came_back_at = models.DateTimeField(null=True)  # the last return after leaving
    left = models.PositiveIntegerField(default=0)  # times the course was left
    left_at = models.DateTimeField(null=True)  # the last time
    passed_at = models.DateTimeField(null=True)
    certified_at = models.DateTimeField(null=True)
    brought = models.PositiveIntegerField(default=0)  # people whose enrolment was credited that day

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "person", "day"], name="learnerday_person_day")]
        indexes = [models.Index(fields=["course_key", "day", "person"], name="learnerday_day")]


class LearnerState(models.Model):
    """One person in one course, as of the last round of filling. Shares are in thousandths; -1 where nobody knows.

    Who was ever enrolled, or did something in the course. A retired person's row has the person of the stub and says neither
    country, cohort, block nor hour.

    .. pii: Where a person stands in a course: activity, progress, grade, country, chance of dropping out.
    .. pii_types: id, location
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    person = models.BigIntegerField()
    enrolled_at = models.DateTimeField(null=True)  # the first time; null if the record does not know
    enrolled = models.BooleanField(default=False)  # is so now
    left_at = models.DateTimeField(null=True)  # the last time, if not enrolled now and the record knows
    mode = models.CharField(max_length=32, blank=True)  # the track
    cohort = models.IntegerField(default=0)  # 0: in none
    country = models.CharField(max_length=2, blank=True)
    team = models.BooleanField(default=False)  # of the course team, or with a part in the forum beyond a learner's
    started_at = models.DateTimeField(null=True)  # the first learning
    last_at = models.DateTimeField(null=True)  # the last learning
    days = models.PositiveIntegerField(default=0)  # days with learning
    days_7 = models.PositiveSmallIntegerField(default=0)  # of the seven up to and with the day of the round
    days_before_7 = models.PositiveSmallIntegerField(default=0)  # of the seven before those
    pause = models.PositiveIntegerField(
        default=0
    )  # the most days in a row without learning, between two days with it of which the later is one of the last seven
    weeks = models.BigIntegerField(
        default=0
    )  # bit n: learning in the n-th week (Monday to Sunday) after that of enrolling; n < 63
    completed = models.PositiveIntegerField(default=0)  # blocks
    watched = models.PositiveIntegerField(default=0)
    tried = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    progress = models.SmallIntegerField(default=-1)  # completed of the course's blocks
    grade = models.SmallIntegerField(default=-1)
    passed_at = models.DateTimeField(null=True)
    certified_at = models.DateTimeField(null=True)
    finished = models.BooleanField(default=False)  # "completed" as the course policy means it
    finished_before = models.BooleanField(default=False)  # did so in an earlier run of this course
    last_block = models.CharField(max_length=255, blank=True)  # the one completed last
    posts = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    invited = models.PositiveIntegerField(default=0)  # people whose enrolment is credited to this one
    risk = models.SmallIntegerField(default=-1)  # chance of dropping out, set by whoever reckons it
    risk_before = models.SmallIntegerField(default=-1)  # a week before
    filled_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "person"], name="learnerstate_person")]
        indexes = [
            # One for each order of the list of learners; the number of the account makes it total.
            models.Index(fields=["course_key", "last_at", "person"], name="learnerstate_last"),
            models.Index(fields=["course_key", "enrolled_at", "person"], name="learnerstate_enrolled"),
            models.Index(fields=["course_key", "started_at", "person"], name="learnerstate_started"),
            models.Index(fields=["course_key", "progress", "person"], name="learnerstate_progress"),
            models.Index(fields=["course_key", "grade", "person"], name="learnerstate_grade"),
            models.Index(fields=["course_key", "posts", "person"], name="learnerstate_posts"),
            models.Index(fields=["course_key", "answers", "person"], name="learnerstate_answers"),
            models.Index(fields=["course_key", "invited", "person"], name="learnerstate_invited"),
            models.Index(fields=["course_key", "risk", "person"], name="learnerstate_risk"),
            models.Index(fields=["person"], name="learnerstate_person_only"),
        ]
