"""What was done to a person in forums, and what teams noted about them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.moderation.sanctions.models import AuthorNote, Sanction
from referral_xblock.api import OwnDataPart, in_pages


def own_sanctions(user_id: int) -> Iterator[OwnDataPart]:
    """Two lists; who decided or noted is not theirs. A query for 500 rows of each."""
    yield OwnDataPart(
        "my_sanctions",
        _("Warnings, silences and bans in the discussions of your courses."),
        in_pages(
            Sanction.objects.filter(user_id=user_id),
            course="course_key",
            what="kind",
            reason="reason",
            at="made_at",
            until="until",
            lifted_at="lifted_at",
            decision="decision_id",
        ),
    )
    yield OwnDataPart(
        "notes_about_me",
        _("What moderators of your courses noted about you."),
        in_pages(AuthorNote.objects.filter(user_id=user_id), course="course_key", text="text", at="made_at"),
    )
