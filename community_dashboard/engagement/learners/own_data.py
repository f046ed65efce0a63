"""What the teams of a person's courses noted about them, and what they noted themselves."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.engagement.learners.models import LearnerAct, LearnerNote, LearnerTag
from referral_xblock.api import OwnDataPart, in_pages


def own_notes(user_id: int) -> Iterator[OwnDataPart]:
    """Six lists, none of which names anybody else. A query for 500 rows of each."""
    about = {"course": "course_key", "at": "made_at"}
    yield OwnDataPart(
        "team_notes_about_me",
        _("What the teams of your courses noted about you."),
        in_pages(LearnerNote.objects.filter(user_id=user_id), text="text", **about),
    )
    yield OwnDataPart(
        "tags_on_me",
        _("The tags by which the teams of your courses find you again."),
        in_pages(LearnerTag.objects.filter(user_id=user_id), tag="label", **about),
    )
    log = {"what": "what", "tag": "label", "course": "course_key", "at": "happened_at"}
    yield OwnDataPart(
        "team_acts_on_me",
        _("When the teams of your courses noted or tagged something about you, or took it away."),
        in_pages(LearnerAct.objects.filter(user_id=user_id), **log),
    )
    yield OwnDataPart(
        "my_notes_on_learners",
        _("What you noted about learners, without their names."),
        in_pages(LearnerNote.objects.filter(by_id=user_id), text="text", **about),
    )
    yield OwnDataPart(
        "my_tags_on_learners",
        _("The tags that you gave to learners, without their names."),
        in_pages(LearnerTag.objects.filter(by_id=user_id), tag="label", **about),
    )
    yield OwnDataPart(
        "my_acts_on_learners",
        _("When you noted or tagged something about learners, or took it away, without their names."),
        in_pages(LearnerAct.objects.filter(by_id=user_id), **log),
    )
