"""Reads of the courses."""

from __future__ import annotations

import mimetypes
import os
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.storage import default_storage
from opaque_keys.edx.django.models import UsageKeyField
from opaque_keys.edx.keys import CourseKey, UsageKey

from demo.courseware.models import Block, Course, Deadline, FieldValue

BATCH = 500
NO_UNIT = UsageKeyField.Empty  # how a key field asks for rows without a key
OUTLINE = ("chapter", "sequential", "vertical")


@dataclass(frozen=True)
class Node:
    """A chapter, a sequence or a unit, with what it holds."""

    usage_key: UsageKey
    block_type: str
    title: str
    children: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)  # of a unit, where they were asked for


@dataclass(frozen=True)
class Place:
    """A unit in its course: what stands around it. `trail` are the titles of its chapter and sequence."""

    unit: Block
    trail: list[str]
    previous: Node | None
    next: Node | None


def course(course_key: CourseKey) -> Course | None:
    """The course, or None. One query."""
    return Course.objects.filter(course_key=course_key).first()


def courses() -> list[Course]:
    """All courses by title. One query."""
    return list(Course.objects.order_by("title", "pk"))


def outline(course_key: CourseKey, *, with_blocks: bool = False) -> list[Node]:
    """The chapters with their sequences with their units, in the order of reading. One query, two with the blocks."""
    rows = Block.objects.filter(course_key=course_key, block_type__in=OUTLINE).order_by("position", "pk")
    nodes: dict[UsageKey, Node] = {}
    chapters = []
    for usage_key, block_type, parent, title in rows.values_list("usage_key", "block_type", "parent", "display_name"):
        node = nodes[usage_key] = Node(usage_key, block_type, title)
        if parent in nodes:
            nodes[parent].children.append(node)
        elif block_type == "chapter":
            chapters.append(node)
    if with_blocks:
        held = Block.objects.filter(course_key=course_key).exclude(unit=NO_UNIT).defer("authored")
        for row in held.order_by("position", "pk"):
            if row.unit in nodes:
                nodes[row.unit].blocks.append(row)
    return chapters


def place(unit_key: UsageKey) -> Place | None:
    """Where a unit stands, or None if it is no unit. Two queries."""
    unit = block(unit_key)
    if unit is None or unit.block_type != "vertical":
        return None
    row = [
        (unit_node, [chapter.title, sequence.title])
        for chapter in outline(unit.course_key)
        for sequence in chapter.children
        for unit_node in sequence.children
    ]
    index = next((index for index, (node, _trail) in enumerate(row) if node.usage_key == unit_key), None)
    if index is None:
        return None
    return Place(
        unit=unit,
        trail=row[index][1],
        previous=row[index - 1][0] if index else None,
        next=row[index + 1][0] if index + 1 < len(row) else None,
    )


def block(usage_key: UsageKey) -> Block | None:
    """One block, or None. One query."""
    return Block.objects.filter(usage_key=usage_key).first()


def first_block(course_key: CourseKey, block_type: str) -> UsageKey | None:
    """The first block of a type in the order of reading, or None. One query."""
    rows = Block.objects.filter(course_key=course_key, block_type=block_type).order_by("position", "pk")
    return rows.values_list("usage_key", flat=True).first()


def first_unit(course_key: CourseKey) -> UsageKey | None:
    """The unit with which the course begins, or None if it has none. One query."""
    return first_block(course_key, "vertical")


def units(course_key: CourseKey) -> list[tuple[UsageKey, str]]:
    """The units with their titles, in the order of reading. One query."""
    rows = Block.objects.filter(course_key=course_key, block_type="vertical").order_by("position", "pk")
    return list(rows.values_list("usage_key", "display_name"))


def blocks_of(unit: UsageKey) -> list[Block]:
    """The blocks in a unit, in the order of reading, without the unit itself. One query."""
    return list(Block.objects.filter(unit=unit).order_by("position", "pk"))


def unit_of(usage_key: UsageKey) -> tuple[UsageKey, str] | None:
    """The unit that holds the block (or is it), with its title; None if there is none. One or two queries."""
    row = block(usage_key)
    if row is not None and row.unit is not None:
        row = block(row.unit)
    return (row.usage_key, row.display_name) if row is not None and row.block_type == "vertical" else None


