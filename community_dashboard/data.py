"""What passes between the dashboard's domains and its pages: plain, frozen data, standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class CardLine:
    """One more number, or one person, below the answer."""

    value: str  # a number as a reader of the page's language writes it, or a name
    sentence: str
    url: str  # what is behind it; "" if the reader may not open it


@dataclass(frozen=True)
class Card:
    """One answer on the overview. `value` is None while there is nothing to count: `sentence` then says what will appear."""

    key: str  # "burns", "waits", …, the eight of the overview in their order
    title: str
    sentence: str
    value: str | None  # a number as a reader of the page's language writes it
    url: str  # the list behind the number; "" if the reader may not open it
    more: tuple[CardLine, ...] = ()


@dataclass(frozen=True)
class Member:
    """One enrolment in the roster. `row_id` is the cursor for the next page."""

    row_id: int
    user_id: int
    username: str
    created: datetime | None  # None only where the platform itself does not know
    mode: str
    active: bool


@dataclass(frozen=True)
class Cohort:
    """A group of learners in one course."""

    id: int
    name: str


class Certificate(StrEnum):
    """What became of a learner's certificate."""

    NONE = "none"  # there is none, or the course gives none
    PENDING = "pending"  # being made, or waiting for proof of identity
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Standing:
    """How far a learner came, by the platform's own last calculation."""

    share: float | None = None  # 0 to 1; None where nothing was graded yet
    passed: bool = False
    passed_at: datetime | None = None  # when the learner first passed
    certificate: Certificate = Certificate.NONE
    certified_at: datetime | None = None  # when the certificate that can be had now was made, the last time


@dataclass(frozen=True)
class LastSeen:
    """When somebody was last active."""

    in_course: datetime | None = None  # last completed or changed a block of the course
    signed_in: datetime | None = None  # last signed in to the platform


@dataclass(frozen=True)
class MailChoice:
    """What somebody chose about mail. The reader decides what follows."""

    course_mail: bool = True  # False: opted out of this course's mail
    updates_by_email: bool | None = None  # the platform's notification setting "course updates"; None: never set


@dataclass(frozen=True)
class Profile:
    """What somebody told the platform about themselves; empty where nothing was told. Codes are the platform's."""

    country: str = ""  # ISO 3166, two letters
    language: str = ""
    year_of_birth: int | None = None
    level_of_education: str = ""
    gender: str = ""


class ForumRole(StrEnum):
    """What somebody is in the forum of a course beyond a learner, as the platform divides it."""

    ADMINISTRATOR = "administrator"
    MODERATOR = "moderator"
    COMMUNITY_TA = "community_ta"
    GROUP_MODERATOR = "group_moderator"  # only within the own cohort


class PostKind(StrEnum):
    """Threads and comments have separate ids: keep both."""

    THREAD = "thread"
    COMMENT = "comment"  # a response to a thread, or a reply to a response


@dataclass(frozen=True)
class PostRef:
    """One post of the forum."""

    kind: PostKind
    id: str


class Act(StrEnum):
    """What can be done in a forum."""

    READ = "read"
    START = "start"
    REPLY = "reply"
    FLAG = "flag"
    EDIT = "edit"
    CLOSE = "close"  # and open again
    PIN = "pin"
    ENDORSE = "endorse"
    CLEAR_FLAGS = "clear_flags"
    MOVE = "move"
    DELETE = "delete"


@dataclass(frozen=True)
class Post:
    """A thread, response or reply. `title` and `body` are as their author wrote them: hostile until cleaned."""

    ref: PostRef
    thread_id: str
    parent_id: str  # the response that a reply answers; "" for threads and responses
    author: str  # username; "" if the post is anonymous to this reader
    title: str  # "" for comments
    body: str
    created: datetime | None
    updated: datetime | None
    thread_type: str = ""  # "discussion" or "question"; "" for comments
    topic_id: str = ""
    group_id: int | None = None  # the cohort it is meant for
    pinned: bool = False
    closed: bool = False
    endorsed: bool = False  # of a thread: has an endorsed response
    flagged: bool = False  # reported by somebody, for readers who moderate; otherwise by this reader
    votes: int = 0
    comments: int = 0  # below it
    acts: frozenset[Act] = frozenset()  # what this reader may do with it now


@dataclass(frozen=True)
class PostPage:
    """One page of posts; a page past the end is empty."""

    posts: tuple[Post, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class Topic:
    """A place in the forum where threads are kept."""

    id: str
    title: str
    usage_key: str = ""  # the unit it belongs to; "" for topics of the whole course


@dataclass(frozen=True)
class Forum:
    """What kind of forum a course has."""

    enabled: bool
    in_this_database: bool  # the published forum app on its MySQL tables: signals and rows can be read
    sentence: str = ""  # why not; "" if both hold


@dataclass(frozen=True)
class OutlineUnit:
    """A unit of a course, with the blocks in it that a learner can complete, in the order of reading."""

    usage_key: str
    title: str
    section: str  # the title of the chapter
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class Due:
    """The moments at which something was due for one learner, in order, as they stood from `since` on.

    `since` is None for what held from the beginning.
    """

    since: datetime | None
    moments: tuple[datetime, ...]
