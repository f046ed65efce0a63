"""The course in which the crowd lives: what can be completed in it, and where it can be shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from demo.courseware.models import Block
from demo.courseware.queries import course
from demo.population.story import CourseShape
from referral_xblock import api


@dataclass(frozen=True)
class Ground:
    """`blocks` are the usage keys of what can be completed, `prompts` the placements of the share panels, as read.

    `names` are the blocks' keys as text, `units` those of the units in which they stand, one for each block.
    """

    course_key: Any
    blocks: tuple[Any, ...]
    names: tuple[str, ...]
    units: tuple[str, ...]
    prompts: tuple[str, ...]
    shape: CourseShape

    def holds_out(self, user_id: int) -> bool:
        """Whether this account sees the panels without their prompt: the very draw that the block makes."""
        return api.is_held_out(user_id, self.course_key)


def ground_of(course_key: Any) -> Ground:
    """The course as the crowd finds it; without a share panel in it nobody invites. Two queries."""
    blocks, units, prompts, before, hard = [], [], [], [], []
    rows = Block.objects.filter(course_key=course_key).order_by("position", "pk")
    for usage_key, unit, completable in rows.values_list("usage_key", "unit", "completable"):
        if usage_key.block_type == "referral":
            prompts.append(str(usage_key))
            before.append(len(blocks))
        if completable:
            if usage_key.block_type == "problem" and (not blocks or blocks[-1].block_type != "problem"):
                hard.append(len(blocks))
            blocks.append(usage_key)
            units.append(str(unit))
    known = course(course_key)
    shape = CourseShape(
        blocks=len(blocks), prompts=tuple(before), graded=bool(known and known.graded), hard=tuple(hard)
    )
    names = tuple(str(block) for block in blocks)
    return Ground(course_key, tuple(blocks), names, tuple(units), tuple(prompts), shape)
