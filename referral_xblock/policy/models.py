"""One row per course; the columns are those of `data.Policy`, which says what each means."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.django.models import CourseKeyField


class CoursePolicy(models.Model):
    """The rules of invitation in one course. .. no_pii:"""

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
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        app_label = "referral_xblock"
