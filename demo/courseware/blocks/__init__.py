"""The blocks that the demo brings itself, and what must be known of a block's type before it runs."""

from __future__ import annotations

import json
import logging
from importlib.metadata import EntryPoint
from typing import Any

from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import String

log = logging.getLogger(__name__)

BUILT_IN = {
    "course": "demo.courseware.blocks.structure:CourseBlock",
    "chapter": "demo.courseware.blocks.structure:ChapterBlock",
    "sequential": "demo.courseware.blocks.structure:SequentialBlock",
    "vertical": "demo.courseware.blocks.structure:VerticalBlock",
    "html": "demo.courseware.blocks.html:HtmlBlock",
    "video": "demo.courseware.blocks.video:VideoBlock",
    "problem": "demo.courseware.blocks.problem:ProblemBlock",
}


def register_built_in() -> None:
    """Makes the built-in blocks known by name in this process. May be called again."""
    known = {name for name, _entry_point in XBlock.extra_entry_points}
    for name, value in BUILT_IN.items():
        if name not in known:
            XBlock.extra_entry_points.append((name, EntryPoint(name=name, value=value, group="xblock.v1")))


def block_class(block_type: str) -> type[XBlock]:
    """The class of a block type: built in or installed; the placeholder if nothing knows it or its package is broken."""
    from demo.courseware.blocks.unknown import UnknownBlock

    try:
        return XBlock.load_class(block_type, default=UnknownBlock)
    except ImportError:
        log.exception("The package of the block type %s cannot be imported", block_type)
        return UnknownBlock


def typed(block_type: str, values: dict[str, Any]) -> dict[str, Any]:
    """The settings of a block as its fields store them: OLX writes everything but text as JSON.

    What is not JSON stays text, and so does every value of a block that is not installed: the block decides what to do
    with a setting that it cannot read.
    """
    fields = block_class(block_type).fields
    return {
        name: value if isinstance(fields.get(name), String | None) else _json(value) for name, value in values.items()
    }


def is_completable(block_type: str, values: dict[str, Any]) -> bool:
    """Whether a learner can complete the block here: placeholders and containers cannot be completed."""
    found = block_class(block_type)
    if XBlockCompletionMode.get_mode(found) != XBlockCompletionMode.COMPLETABLE:
        return False
    can_be_shown = getattr(found, "can_be_shown", None)
    return True if can_be_shown is None else can_be_shown(values)


def _json(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
