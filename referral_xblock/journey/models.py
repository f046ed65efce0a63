"""The ledger and what is computed from it."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Touch(models.Model):
    """An account came by a link. Append-only; what was true at that moment is kept with it.

    `token` is "click:<id>" or "code:<user>:<link>": unique, so that a click binds at most one account.

    .. pii: Links a user to the link that brought them.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    token = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    link = models.ForeignKey("referral_xblock.Link", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4)  # "link" or "code"
    happened_at = models.DateTimeField()  # of the click, or when the code was typed
    bound_at = models.DateTimeField()
    same_browser = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)  # of the course, when bound
    admitted = models.BooleanField(default=True)  # belonged to the audience, when bound

    class Meta:
        app_label = "referral_xblock"
        indexes = [models.Index(fields=["user", "course_key"], name="touch_user_course")]


class Event(models.Model):
    """What the platform said of a person. Append-only; the same event delivered twice is one row.

    .. pii: Links a user to a course and a moment.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    event_id = models.CharField(max_length=80, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course = models.CharField(max_length=255, blank=True)  # "" for what belongs to no course, such as registering
    kind = models.CharField(max_length=12)
    happened_at = models.DateTimeField()
    by_other = models.BooleanField(default=False)  # done in somebody else's request: staff enrolling a learner

    class Meta:
        app_label = "referral_xblock"
        indexes = [models.Index(fields=["user", "course"], name="event_user_course")]


class Journey(models.Model):
    """How far one invited person came in one course, and who is credited.

    .. pii: Links an invited user to the inviter.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    inviter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    link = models.ForeignKey("referral_xblock.Link", null=True, on_delete=models.SET_NULL, related_name="+")
    first_link = models.ForeignKey("referral_xblock.Link", null=True, on_delete=models.SET_NULL, related_name="+")
    last_link = models.ForeignKey("referral_xblock.Link", null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=12)
    reason = models.CharField(max_length=20, blank=True)
    clicked_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)  # only a registration that followed the click
    enrolled_at = models.DateTimeField(null=True)
    unenrolled_at = models.DateTimeField(null=True)  # and not enrolled again since
    active_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)  # no longer passing

    class Meta:
        app_label = "referral_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="journey_user_course")]
        indexes = [
            models.Index(fields=["course_key", "status", "enrolled_at"], name="journey_course_status"),
            models.Index(fields=["course_key", "status", "id"], name="journey_course_list"),
            models.Index(fields=["inviter", "course_key"], name="journey_inviter_course"),
        ]
