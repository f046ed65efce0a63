"""What was shown and what was shared: the first two stages of the funnel, each row counted once."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Showing(models.Model):
    """A learner had half of a block's panel in view. Once per learner and block.

    .. pii: Links a user to a block.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    placement = models.CharField(max_length=255)
    shown_at = models.DateTimeField()
    in_holdout = models.BooleanField()

    class Meta:
        app_label = "referral_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "placement"], name="showing_user_placement")]
        indexes = [models.Index(fields=["course_key", "shown_at"], name="showing_course_shown")]


class Share(models.Model):
    """A learner shared. Once per learner, channel and day (UTC).

    .. pii: Links a user to a channel.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    placement = models.CharField(max_length=255, blank=True)
    channel = models.CharField(max_length=24)
    day = models.DateField()

    class Meta:
        app_label = "referral_xblock"
        constraints = [
            models.UniqueConstraint(fields=["user", "course_key", "channel", "day"], name="share_user_channel_day")
        ]
        indexes = [models.Index(fields=["course_key", "day"], name="share_course_day")]


class MailInvitation(models.Model):
    """An invitation sent by the platform: one for each mailbox, ever, on the whole site. Once it has been handed over, the
    mailbox is known by its keyed hash alone.

    The unique columns are the rules: `mailbox` for one message ever, `slot` (0, 1, …) for so many a day, also in a race.

    .. pii: Links an inviter to a keyed hash of an e-mail address; until it is handed over, the address is here encrypted.
    .. pii_types: id, email
    .. pii_retirement: local_api
    """

    mailbox = models.CharField(max_length=40, unique=True)
    inviter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    placement = models.CharField(max_length=255, blank=True)
    press = models.CharField(
        max_length=32
    )  # the one press of the button that asked for it, so that a second does nothing
    day = models.DateField()  # UTC
    slot = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7)  # invitees.Dispatch
    sealed = models.TextField(blank=True)  # the address, encrypted; empty from the moment before it is handed over
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "referral_xblock"
        constraints = [models.UniqueConstraint(fields=["inviter", "day", "slot"], name="mailinvitation_day_slot")]
        indexes = [
            models.Index(fields=["course_key", "state"], name="mailinvitation_course_state"),
            models.Index(fields=["state", "asked_at"], name="mailinvitation_state_asked"),
        ]
