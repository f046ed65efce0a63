"""What is left of a retired person here: that the rules were changed, and when."""

from __future__ import annotations

from referral_xblock.policy.models import CoursePolicy


def forget(user_id: int) -> None:
    """Takes the name off the changes. One statement."""
    CoursePolicy.objects.filter(changed_by_id=user_id).update(changed_by=None)
