"""Units and their titles, from the blocks that the platform collects at every publish: no query per block."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from referral_xblock.data import Unit
from referral_xblock.host.edx_platform.answering import absolute, is_course, nothing, or_else


class Units:
    """Where a block stands."""

    @or_else(nothing)
    def unit(self, usage_key: Any) -> Unit | None:
        """The unit, with an address that the LMS resolves to it in whatever shows courses. Reads the collected blocks once."""
        place = in_its_course(usage_key)
        blocks = collected_blocks(place.course_key) if place is not None else None
        unit = unit_of(blocks, place) if blocks is not None else None
        if unit is None:
            return None
        return Unit(
            usage_key=str(unit),
            title=_title(blocks, unit),
            url=absolute(f"/courses/{unit.course_key}/jump_to/{unit}"),
        )

    @or_else(dict)
    def block_titles(self, usage_keys: list[str]) -> dict[str, str]:
        """Titles of the units; unknown blocks are left out. Reads the collected blocks once for each course."""
        from opaque_keys import InvalidKeyError
        from opaque_keys.edx.keys import UsageKey

        asked: dict[Any, dict[str, Any]] = defaultdict(dict)
        for text in usage_keys:
            try:
                place = in_its_course(UsageKey.from_string(text))
            except InvalidKeyError:
                continue
            if place is not None:
                asked[place.course_key][text] = place
        titles = {}
        for course_key, places in asked.items():
            blocks = collected_blocks(course_key)
            if blocks is None:
                continue
            for text, place in places.items():
                unit = unit_of(blocks, place)
                if unit is not None:
                    titles[text] = _title(blocks, unit)
        return titles


@or_else(nothing)
def collected_blocks(course_key: Any) -> Any | None:
    """All blocks of a course as published, the same for everybody; None if there is no such course.

    From the platform's cache, one query beside. Only the first time after a publish it loads the course, in seconds.
    """
    from openedx.core.djangoapps.content.block_structure.api import get_block_structure_manager
    from xmodule.modulestore.exceptions import ItemNotFoundError

    try:
        return get_block_structure_manager(course_key).get_collected()
    except ItemNotFoundError:
        return None


def in_its_course(usage_key: Any) -> Any | None:
    """The key without draft branch and version; None for what stands in no course, as the blocks of libraries."""
    course_key = getattr(usage_key, "context_key", None)
    if not is_course(course_key):
        return None
    return usage_key.map_into_course(course_key.replace(branch=None, version_guid=None))


def unit_of(blocks: Any, usage_key: Any) -> Any | None:
    """What stands right below a subsection, above the block or the block itself; None for a block that is gone."""
    key = usage_key
    while key in blocks:
        parents = blocks.get_parents(key)
        if not parents:
            return None
        if parents[0].block_type == "sequential":
            return key
        key = parents[0]
    return None


def _title(blocks: Any, unit: Any) -> str:
    return blocks.get_xblock_field(unit, "display_name") or unit.block_id
