"""What the clock holds of a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.moderation.clock.models import CourseHours, CourseTarget
from referral_xblock.api import OwnDataPart, in_pages


def own_targets(user_id: int) -> Iterator[OwnDataPart]:
    """Two lists. A query for 500 rows of each."""
    yield OwnDataPart(
        "targets_i_changed_last",
        _("Courses whose targets for answers you changed last."),
        in_pages(CourseTarget.objects.filter(changed_by_id=user_id), course="course_key", what="kind", at="changed_at"),
    )
    yield OwnDataPart(
        "hours_i_changed_last",
        _("Courses whose working hours you changed last."),
        in_pages(CourseHours.objects.filter(changed_by_id=user_id), course="course_key", at="changed_at"),
    )
