"""When the course's questions are due, around which the crowd's eight weeks turn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from demo.courseware.models import Block, Deadline
from demo.population.story import DUE


def set_dates(course_key: Any, *, now: datetime) -> int:
    """One date for each of the story's, on the sequences with graded questions, the last one last; returns how many.

    Three queries, none but the first in a course where nothing is graded. Repeatable.
    """
    graded = Block.objects.filter(course_key=course_key, block_type="sequential", graded=True)
    sequences = list(graded.order_by("position", "pk").values_list("usage_key", flat=True))
    places = [(len(sequences) * number) // len(DUE) - 1 for number in range(1, len(DUE) + 1)]
    dates = {sequences[max(place, 0)]: now + offset for place, offset in zip(places, DUE, strict=True) if sequences}
    for usage_key, due in dates.items():
        Deadline.objects.update_or_create(usage_key=usage_key, defaults={"course_key": course_key, "due": due})
    return len(dates)
