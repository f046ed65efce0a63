"""The kinds of activity: what each means, where it comes from, and what finds it again when it was missed. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What happened. The values stand in the record: a released one is never renamed. At most 12 characters."""

    REGISTERED = "registered"
    SIGNED_IN = "signed_in"
    ENROLLED = "enrolled"
    CAME_BACK = "came_back"
    LEFT = "left"
    COMPLETED = "completed"
    GRADED = "graded"
    PASSED = "passed"
    CERTIFIED = "certified"
    REVOKED = "revoked"
    POSTED = "posted"
    ANSWERED = "answered"
    COMMENTED = "commented"
    EDITED = "edited"
    DELETED = "deleted"
    FLAGGED = "flagged"
    UNFLAGGED = "unflagged"
    VOTED = "voted"
    ENDORSED = "endorsed"
    FOLLOWED = "followed"
    OPENED = "opened"
    WATCHED = "watched"
    TRIED = "tried"
    SHARED = "shared"
    BROUGHT = "brought"
    UNCREDITED = "uncredited"


@dataclass(frozen=True)
class Meaning:
    """What a kind says."""

    what: str  # one row of it stands for this
    source: str  # who tells us
    found_again: str = ""  # where reconciliation looks; "" if nothing else knows
    learning: bool = False  # who did it was at work in the course that day: an active person
    earliest: bool = False  # told with several moments, the earliest counts
    about: bool = False  # some of it may be lost on the way, which is bounded and counted: pages say "about"


_OWN_TABLE = "the forum's own tables"
_TRACKING = "the platform's tracking events"

KINDS: dict[Kind, Meaning] = {
    Kind.REGISTERED: Meaning("an account was made", "STUDENT_REGISTRATION_COMPLETED"),
    Kind.SIGNED_IN: Meaning("a session was opened", "SESSION_LOGIN_COMPLETED"),
    Kind.ENROLLED: Meaning(
        "somebody enrolled for the first time", "COURSE_ENROLLMENT_CREATED", "the platform's enrolments"
    ),
    Kind.CAME_BACK: Meaning("somebody enrolled again after leaving", "COURSE_ENROLLMENT_CREATED"),
    Kind.LEFT: Meaning("somebody left the course", "COURSE_UNENROLLMENT_COMPLETED"),
    Kind.COMPLETED: Meaning(
        "somebody completed a block for the first time",
        "post_save of BlockCompletion",
        "BlockCompletion",
        learning=True,
    ),
    Kind.GRADED: Meaning(
        "somebody's course grade was calculated, once a day", "PERSISTENT_GRADE_SUMMARY_CHANGED", earliest=True
    ),
    Kind.PASSED: Meaning(
        "somebody passed the course for the first time",
        "PERSISTENT_GRADE_SUMMARY_CHANGED, COURSE_PASSING_STATUS_UPDATED",
        "the platform's grades",
        earliest=True,
    ),
    Kind.CERTIFIED: Meaning(
        "somebody got the course's certificate for the first time",
        "CERTIFICATE_CREATED, CERTIFICATE_CHANGED",
        "the platform's certificates",
        earliest=True,
    ),
    Kind.REVOKED: Meaning("a certificate was taken back", "CERTIFICATE_REVOKED"),
    Kind.POSTED: Meaning("a thread was opened", "FORUM_THREAD_CREATED, CommentThread", _OWN_TABLE, learning=True),
    Kind.ANSWERED: Meaning(
        "a thread was answered", "FORUM_THREAD_RESPONSE_CREATED, Comment", _OWN_TABLE, learning=True
    ),
    Kind.COMMENTED: Meaning(
        "an answer was commented on", "FORUM_RESPONSE_COMMENT_CREATED, Comment", _OWN_TABLE, learning=True
    ),
    Kind.EDITED: Meaning("a post's text was changed", "EditHistory; thread_edited, comment_edited", _OWN_TABLE),
    Kind.DELETED: Meaning(
        "a post was deleted", "post_delete of a post; thread_deleted, comment_deleted", "posts that are gone"
    ),
    Kind.FLAGGED: Meaning(
        "somebody reported a post", "AbuseFlagger; thread_flagged, comment_flagged", _OWN_TABLE, learning=True
    ),
    Kind.UNFLAGGED: Meaning("one report was taken back or set aside", "AbuseFlagger", "reports that are gone"),
    Kind.VOTED: Meaning(
        "somebody voted on a post for the first time", "UserVote; thread_voted, comment_voted", learning=True
    ),
    Kind.ENDORSED: Meaning("an answer was endorsed for the first time", "Comment; comment_endorsed", _OWN_TABLE),
    Kind.FOLLOWED: Meaning(
        "somebody followed a thread for the first time", "Subscription; thread_followed", _OWN_TABLE, learning=True
    ),
    Kind.OPENED: Meaning(
        "somebody opened a unit, for the first time that day", _TRACKING, learning=True, earliest=True, about=True
    ),
    Kind.WATCHED: Meaning(
        "somebody played a video, for the first time that day", _TRACKING, learning=True, earliest=True, about=True
    ),
    Kind.TRIED: Meaning(
        "somebody answered a problem, for the first time that day", _TRACKING, learning=True, earliest=True, about=True
    ),
    Kind.SHARED: Meaning(
        "somebody shared a link to the course, by one channel, for the first time that day",
        "LINK_SHARED",
        "our own record of shares",
    ),
    Kind.BROUGHT: Meaning(
        "the enrolment of a friend is credited to somebody", "JOURNEY_CHANGED", "our own journeys", earliest=True
    ),
    Kind.UNCREDITED: Meaning(
        "such a credit was taken back, or the friend has left: it stands in the place of `brought`",
        "JOURNEY_CHANGED",
        "our own journeys",
        earliest=True,
    ),
}

POSTS = (Kind.POSTED, Kind.ANSWERED, Kind.COMMENTED)
LEARNING = tuple(kind for kind, meaning in KINDS.items() if meaning.learning)
