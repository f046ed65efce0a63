"""Why a post was hidden or deleted where nobody typed a reason: what had been found in it. Its author reads the words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostRef
from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.queue.queries import findings_of, item_of

EXPLAINED = frozenset({Choice.HIDE, Choice.DELETE})
_SPAM = "found-spam"
# What weighs most for the author stands first. What says nothing of the text (a first post, an unanswered one) is no reason.
_CODES = {
    Reason.REPORTED: "found-reported",
    Reason.HELD: _SPAM,
    Reason.SUSPECT: _SPAM,
    Reason.IMPERSONATION: _SPAM,
    Reason.WATCHED: "found-word",
}
WORDS: dict[str, Promise] = {
    "found-reported": _("Others in the course had reported it."),
    _SPAM: _("It has signs of advertising or of deception."),
    "found-word": _("It has a word that the course does not want."),
}


def reason_found(course_key: CourseKey, ref: PostRef) -> str:
    """A key of `WORDS`, or "" where nothing was found that would be a reason. Two queries."""
    item = item_of(course_key, ref)
    found = {row.reason for row in findings_of(item)} if item is not None else set()
    return next((code for reason, code in _CODES.items() if reason.value in found), "")
