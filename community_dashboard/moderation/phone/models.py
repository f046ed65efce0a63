"""Taps that were taken, so that a repeated one does nothing twice."""

from django.conf import settings
from django.db import models


class Tap(models.Model):
    """One press of a button of the phone page. `token` was drawn with the page; deleted after some days.

    .. pii: When a moderator pressed a button.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    token = models.CharField(max_length=32)
    said = models.CharField(max_length=8)  # what the page said of it: views.SAID
    tapped_at = models.DateTimeField()

    class Meta:
        app_label = "community_dashboard"
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="phone_tap_once")]
        indexes = [models.Index(fields=["tapped_at"], name="phone_tap_time")]
