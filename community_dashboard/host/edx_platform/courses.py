"""What a course of the LMS is made of."""

from __future__ import annotations

from typing import Any

from community_dashboard.data import OutlineUnit
from community_dashboard.host.keys import is_course

COMPLETABLE = "completable"  # the platform's word; aggregators and what is excluded are not


class Courses:
    """The structure that the platform has collected of a course, as its own pages read it."""

    def outline(self, course_key: Any) -> list[OutlineUnit]:
        """The structure in the platform's cache, collected anew where it is not there. Few queries."""
        from openedx.core.djangoapps.content.block_structure.api import get_course_in_cache
        from xmodule.modulestore.exceptions import ItemNotFoundError

        if not is_course(course_key):
            return []
        try:
            structure = get_course_in_cache(course_key)
        except ItemNotFoundError:  # the course is gone
            return []
        root = structure.root_block_usage_key
        return [
            OutlineUnit(
                usage_key=str(unit),
                title=structure.get_xblock_field(unit, "display_name") or unit.block_id,
                section=structure.get_xblock_field(chapter, "display_name") or chapter.block_id,
                blocks=tuple(str(key) for key in _leaves(structure, unit)),
            )
            for chapter in structure.get_children(root)
            for sequence in structure.get_children(chapter)
            for unit in structure.get_children(sequence)
        ]


def _leaves(structure: Any, key: Any) -> list[Any]:
    """What can be completed below a unit, or the unit itself where it holds nothing and can."""
    children = structure.get_children(key)
    if children:
        return [leaf for child in children for leaf in _leaves(structure, child)]
    return [key] if structure.get_xblock_field(key, "completion_mode") == COMPLETABLE else []