def unit_titles(usage_keys: list[UsageKey]) -> dict[UsageKey, str]:
    """Titles of the units that hold these blocks; unknown blocks are left out. Two queries for every 500 blocks."""
    held: dict[UsageKey, UsageKey] = {}
    for start in range(0, len(usage_keys), BATCH):
        rows = Block.objects.filter(usage_key__in=usage_keys[start : start + BATCH])
        for key, unit, block_type in rows.values_list("usage_key", "unit", "block_type"):
            if unit is not None or block_type == "vertical":
                held[key] = unit or key
    titles: dict[UsageKey, str] = {}
    units = list(set(held.values()))
    for start in range(0, len(units), BATCH):
        rows = Block.objects.filter(usage_key__in=units[start : start + BATCH])
        titles.update(rows.values_list("usage_key", "display_name"))
    return {key: titles[unit] for key, unit in held.items() if unit in titles}


def completable_blocks(course_key: CourseKey) -> list[UsageKey]:
    """The blocks that a learner can complete, in the order of reading; placeholders are not among them. One query."""
    rows = Block.objects.filter(course_key=course_key, completable=True).order_by("position", "pk")
    return list(rows.values_list("usage_key", flat=True))


def deadlines(course_key: CourseKey) -> list[datetime]:
    """When something is due in the course, for everybody, in the order of time. One query."""
    rows = Deadline.objects.filter(course_key=course_key, due__isnull=False)
    return list(rows.order_by("due").values_list("due", flat=True))


def grade(user_id: int, course_key: CourseKey) -> float | None:
    """The learner's share of the points of all graded questions, 0 to 1; None if nothing is graded. Two queries."""
    points = weights(course_key)
    return _shares([user_id], course_key, points).get(user_id, 0.0) if sum(points.values()) > 0 else None


def grades(user_ids: list[int], course_key: CourseKey) -> dict[int, float]:
    """The same for those of many who answered a question yet. One query, and one for every 500 people."""
    points = weights(course_key)
    found: dict[int, float] = {}
    if sum(points.values()) > 0:
        for start in range(0, len(user_ids), BATCH):
            found.update(_shares(user_ids[start : start + BATCH], course_key, points))
    return found


def scores(user_id: int, usage_keys: list[UsageKey]) -> dict[str, float]:
    """The learner's share of the points, 0 to 1, of those of these blocks that were answered. One query."""
    rows = FieldValue.objects.filter(
        user_key=str(user_id), scope="user_state", field_name="score", scope_id__in=[str(key) for key in usage_keys]
    )
    return {key: share for key, share in rows.values_list("scope_id", "value") if isinstance(share, int | float)}


def weights(course_key: CourseKey) -> dict[str, float]:
    """The points of each graded question that can be completed, by its usage key. One query."""
    rows = Block.objects.filter(course_key=course_key, block_type="problem", graded=True, completable=True)
    return {
        str(key): float(weight) if isinstance(weight := authored.get("weight", 1.0), int | float) else 1.0
        for key, authored in rows.values_list("usage_key", "authored")
    }


def _shares(user_ids: list[int], course_key: CourseKey, weights: dict[str, float]) -> dict[int, float]:
    total = sum(weights.values())
    users = [str(user_id) for user_id in user_ids]
    scores = FieldValue.objects.filter(user_key__in=users, scope="user_state", field_name="score")
    scores = scores.filter(scope_id__startswith=f"block-v1:{str(course_key).removeprefix('course-v1:')}+")
    found: dict[int, float] = {}
    for user, key, share in scores.values_list("user_key", "scope_id", "value"):
        found[int(user)] = found.get(int(user), 0.0) + weights.get(key, 0.0) * (share or 0.0)
    return {user_id: points / total for user_id, points in found.items()}


def picture(course_key: CourseKey) -> tuple[bytes, str] | None:
    """The course's picture and its media type, or None. One query and one file."""
    row = course(course_key)
    return stored_file(row, row.picture) if row is not None and row.picture else None


def stored_file(row: Course, name: str) -> tuple[bytes, str] | None:
    """One of the pictures that came with the course, by its name there, and its media type. One file."""
    stored = row.files.get(name)
    if stored is None or not default_storage.exists(stored):
        return None
    media_type = mimetypes.types_map.get(os.path.splitext(stored)[1], "image/webp")
    with default_storage.open(stored) as file:
        return file.read(), media_type
