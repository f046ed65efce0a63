"""What a course of the LMS is made of."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from community_dashboard.data import OutlineUnit
from community_dashboard.host.keys import is_course

COMPLETABLE = "completable"  # the platform's word; aggregators and what is excluded are not
VISIBLE = "visible"  # of an update; what was deleted stays in the list
WRITTEN_DAY = re.compile(r"(\w+) (\d{1,2}), (\d{4})")
# Written out: the names of the C library depend on the locale of the process.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


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

    def updates(self, course_key: Any) -> list[date]:
        """The items of the block "updates"; Studio writes their days in English."""
        from openedx.core.lib.xblock_utils import get_course_update_items
        from xmodule.modulestore.django import modulestore
        from xmodule.modulestore.exceptions import ItemNotFoundError

        if not is_course(course_key):
            return []
        try:
            block = modulestore().get_item(course_key.make_usage_key("course_info", "updates"))
        except (ItemNotFoundError, NotImplementedError):  # a course that has none; a custom course has none of its own
            return []
        shown = (item for item in get_course_update_items(block) if item.get("status", VISIBLE) == VISIBLE)
        days = (_day(item.get("date") or "") for item in shown)
        return sorted(day for day in days if day is not None)


def _day(words: str) -> date | None:
    found = WRITTEN_DAY.fullmatch(words.strip())
    if found is None or found[1] not in MONTHS:
        return None
    try:
        return date(int(found[3]), MONTHS.index(found[1]) + 1, int(found[2]))
    except ValueError:  # the 31st of June
        return None


def _leaves(structure: Any, key: Any) -> list[Any]:
    """What can be completed below a unit, or the unit itself where it holds nothing and can."""
    children = structure.get_children(key)
    if children:
        return [leaf for child in children for leaf in _leaves(structure, child)]
    return [key] if structure.get_xblock_field(key, "completion_mode") == COMPLETABLE else []
