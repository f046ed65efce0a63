"""Two choices of a person, both revocable, and the mailboxes to which nothing more is sent."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class NameChoice(models.Model):
    """How an inviter is named to strangers; no row, or an empty name: not at all.

    .. pii: The name a person chose to be shown by.
    .. pii_types: name
    .. pii_retirement: local_api
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+")
    shown_as = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "referral_xblock"


class FriendChoice(models.Model):
    """What a friend lets the inviter see in one course; no row: the day only.

    .. pii: Links a user to a choice.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    tells = models.CharField(max_length=7)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "referral_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="friendchoice_user_course")]


class Suppression(models.Model):
    """A mailbox to which nothing more is sent. It outlives everything else on purpose: forgotten, it would be written to again.

    .. pii: The keyed hash of an e-mail address; the address cannot be read from it.
    .. pii_types: email
    .. pii_retirement: retained
    """

    mailbox = models.CharField(max_length=40, unique=True)
    reason = models.CharField(max_length=12)  # "asked" or "retired"
    since = models.DateTimeField()

    class Meta:
        app_label = "referral_xblock"
