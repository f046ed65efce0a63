"""What may be deleted when it is old."""

from __future__ import annotations

from django.db.models import QuerySet

from referral_xblock.sharing.models import Share, Showing


def showings() -> QuerySet[Showing]:
    """Who had which panel in view. No query."""
    return Showing.objects.all()


def shares() -> QuerySet[Share]:
    """Who shared by which channel on which day. No query."""
    return Share.objects.all()
