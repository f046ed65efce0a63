"""What is left of a retired person here: that somebody earned a reward. Badges go: a hash of the address is inside them."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from referral_xblock.rewards.models import Badge, Reward


def courses_of(user_id: int) -> set[CourseKey]:
    """The courses in which the person earned something. One query."""
    return set(Reward.objects.filter(user_id=user_id).values_list("course_key", flat=True).distinct())


def move(user_id: int, course_key: CourseKey, *, stub_id: int) -> None:
    """Moves the rewards to the stub, without their badges and without what was said to the person. Three statements."""
    mine = Reward.objects.filter(user_id=user_id, course_key=course_key)
    Badge.objects.filter(reward_id__in=list(mine.values_list("id", flat=True))).delete()
    mine.update(user_id=stub_id, badge="", note="")


def forget(user_id: int) -> None:
    """Takes the name off the decisions. One statement."""
    Reward.objects.filter(decided_by_id=user_id).update(decided_by=None)
