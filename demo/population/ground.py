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
    """`blocks` are the usage keys of what can be completed, `prompts` the placements of the share panels, as read."""

    course_key: Any
    blocks: tuple[Any, ...]
    prompts: tuple[str, ...]
    shape: CourseShape

    def holds_out(self, user_id: int) -> bool:
        """Whether this account sees the panels without their prompt: the very draw that the block makes."""
        return api.is_held_out(user_id, self.course_key)


def ground_of(course_key: Any) -> Ground:
    """The course as the crowd finds it; without a share panel in it nobody invites. Two queries."""
    blocks, prompts, before = [], [], []
    rows = Block.objects.filter(course_key=course_key).order_by("position", "pk")
    for usage_key, completable in rows.values_list("usage_key", "completable"):
        if usage_key.block_type == "referral":
            prompts.append(str(usage_key))
            before.append(len(blocks))
        if completable:
            blocks.append(usage_key)
    known = course(course_key)
    shape = CourseShape(blocks=len(blocks), prompts=tuple(before), graded=bool(known and known.graded))
    return Ground(course_key, tuple(blocks), tuple(prompts), shape)
