"""What can be told to the record, each with the key that makes the second telling a repetition. Plain Python.

Listeners and reconciliation build the same fact from whatever tells them: that is why they agree. Course keys are opaque
keys, moments are aware, posts are named by ("thread" or "comment", id), since the two have separate numbers.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from community_dashboard.activity.kinds import Kind

Post = tuple[str, str]  # ("thread", "12")
THREAD, COMMENT, BLOCK, JOURNEY = "thread", "comment", "block", "journey"

# The platform says "enrolled" for the first time and for every return with the date of the first; a moment later than
# this after that date, it is a return.
FIRST_ENROLMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class NewActivity:
    """One thing that happened. `user_id` is who did it, None where nobody can tell."""

    kind: Kind
    happened_at: datetime
    number: tuple[object, ...]  # what makes it this one and no other
    user_id: int | None = None
    course_key: Any = None  # None for what belongs to no course
    about: Post = ("", "")

    @property
    def key(self) -> str:
        """The number as 32 hexadecimal digits, lower case."""
        text = "\x1f".join(str(part) for part in self.number)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def registered(*, user_id: int, at: datetime) -> NewActivity:
    """An account was made."""
    return NewActivity(Kind.REGISTERED, at, ("registered", user_id), user_id)


def signed_in(*, event_id: object, user_id: int, at: datetime) -> NewActivity:
    """A session was opened."""
    return NewActivity(Kind.SIGNED_IN, at, ("signed_in", event_id), user_id)


def enrolled(*, user_id: int, course_key: Any, first_at: datetime) -> NewActivity:
    """The first enrolment in this course, at the date that the platform keeps of it."""
    return NewActivity(Kind.ENROLLED, first_at, ("enrolled", user_id, course_key), user_id, course_key)


def came_back(*, event_id: object, user_id: int, course_key: Any, at: datetime) -> NewActivity:
    """Enrolled again."""
    return NewActivity(Kind.CAME_BACK, at, ("came_back", event_id), user_id, course_key)


def left(*, event_id: object, user_id: int, course_key: Any, at: datetime) -> NewActivity:
    """No longer enrolled."""
    return NewActivity(Kind.LEFT, at, ("left", event_id), user_id, course_key)


def completed(*, user_id: int, course_key: Any, block_key: Any, at: datetime) -> NewActivity:
    """A block was completed for the first time."""
    number = ("completed", user_id, block_key)
    return NewActivity(Kind.COMPLETED, at, number, user_id, course_key, (BLOCK, str(block_key)))


def graded(*, user_id: int, course_key: Any, at: datetime) -> NewActivity:
    """The course grade was calculated: one row a day (UTC), since it is done anew after every answer."""
    day = at.astimezone(UTC).date()
    return NewActivity(Kind.GRADED, at, ("graded", user_id, course_key, day), user_id, course_key)


def passed(*, user_id: int, course_key: Any, at: datetime) -> NewActivity:
    """Passing, for the first time."""
    return NewActivity(Kind.PASSED, at, ("passed", user_id, course_key), user_id, course_key)


def certified(*, user_id: int, course_key: Any, at: datetime) -> NewActivity:
    """The certificate, for the first time."""
    return NewActivity(Kind.CERTIFIED, at, ("certified", user_id, course_key), user_id, course_key)


def revoked(*, event_id: object, user_id: int, course_key: Any, at: datetime) -> NewActivity:
    """A certificate was taken back."""
    return NewActivity(Kind.REVOKED, at, ("revoked", event_id), user_id, course_key)


def posted(*, kind: Kind, post: Post, user_id: int, course_key: Any, at: datetime) -> NewActivity:
    """A thread, an answer or a comment on an answer: POSTED, ANSWERED or COMMENTED."""
    return NewActivity(kind, at, ("posted", *post), user_id, course_key, post)


def edited(*, post: Post, user_id: int | None, course_key: Any, at: datetime) -> NewActivity:
    """A post's text was changed; one fact for each moment."""
    return NewActivity(Kind.EDITED, at, ("edited", *post, _moment(at)), user_id, course_key, post)


def deleted(*, post: Post, user_id: int | None, course_key: Any, at: datetime) -> NewActivity:
    """A post is gone. `user_id` is who deleted it."""
    return NewActivity(Kind.DELETED, at, ("deleted", *post), user_id, course_key, post)


def flagged(*, post: Post, user_id: int, course_key: Any, at: datetime, often: bool = True) -> NewActivity:
    """A report. Where the moment is not kept by anybody, `often=False`: once per person and post."""
    number = ("flagged", *post, user_id, _moment(at) if often else "")
    return NewActivity(Kind.FLAGGED, at, number, user_id, course_key, post)


def unflagged(
    *, post: Post, flagger_id: int, flagged_at: datetime, user_id: int | None, course_key: Any, at: datetime
) -> NewActivity:
    """The report that `flagger_id` made at `flagged_at` stands no longer; `user_id` took it away."""
    number = ("unflagged", *post, flagger_id, _moment(flagged_at))
    return NewActivity(Kind.UNFLAGGED, at, number, user_id, course_key, post)


def voted(*, post: Post, user_id: int, course_key: Any, at: datetime) -> NewActivity:
    """A vote, up or down; the first of this person on this post."""
    return NewActivity(Kind.VOTED, at, ("voted", *post, user_id), user_id, course_key, post)


def endorsed(*, post: Post, user_id: int | None, course_key: Any, at: datetime) -> NewActivity:
    """An answer was marked as good, for the first time."""
    return NewActivity(Kind.ENDORSED, at, ("endorsed", *post), user_id, course_key, post)


def followed(*, post: Post, user_id: int, course_key: Any, at: datetime) -> NewActivity:
    """A thread was followed, for the first time by this person."""
    return NewActivity(Kind.FOLLOWED, at, ("followed", *post, user_id), user_id, course_key, post)


def tracked(*, kind: Kind, user_id: int, course_key: Any, block_id: str, at: datetime) -> NewActivity:
    """A block was opened, watched or tried: once for a person, block and day (UTC), at the earliest moment told."""
    day = at.astimezone(UTC).date()
    return NewActivity(kind, at, (kind.value, user_id, block_id, day), user_id, course_key, (BLOCK, block_id))


def shared(*, user_id: int, course_key: Any, channel: str, day: date) -> NewActivity:
    """A link to the course was shared: once for a person, channel and day (UTC), of which only the day is kept."""
    at = datetime.combine(day, time(), UTC)
    return NewActivity(Kind.SHARED, at, ("shared", user_id, course_key, channel, day), user_id, course_key)


def brought(*, journey_id: int, user_id: int, course_key: Any, at: datetime) -> NewActivity:
    """The enrolment of a friend is credited to `user_id`. The journey's number leads to nobody once the friend is retired."""
    about = (JOURNEY, str(journey_id))
    return NewActivity(Kind.BROUGHT, at, ("brought", journey_id, user_id), user_id, course_key, about)


def uncredited(*, journey_id: int, user_id: int, course_key: Any, at: datetime) -> NewActivity:
    """It is so no longer; at the moment of the enrolment, so that the counts of its day are right."""
    about = (JOURNEY, str(journey_id))
    return NewActivity(Kind.UNCREDITED, at, ("uncredited", journey_id, user_id), user_id, course_key, about)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
