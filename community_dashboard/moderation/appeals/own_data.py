"""What a person appealed, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.moderation.appeals.models import Appeal
from referral_xblock.api import OwnDataPart, in_pages


def own_appeals(user_id: int) -> Iterator[OwnDataPart]:
    """What the person wrote, and what came of it; who decided is not theirs. A query for 500 rows."""
    yield OwnDataPart(
        "my_appeals",
        _("Decisions of moderators that you asked to have looked at again."),
        in_pages(
            Appeal.objects.filter(user_id=user_id),
            course="course_key",
            decision="decision_id",
            words="words",
            at="made_at",
            state="state",
            answer="answer",
            answered_at="decided_at",
        ),
    )
