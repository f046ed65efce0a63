"""What is said after a decision: in words, with the way back where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.log_words import DONE
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.undoing import why_not
from community_dashboard.moderation.projection.queries import posts_in


@dataclass(frozen=True)
class Said:
    """A message. `code` brings it back on the next page; `undo` is where the button sends, "" without one."""

    words: str
    code: str = ""
    undo: str = ""
    wrong: bool = False


def said_of(course_key: CourseKey, code: str, *, reader: Any, now: datetime) -> Said | None:
    """What a code in an address stands for, for who made that decision; None for anything else. Three queries."""
    undone, number = code.startswith("undone-"), code.removeprefix("undone-")
    if code == "late":
        return said_wrong(_("Somebody has decided on this already. Nothing was done twice."))
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    row = Decision.objects.filter(pk=int(number), course_key=course_key).first()
    if row is None or reader.id not in (row.actor_id, row.undone_by_id):
        return None
    if undone:
        return said_undone(row)
    why = why_not(row, now)
    words = _with_title(row, str(DONE[Choice(row.choice)]))
    if why is not None:
        return Said(f"{words} {why}" if row.state == "done" else words, code)
    return Said(words, code, reverse("community_dashboard:moderation_undo", args=[str(course_key), row.pk]))


def said_undone(row: Decision) -> Said:
    """That it was taken back."""
    what = str(DONE[Choice(row.choice)])
    return Said(_("Undone: %(what)s") % {"what": _with_title(row, what)}, f"undone-{row.pk}")


def said_wrong(sentence: Any) -> Said:
    """That it was not done, and why. `sentence` is a text or an error with one."""
    return Said(str(sentence), "late", wrong=True)


def _with_title(row: Decision, what: str) -> str:
    """The decision with the title of its thread."""
    thread = posts_in(row.course_key, [PostRef(PostKind.THREAD, row.thread_id)]) if row.thread_id else {}
    title = next((post.title for post in thread.values()), "")
    return _("%(what)s: %(title)s.") % {"what": what, "title": title} if title else f"{what}."
