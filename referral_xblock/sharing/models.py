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
