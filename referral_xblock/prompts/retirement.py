"""What is left of a retired person here: nothing. No count is made of it."""

from __future__ import annotations

from referral_xblock.prompts.models import Asking, Moment, Reminder


def forget(user_id: int) -> None:
    """Deletes all of it. Three statements."""
    Moment.objects.filter(user_id=user_id).delete()
    Asking.objects.filter(user_id=user_id).delete()
    Reminder.objects.filter(user_id=user_id).delete()
