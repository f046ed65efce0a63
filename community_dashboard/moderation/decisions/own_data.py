"""What the log holds of a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.moderation.decisions.models import CannedReply, Decision, EarlierText, KeptOriginal
from referral_xblock.api import OwnDataPart, in_pages


def own_decisions(user_id: int) -> Iterator[OwnDataPart]:
    """What was decided about the person, what the person decided, and texts of theirs that we keep. A query for 500 rows."""
    about = {"what": "choice", "course": "course_key", "kind": "kind", "number": "post_id", "at": "made_at"}
    yield OwnDataPart(
        "moderation_about_me",
        _("What moderators, or rules in their name, decided about your posts and you."),
        in_pages(
            Decision.objects.filter(subject_id=user_id).exclude(state="failed"),
            **about,
            automatic="automatic",
            reason="reason",
            note="note",
            details="fields",
            undone_at="undone_at",
        ),
    )
    yield OwnDataPart(
        "moderation_by_me",
        _("What you decided as a moderator."),
        in_pages(Decision.objects.filter(actor_id=user_id).exclude(state="failed"), **about, reason="reason"),
    )
    yield OwnDataPart(
        "moderation_kept_texts",
        _("What you wrote and a moderator, or a rule, took out of the forum; it is kept so that it can come back."),
        in_pages(
            KeptOriginal.objects.filter(author_id=user_id),
            course="course_key",
            title="title",
            text="body",
            masked_at="masked_at",
            restored_at="restored_at",
        ),
    )
    yield OwnDataPart(
        "moderation_earlier_texts",
        _("What you wrote, as it was before a moderator changed it."),
        in_pages(EarlierText.objects.filter(author_id=user_id), title="title", text="body", kept_until="delete_after"),
    )
    yield OwnDataPart(
        "moderation_canned_replies",
        _("Answers that you keep for use again with the other moderators."),
        in_pages(
            CannedReply.objects.filter(author_id=user_id),
            course="course_key",
            title="title",
            text="body",
            at="changed_at",
        ),
    )
