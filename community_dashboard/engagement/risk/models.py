"""What courses chose, the chances of the last round with their reasons, and what was learned."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class RiskPolicy(models.Model):
    """What "dropped out" means in one course (`meaning.Policy`). No row: the default holds.

    .. pii: Who of the course team last changed it.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    means = models.CharField(max_length=12)  # meaning.Means
    days = models.PositiveSmallIntegerField()
    capacity = models.PositiveIntegerField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"


class RiskRound(models.Model):
    """The last round over the learners of one course, and where its learning stands.

    .. no_pii: Counts of all learners of a course.
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    day = models.DateField(null=True)  # the round knew everything up to the end of this day (UTC), and nothing later
    reckoned_at = models.DateTimeField(null=True)
    means = models.CharField(max_length=12, blank=True)
    days = models.PositiveSmallIntegerField(default=0)
    within = models.PositiveSmallIntegerField(default=0)  # days ahead; 0: there was no deadline to look ahead to
    version = models.PositiveIntegerField(default=0)  # of the model; 0: the rule
    counts = models.JSONField(default=dict)  # who there is, and what each meaning would have found (`rounds.Counted`)
    asked_at = models.DateTimeField(null=True)  # learning was asked for and has not come to its end
    tried_at = models.DateTimeField(null=True)  # the last time that learning came to its end
    outcome = models.CharField(max_length=12, blank=True)  # learning.Outcome of that time

    class Meta:
        app_label = "community_dashboard"


class RiskReading(models.Model):
    """One learner's chance of dropping out, as of the last round.

    .. pii: The chance that a person drops out of a course, and why: figures of the person's own learning.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    person = models.BigIntegerField()  # the account
    day = models.DateField()
    means = models.CharField(max_length=12)  # meaning.Means: what the reasons speak of
    chance = models.SmallIntegerField()  # thousandths
    before = models.SmallIntegerField(default=-1)  # a week before; -1 if the person was not looked at then
    reasons = models.JSONField(default=list)  # the weightiest first: [name, figure, …] of `reasons.Reason`
    version = models.PositiveIntegerField(default=0)  # of the model; 0: the rule

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "person"], name="riskreading_person")]
        indexes = [
            models.Index(fields=["course_key", "chance", "person"], name="riskreading_chance"),
            models.Index(fields=["person"], name="riskreading_person_only"),
        ]


class RiskModel(models.Model):
    """What one course learned at one time: numbers, nothing that would be run. About 3 KB.

    The newest row of a course is asked if it is `better` than the rule was in the weeks that it had not seen, and if the course's
    meaning of dropping out is still the one it was trained for.

    .. no_pii: Weights of a regression, and figures over groups of ten and more.
    """

    course_key = CourseKeyField(max_length=255)
    version = models.PositiveIntegerField()
    trained_at = models.DateTimeField()
    means = models.CharField(max_length=12)
    days = models.PositiveSmallIntegerField()
    better = models.BooleanField()
    model = models.JSONField()  # `model.Model`
    evaluation = models.JSONField()  # `learning.Evaluation`

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["course_key", "version"], name="riskmodel_version")]
