"""What is left of a retired person here: nothing. The points of a team stay, with what its members brought."""

from __future__ import annotations

from referral_xblock.leaderboard.models import Appearance, Standing


def forget(user_id: int) -> None:
    """Deletes points and choices. Two statements."""
    Standing.objects.filter(user_id=user_id).delete()
    Appearance.objects.filter(user_id=user_id).delete()
