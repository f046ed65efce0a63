"""What may be deleted when it is old; a person's choice stays as long as the account."""

from __future__ import annotations

from django.db.models import QuerySet

from referral_xblock.prompts.models import Moment


def moments() -> QuerySet[Moment]:
    """What went well or not. No query."""
    return Moment.objects.all()
