"""How far the job has come."""

from django.db import models


class Sweep(models.Model):
    """How far the deletion of old rows has come in one table.

    .. no_pii:
    """

    name = models.CharField(max_length=32, unique=True)
    after = models.BigIntegerField(default=0)  # rows up to this number were looked at in the pass under way
    counted_since = models.DateTimeField(null=True)  # of what is older, rows may be gone; None: nothing was deleted yet
    ran_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "referral_xblock"
