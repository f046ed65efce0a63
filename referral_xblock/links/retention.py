"""Which requests may be deleted when they are old."""

from __future__ import annotations

from django.db.models import QuerySet

from referral_xblock.data import Verdict
from referral_xblock.links.models import Click


def machine_clicks() -> QuerySet[Click]:
    """Requests by machines. No query."""
    return Click.objects.filter(verdict=Verdict.MACHINE.value)


def other_clicks() -> QuerySet[Click]:
    """Requests by persons, and those of which nobody can tell. No query."""
    return Click.objects.exclude(verdict=Verdict.MACHINE.value)
