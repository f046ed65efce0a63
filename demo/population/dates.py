"""When the course's questions are due, around which the crowd's eight weeks turn, and who has more time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from demo.campus.models import Enrolment
from demo.courseware.models import Block, Deadline, Extension
from demo.population.story import DUE

ASKED, LONGER = 25, timedelta(days=4)  # one in so many asked for more time the day before, and got so much


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


def give_more_time(course_key: Any, *, now: datetime) -> int:
    """Some learners get more time for what is due next, as a team gives it; returns how many. Three queries. Repeatable."""
    if Extension.objects.filter(course_key=course_key).exists():
        return 0
    following = Deadline.objects.filter(course_key=course_key, due__gte=now).order_by("due").first()
    given = now - timedelta(days=1)
    enrolled = Enrolment.objects.filter(course_key=course_key, active=True, created__lt=given).order_by("pk")
    asked = list(enrolled.values_list("user_id", flat=True)[::ASKED]) if following is not None else []
    Extension.objects.bulk_create(
        Extension(
            user_id=user_id,
            course_key=course_key,
            usage_key=following.usage_key,
            due=following.due + LONGER,
            given=given,
        )
        for user_id in asked
    )
    return len(asked)
