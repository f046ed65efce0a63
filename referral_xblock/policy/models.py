"""One row per course; the columns are those of `data.Policy`, which says what each means."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.django.models import CourseKeyField

from referral_xblock.policy.mail_words import JURISDICTIONS
from referral_xblock.policy.milestones import STAGE_WEIGHTS
from referral_xblock.policy.together_words import BUDDIES

WEIGHT = [MaxValueValidator(1000)]


def stage_weights() -> dict[str, int]:
    """The points that each stage is worth until the course's team says otherwise."""
    return dict(STAGE_WEIGHTS)


class CoursePolicy(models.Model):
    """The rules of invitation in one course, and who changed them last.

    .. pii: Links a member of the course's team to a change.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    window_days = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    credit = models.CharField(
        max_length=5, default="last", choices=[("last", _("Last link")), ("first", _("First link"))]
    )
    code_grace_days = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(90)])
    cookie = models.CharField(
        max_length=5,
        default="join",
        choices=[("join", _("When the visitor joins")), ("never", _("Never: the state travels in the address"))],
    )
    audience = models.CharField(
        max_length=10,
        default="open",
        choices=[("open", _("Everybody")), ("domains", _("Holders of these e-mail domains"))],
    )
    allowed_domains = models.JSONField(default=list, blank=True)
    completion_share = models.PositiveSmallIntegerField(
        default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    link_kind = models.CharField(
        max_length=6,
        default="page",
        choices=[("page", _("Invitation page")), ("direct", _("Straight to registration"))],
    )
    link_lifetime_days = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(3650)])
    link_cap = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(1_000_000)])
    paused = models.BooleanField(default=False)
    prompts = models.BooleanField(default=False)
    reminders = models.BooleanField(default=False)
    jurisdiction = models.CharField(max_length=5, default="own", choices=JURISDICTIONS)
    daily_invitations = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    weight_same_mailbox = models.PositiveSmallIntegerField(default=100, validators=WEIGHT)
    weight_throw_away = models.PositiveSmallIntegerField(default=60, validators=WEIGHT)
    weight_speed = models.PositiveSmallIntegerField(default=60, validators=WEIGHT)
    weight_same_device = models.PositiveSmallIntegerField(default=60, validators=WEIGHT)
    weight_own_browser = models.PositiveSmallIntegerField(default=100, validators=WEIGHT)
    weight_ring = models.PositiveSmallIntegerField(default=50, validators=WEIGHT)
    weight_banned_source = models.PositiveSmallIntegerField(default=100, validators=WEIGHT)
    weight_dormant = models.PositiveSmallIntegerField(default=40, validators=WEIGHT)
    weight_idle = models.PositiveSmallIntegerField(default=40, validators=WEIGHT)
    weight_idle_company = models.PositiveSmallIntegerField(default=60, validators=WEIGHT)
    hold_at = models.PositiveSmallIntegerField(default=100, validators=[MinValueValidator(1), MaxValueValidator(1000)])
    speed_limit = models.PositiveSmallIntegerField(
        default=12, validators=[MinValueValidator(2), MaxValueValidator(1000)]
    )
    idle_days = models.PositiveSmallIntegerField(default=14, validators=[MinValueValidator(1), MaxValueValidator(365)])
    trusted_domains = models.JSONField(default=list, blank=True)
    trusted_networks = models.JSONField(default=list, blank=True)
    banned_channels = models.JSONField(default=list, blank=True)
    banned_domains = models.JSONField(default=list, blank=True)
    inviter_cap = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(1_000_000)])
    hold_days = models.PositiveSmallIntegerField(default=3, validators=[MaxValueValidator(365)])
    milestones = models.JSONField(default=list, blank=True)
    stage_weights = models.JSONField(default=stage_weights, blank=True)
    reward_budget = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(1_000_000)])
    reward_by_hand = models.BooleanField(default=False)
    teams = models.BooleanField(default=False)
    team_size = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(2), MaxValueValidator(100)])
    buddies = models.CharField(max_length=7, default="off", choices=BUDDIES)
    leaderboard = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        app_label = "referral_xblock"


class Rerun(models.Model):
    """A course was made in Studio as a re-run of another, whose rules it may begin with.

    .. no_pii:
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    source_key = CourseKeyField(max_length=255)
    noted_at = models.DateTimeField()

    class Meta:
        app_label = "referral_xblock"
