"""What learning keeps of a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.moderation.urgency.models import UrgencyMark
from referral_xblock.api import OwnDataPart, in_pages


def own_marks(user_id: int) -> Iterator[OwnDataPart]:
    """One list. A query for 500 rows."""
    yield OwnDataPart(
        "posts_i_called_urgent_or_not",
        _("Posts of which you said that they are urgent, or are not."),
        in_pages(
            UrgencyMark.objects.filter(by_id=user_id),
            course="course_key",
            what="kind",
            number="post_id",
            urgent="urgent",
            at="marked_at",
        ),
    )
