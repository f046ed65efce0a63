"""What the queue holds of a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.moderation.queue.models import QueueItem, SavedFilter, Shortcuts
from referral_xblock.api import OwnDataPart, in_pages


def own_queue(user_id: int) -> Iterator[OwnDataPart]:
    """Three lists. A query for 500 rows of each. Signs are not spelt out: whoever knows them avoids them."""
    yield OwnDataPart(
        "my_posts_that_were_looked_at",
        _("Your posts that moderators looked at or are to look at. The signs that led to it are not listed."),
        in_pages(
            QueueItem.objects.filter(author_id=user_id),
            course="course_key",
            what="kind",
            number="post_id",
            state="state",
            outcome="outcome",
            decided_at="decided_at",
        ),
    )
    yield OwnDataPart(
        "my_filters",
        _("The filters you keep for the moderation of your courses."),
        in_pages(SavedFilter.objects.filter(user_id=user_id), course="course_key", name="name", query="query"),
    )
    yield OwnDataPart(
        "my_keys",
        _("The keys you use in the moderation of your courses."),
        in_pages(Shortcuts.objects.filter(user_id=user_id), on="on", keys="keys"),
    )
