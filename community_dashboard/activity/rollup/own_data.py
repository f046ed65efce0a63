"""What the figures hold of a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.activity.rollup.models import LearnerDay, LearnerState
from community_dashboard.activity.rollup.rows import DAY_COLUMNS, STATE_COLUMNS
from referral_xblock.api import OwnDataPart, in_pages


def own_figures(user_id: int) -> Iterator[OwnDataPart]:
    """Two lists: the days, and where the person stands. A query for 500 rows of each."""
    yield OwnDataPart(
        "my_days",
        _("How much you did on each day in your courses, as the course teams count it."),
        in_pages(LearnerDay.objects.filter(person=user_id), **_named(DAY_COLUMNS)),
    )
    yield OwnDataPart(
        "my_standing",
        _("Where you stand in your courses, as the course teams see it; shares in thousandths, -1 where nobody knows."),
        in_pages(LearnerState.objects.filter(person=user_id), **_named(STATE_COLUMNS)),
    )


def _named(columns: tuple[str, ...]) -> dict[str, str]:
    return {"course": "course_key", **{name: name for name in columns if name != "person"}}
