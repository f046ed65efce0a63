"""What people have earned in a course, the badges made of it, and how much of the course's budget is used."""

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Side(models.TextChoices):
    """Whose reward it is."""

    INVITER = "inviter"
    FRIEND = "friend"


class State(models.TextChoices):
    """What became of it."""

    WAITING = "waiting"  # earned; see `reason` for what it waits for
    GRANTED = "granted"
    REVOKED = "revoked"


class Hand(models.TextChoices):
    """What a person of the course's team has decided; it stands against what is computed."""

    NONE = ""
    APPROVED = "approved"
    REFUSED = "refused"
    REVOKED = "revoked"


class Reward(models.Model):
    """One milestone that one person has reached in one course. What it gives stays as it was promised then.

    `carriers` are numbers of journeys, not of accounts.

    .. pii: Links a user to what they earned, and a member of the course's team to a decision with its words.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    slug = models.CharField(max_length=40)
    side = models.CharField(max_length=7, choices=Side.choices)
    counts = models.CharField(max_length=9)
    number = models.PositiveIntegerField()
    badge = models.CharField(max_length=60, blank=True)  # the badge's name; "" for none
    title = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    team_note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=20, blank=True)  # of waiting or of having been revoked; see words.py
    earned_at = models.DateTimeField()
    carriers = models.JSONField(default=list)
    carried_by = models.PositiveIntegerField(default=0)  # how many friends carry it
    hand = models.CharField(max_length=8, blank=True, choices=Hand.choices, default=Hand.NONE)
    note = models.CharField(max_length=300, blank=True)  # the words of who decided; the learner reads them
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()  # of `state`

    class Meta:
        app_label = "referral_xblock"
        constraints = [
            models.UniqueConstraint(fields=["user", "course_key", "slug", "side"], name="reward_once"),
        ]
        indexes = [
            models.Index(fields=["course_key", "state", "id"], name="reward_course_state"),
            models.Index(fields=["course_key", "id"], name="reward_course_list"),
        ]


class Badge(models.Model):
    """The credential of a granted reward: signed once, revoked and valid again as the reward is.

    .. pii: A salted hash of the recipient's address, in a column and inside the signed token.
    .. pii_types: email
    .. pii_retirement: local_api
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    reward = models.OneToOneField(Reward, on_delete=models.CASCADE, related_name="credential")
    shelf = models.PositiveSmallIntegerField()  # which of the revocation lists it stands in
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    recipient_salt = models.CharField(max_length=32)
    recipient_hash = models.CharField(max_length=71)
    key_id = models.CharField(max_length=32)
    token = models.TextField()
    names_owner = models.BooleanField(default=False)  # the person lets the public page show the chosen name

    class Meta:
        app_label = "referral_xblock"
        indexes = [models.Index(fields=["shelf", "revoked_at"], name="badge_shelf_revoked")]


class Purse(models.Model):
    """How many rewards a course has granted at present. Counted here, so that two workers cannot both give the last one.

    .. no_pii:
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    granted = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "referral_xblock"


class RewardPass(models.Model):
    """How far the pass over everybody who may earn something has come: one row for the site.

    .. no_pii:
    """

    name = models.CharField(max_length=8, unique=True, default="site")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # last sign of life of who is at it; None: nobody is
    course = models.CharField(max_length=255, blank=True)
    position = models.BigIntegerField(default=0)  # done up to this journey of the course, or below zero, to this reward

    class Meta:
        app_label = "referral_xblock"
