"""What passes between the folders of moderation: plain, frozen data, standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why a post stands in the queue."""

    REPORTED = "reported"  # by learners
    HELD = "held"  # masked by a rule, until somebody looks
    WATCHED = "watched"  # has a word that the course watches
    SUSPECT = "suspect"  # a rule flags it without holding it
    IMPERSONATION = "impersonation"  # the author's name looks like that of the course's staff
    FIRST_POST = "first_post"  # of a new author
    URGENT = "urgent"
    UNANSWERED = "unanswered"  # a question past its target
    EDITED = "edited"  # changed by its author after a moderator had approved it
    COURSE_ERROR = "course_error"  # reports an error in the course itself


class Choice(StrEnum):
    """What can be decided about a post or its author."""

    APPROVE = "approve"  # nothing is wrong: reports are cleared, what was masked is restored
    HOLD = "hold"  # mask until somebody looks; what rules do
    HIDE = "hide"  # mask
    RESTORE = "restore"
    EDIT = "edit"
    CLOSE = "close"
    REOPEN = "reopen"
    ENDORSE = "endorse"
    UNENDORSE = "unendorse"
    PIN = "pin"
    UNPIN = "unpin"
    MOVE = "move"
    REPLY = "reply"
    DELETE = "delete"
    WARN = "warn"
    SILENCE = "silence"
    BAN = "ban"
    LIFT = "lift"  # a silence or a ban
    NOTE = "note"  # on the author, for the team
    ASSIGN = "assign"
    SNOOZE = "snooze"


@dataclass(frozen=True)
class Finding:
    """One reason with what a reader is told about it.

    `code` names a sentence, `facts` fills it: texts are made where they are shown, in the reader's language. `weight` is the part
    in the score, 0 to 100.
    """

    reason: Reason
    code: str
    weight: float
    since: datetime
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
