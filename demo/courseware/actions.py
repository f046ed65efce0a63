"""Writes of the courses: load an export, add a block, take one away, note that a unit was read."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.completable import XBlockCompletionMode

from demo.courseware.blocks import is_completable, typed
from demo.courseware.models import Block, Course, FieldValue
from demo.courseware.olx import ReadBlock, read_course
from demo.courseware.queries import NO_UNIT
from demo.courseware.runtime import CourseRuntime

ADVANCED = ("referral", "html")
PICTURE_FOLDER = "courseware/files"
BATCH = 200


def load_course(path: Path, now: datetime) -> CourseKey:
    """Loads a Studio export (`.tar.gz`) or a folder of OLX and returns the key of its course.

    The course and its blocks become what the export says; what learners did in blocks that are still there stays.
    Raises OlxError with one sentence for a person, and has then changed nothing. One transaction; about one query for
    every 200 blocks.
    """
    read = read_course(Path(path))
    files = {name: _keep_picture(name, data) for name, data in read.pictures.items()}
    rows = [_row(read.course_key, position, block) for position, block in enumerate(read.blocks)]
    graded = any(row.graded and row.completable and row.block_type == "problem" for row in rows)
    values = {**read.about, "files": files, "graded": graded, "loaded": now}
    with transaction.atomic():
        Course.objects.update_or_create(course_key=read.course_key, defaults=values)
        old = set(Block.objects.filter(course_key=read.course_key).values_list("usage_key", flat=True))
        gone = sorted(str(key) for key in old - {row.usage_key for row in rows})
        for start in range(0, len(gone), BATCH):
            FieldValue.objects.filter(scope_id__in=gone[start : start + BATCH]).delete()
        Block.objects.filter(course_key=read.course_key).delete()
        Block.objects.bulk_create(rows, batch_size=BATCH)
    return read.course_key


def add_block(*, unit: UsageKey, block_type: str, block_id: str) -> UsageKey:
    """Puts a new, empty block at the end of a unit and returns its key.

    `block_id` is fresh and random, as Studio's are. Raises ValueError if the type is not on the list of ADVANCED blocks
    or there is no such unit.
    """
    if block_type not in ADVANCED:
        raise ValueError(block_type)
    with transaction.atomic():
        row = Block.objects.select_for_update().filter(usage_key=unit, block_type="vertical").first()
        if row is None:
            raise ValueError(str(unit))
        last = Block.objects.filter(unit=unit).order_by("-position").first() or row
        key = row.course_key.make_usage_key(block_type, block_id)
        Block.objects.create(
            course_key=row.course_key,
            usage_key=key,
            block_type=block_type,
            parent=unit,
            unit=unit,
            # Positions need not be unique: within one unit the later row comes later.
            position=last.position,
            completable=is_completable(block_type, {}),
            graded=row.graded,
        )
    return key


def delete_block(*, usage_key: UsageKey) -> bool:
    """Takes a block out of its unit together with what learners did in it. False if it was gone, or is no unit's block."""
    with transaction.atomic():
        deleted, _by_model = Block.objects.filter(usage_key=usage_key).exclude(unit=NO_UNIT).delete()
        if deleted:
            FieldValue.objects.filter(scope_id=str(usage_key)).delete()
    return bool(deleted)


def mark_as_read(*, runtime: CourseRuntime, blocks: list[Block]) -> int:
    """Completes those of a unit's blocks that are complete once they were read; returns how many there are.

    The LMS does this after a few seconds in view. Questions, and blocks that decide themselves, are left alone. A film, which
    has no player here, is thereby told to have been played.
    """
    read = 0
    for row in blocks:
        block = runtime.get_block(row.usage_key)
        decides = getattr(block, "has_custom_completion", False) or getattr(block, "has_score", False)
        if XBlockCompletionMode.get_mode(block) == XBlockCompletionMode.COMPLETABLE and not decides:
            runtime.publish(block, "completion", {"completion": 1.0})
            if row.block_type == "video":
                runtime.publish(block, "play_video", {"id": row.usage_key.block_id, "code": "html5", "currentTime": 0})
            read += 1
    return read


def _row(course_key: CourseKey, position: int, read: ReadBlock) -> Block:
    block_type = read.usage_key.block_type
    authored = typed(block_type, read.values)
    return Block(
        course_key=course_key,
        usage_key=read.usage_key,
        block_type=block_type,
        parent=read.parent,
        unit=read.unit,
        position=position,
        display_name=read.display_name,
        completable=is_completable(block_type, authored),
        graded=read.graded,
        authored=authored,
    )


def _keep_picture(name: str, data: bytes) -> str:
    """Stores a picture under the hash of its content: loading again, or loading in vain, overwrites nothing."""
    stored = f"{PICTURE_FOLDER}/{hashlib.sha256(data).hexdigest()[:40]}{os.path.splitext(name)[1].lower()}"
    if not default_storage.exists(stored):
        default_storage.save(stored, ContentFile(data))
    return stored
