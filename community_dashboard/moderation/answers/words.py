"""The draft of a note as plain text, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community_dashboard.moderation.answers.notes import Note


def note_words(note: Note, unit: str) -> str:
    """The whole draft. Text of learners stands in it as they wrote it: escape it where it becomes HTML."""
    lines = [_("For the unit: %(unit)s") % {"unit": unit}, ""] if unit else []
    lines += [_("Question: %(question)s") % {"question": note.question}]
    asked = ngettext("Asked in %(number)s thread.", "Asked in %(number)s threads.", note.askers)
    lines += [asked % {"number": note.askers}, ""]
    if note.ways:
        lines += [_("In other words:"), *(f"- {way}" for way in note.ways), ""]
    lines += [_("Answer:"), note.answer or _("(still to be written)"), ""]
    return "\n".join(lines)
