"""What segments keep of a person of a course team."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.engagement.segments.models import SegmentChange
from referral_xblock.api import OwnDataPart, in_pages


def own_segment_changes(user_id: int) -> Iterator[OwnDataPart]:
    """One list: a line for each change that the person made. One query for each page."""
    yield OwnDataPart(
        "changes_of_segments",
        _("What you changed of the segments of courses, and when."),
        in_pages(
            SegmentChange.objects.filter(by=user_id),
            course="course_key",
            segment="key",
            act="act",
            name="name",
            at="at",
        ),
    )
