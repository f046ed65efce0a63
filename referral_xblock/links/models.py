"""Links and clicks."""

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class Link(models.Model):
    """One address to share.

    .. pii: Belongs to a user; the code in it is public.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    code = models.CharField(max_length=32, unique=True)  # lower case only: MySQL compares without case
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    placement = models.CharField(max_length=255, blank=True)  # usage key of the block, "" for the course as a whole
    channel = models.CharField(max_length=24)
    label = models.CharField(max_length=64, blank=True)  # tells vanity links of one person apart
    kind = models.CharField(max_length=6, default="page")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    paused = models.BooleanField(default=False)
    cap = models.PositiveIntegerField(default=0)
    accounts = models.PositiveIntegerField(default=0)  # how many it has brought, for the cap

    class Meta:
        app_label = "referral_xblock"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "course_key", "placement", "channel", "label"], name="link_one_per_place"
            )
        ]
        indexes = [models.Index(fields=["course_key", "created_at"], name="link_course_created")]


class Click(models.Model):
    """One request for a link's page, written before it was answered.

    `visitor` is a keyed hash of address and user agent whose key changes every day. `person` counts people: the visitor
    while there is no account, the account afterwards.

    .. pii: A daily keyed hash of address and user agent.
    .. pii_types: ip
    .. pii_retirement: local_api
    """

    accounts_in = {"person": r"^u(\d+)$"}  # how a number of an account stands in a text; for where_is_user

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    created_at = models.DateTimeField()
    verdict = models.CharField(max_length=7)
    reason = models.CharField(max_length=16, blank=True)  # why a machine, or what made it a person
    visitor = models.CharField(max_length=20)
    person = models.CharField(max_length=24)
    same_browser = models.BooleanField(default=False)  # joined where the inviter was signed in
    trusted_network = models.BooleanField(default=False)  # came from one, as the policy had it at that moment

    class Meta:
        app_label = "referral_xblock"
        indexes = [
            models.Index(fields=["course_key", "verdict", "created_at"], name="click_course_verdict"),
            models.Index(fields=["link", "visitor"], name="click_link_visitor"),
        ]
