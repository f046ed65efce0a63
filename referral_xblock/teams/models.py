"""Teams, who is and was in them, what the course's staff did with them; and pairs of study buddies."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

# The end of a membership that has none yet: a moment, because MySQL lets a null stand twice in a unique key.
FOREVER = datetime(9000, 1, 1, tzinfo=UTC)


class Team(models.Model):
    """A few learners of one course under a name; "" where the name was taken away. Closed teams are kept for the log.

    .. pii: Holds a name that a learner chose for the team.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    members = models.PositiveSmallIntegerField(default=0)  # at present; the size limit holds here, in one statement
    is_open = models.BooleanField(default=True)

    class Meta:
        app_label = "referral_xblock"
        indexes = [models.Index(fields=["course_key", "is_open", "id"], name="team_course_open")]


class Membership(models.Model):
    """Somebody is in a team, or was: `until` is FOREVER while it lasts, so that nobody is in two teams of a course.

    .. pii: Links a user to a team.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)

    class Meta:
        app_label = "referral_xblock"
        constraints = [
            models.UniqueConstraint(fields=["user", "course_key", "until"], name="membership_user_course_until")
        ]
        indexes = [
            models.Index(fields=["team", "until"], name="membership_team_until"),
            models.Index(fields=["course_key", "until", "id"], name="membership_course_until"),
        ]


class TeamAct(models.Model):
    """What the course's staff did with a team: "renamed", "closed" or "merged".

    .. pii: Links a member of the course's team to an act, and holds names of teams.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=7)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    happened_at = models.DateTimeField()
    was = models.CharField(max_length=40, blank=True)  # the team's name before
    now = models.CharField(max_length=40, blank=True)  # the name after; of "merged" the team into which it went

    class Meta:
        app_label = "referral_xblock"
        indexes = [models.Index(fields=["course_key", "id"], name="teamact_course")]


class BuddyPair(models.Model):
    """An inviter and the invited friend: one has proposed, both have agreed, or one has ended it.

    .. pii: Links two users who learn together, or one who proposed it.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    inviter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    friend = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8)  # "proposed", "agreed" or "over"
    by_inviter = models.BooleanField()  # who made the last move; who was told no may not ask again
    starts_on = models.DateField()
    weekly_blocks = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "referral_xblock"
        constraints = [models.UniqueConstraint(fields=["friend", "course_key"], name="buddypair_friend_course")]
        indexes = [models.Index(fields=["inviter", "course_key", "id"], name="buddypair_inviter_course")]
