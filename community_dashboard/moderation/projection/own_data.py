"""What the projection holds of a person's posts."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.moderation.projection.models import ForumPost
from referral_xblock.api import OwnDataPart, in_pages


def own_posts(user_id: int) -> Iterator[OwnDataPart]:
    """One list. A query for 500 posts."""
    yield OwnDataPart(
        "my_posts",
        _(
            "Your posts in the discussions of your courses, as their moderators see them. The posts themselves are the forum's."
        ),
        in_pages(
            ForumPost.objects.filter(author_id=user_id),
            course="course_key",
            what="kind",
            number="post_id",
            title="title",
            beginning="excerpt",
            at="created_at",
            gone_at="gone_at",
        ),
    )
