"""What jobs keep of a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.moderation.bulk.models import BulkJob
from referral_xblock.api import OwnDataPart, in_pages


def own_jobs(user_id: int) -> Iterator[OwnDataPart]:
    """One list. A query for 500 rows. What was decided about a person's own posts is in the log's part."""
    yield OwnDataPart(
        "what_i_decided_about_many_posts",
        _("What you decided about many posts at once, as a moderator."),
        in_pages(
            BulkJob.objects.filter(by_id=user_id),
            course="course_key",
            what="choice",
            why="reason",
            posts="total",
            at="began_at",
        ),
    )
