"""How a learner fares just now: in one unit, and before the next deadline. Names read in the source as the other files'."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from referral_xblock.data import UnitState
from referral_xblock.host.edx_platform.answering import is_course, nothing, or_else
from referral_xblock.host.edx_platform.units import collected_blocks, in_its_course, unit_of

HALF = 0.5


class Moments:
    """Units passed or failed in a part, and deadlines."""

    @or_else(lambda: UnitState.OPEN)
    def unit_state(self, user: Any, usage_key: Any) -> UnitState:
        """By the learner's own blocks of the unit and the scores of its problems; a problem not answered yet is no failure.

        Two queries beside the collected blocks, and a walk over those that the learner is given: for a task.
        """
        from lms.djangoapps.course_api.blocks.transformers.block_completion import BlockCompletionTransformer
        from lms.djangoapps.course_blocks.api import get_course_blocks
        from lms.djangoapps.courseware.models import StudentModule

        place = in_its_course(usage_key)
        collected = collected_blocks(place.course_key) if place is not None else None
        unit = unit_of(collected, place) if collected is not None else None
        if unit is None or not user.is_authenticated:
            return UnitState.OPEN
        blocks = get_course_blocks(user, unit, include_completion=True)
        shares = {key: BlockCompletionTransformer.get_block_completion(blocks, key) for key in blocks.get_block_keys()}
        done = [share >= 1 for share in shares.values() if share is not None]
        scores = StudentModule.objects.filter(
            student=user, course_id=unit.course_key, module_state_key__in=list(shares), max_grade__gt=0
        ).exclude(grade=None)
        if any(grade / most < HALF for grade, most in scores.values_list("grade", "max_grade")):
            return UnitState.FAILED
        return UnitState.PASSED if done and all(done) else UnitState.OPEN

    @or_else(nothing)
    def next_deadline(self, user: Any, course_key: Any, now: datetime) -> datetime | None:
        """From the dates of edx-when, the learner's own extensions and personal schedule in them; kept in its cache."""
        from edx_when.api import get_dates_for_course

        if not is_course(course_key) or not user.is_authenticated:
            return None
        dates = get_dates_for_course(course_key, user)
        coming = [date for (_block, name), date in dates.items() if name == "due" and date is not None and date >= now]
        return min(coming, default=None)
