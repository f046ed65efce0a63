"""The one table of the bare view that writes."""

from django.db import models


class Visit(models.Model):
    """When somebody came, and with what browser: the least that a click can leave behind. .. no_pii:"""

    came_at = models.DateTimeField()
    user_agent = models.CharField(max_length=255)
