"""What the record holds of a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.activity.models import Activity
from referral_xblock.api import OwnDataPart, in_pages


def own_activity(user_id: int) -> Iterator[OwnDataPart]:
    """One list, as long as the person was active. A query for 500 rows."""
    yield OwnDataPart(
        "my_activity",
        _("What you did in your courses, as the course teams count it."),
        in_pages(
            Activity.objects.filter(user_id=user_id),
            what="kind",
            course="course_key",
            about="object_kind",
            number="object_id",
            at="happened_at",
        ),
    )
