"""What a moderator should know of an author before deciding: what was done with them in this course, and the team's notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from community_dashboard.access.sealing import sealed
from community_dashboard.moderation.decisions.log_words import DONE
from community_dashboard.moderation.queue.desk import Desk, names_of
from community_dashboard.moderation.sanctions.queries import history_of

SHOWN = 20  # of each; the log has the rest


@dataclass(frozen=True)
class Past:
    """One warning, silence or ban. `until` is empty for what has no end; `lifted_at` for what was not taken back."""

    words: str
    reason: str
    made_at: datetime
    until: datetime | None
    lifted_at: datetime | None


@dataclass(frozen=True)
class Note:
    """One note of the team."""

    text: str
    by: str  # "" where that account is gone
    made_at: datetime


@dataclass(frozen=True)
class AboutAuthor:
    """The newest first. `log` is the address of everything that was decided about this person in the course."""

    log: str
    past: Sequence[Past]
    notes: Sequence[Note]

    @property
    def number(self) -> int:
        """How many lines there are."""
        return len(self.past) + len(self.notes)


def about_author(desk: Desk, author_id: int | None) -> AboutAuthor | None:
    """None where nobody stands behind the post any more. Three queries; two where there is no note."""
    if author_id is None:
        return None
    found = history_of(author_id, desk.course_key, limit=SHOWN)
    names = names_of(note.by for note in found.notes if note.by)
    log = reverse("community_dashboard:moderation_log", args=[str(desk.course_key)])
    return AboutAuthor(
        log=f"{log}?{urlencode({'author': sealed(author_id, desk.course_key)})}",
        past=[Past(str(DONE[one.kind]), one.reason, one.made_at, one.until, one.lifted_at) for one in found.sanctions],
        notes=[Note(note.text, names.get(note.by, "") if note.by else "", note.made_at) for note in found.notes],
    )
