"""What passes through this package's doors: plain, frozen data, standard library only.

Keys are text here (`course_key`, `usage_key`) so that a template, a task and a JSON answer can carry them alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from referral_xblock.fraud_rules import FraudRules


class Role(StrEnum):
    """What a person is in one course. A person may have several; the empty set is the stranger."""

    LEARNER = "learner"
    COURSE_STAFF = "course_staff"  # staff, limited staff and instructors of the course, and global staff
    DATA_RESEARCHER = "data_researcher"  # may export names and e-mail addresses
    GLOBAL_STAFF = "global_staff"
    FORUM_MODERATOR = "forum_moderator"  # forum Administrator, Moderator or Community TA
    GROUP_MODERATOR = "group_moderator"  # only within the own cohort


@dataclass(frozen=True)
class Course:
    """What an outsider may know of a course. Addresses are absolute."""

    key: str
    title: str
    organisation: str
    number: str
    summary: str  # plain text
    language: str  # "fr", "en", … or ""
    start: datetime | None
    end: datetime | None
    about_url: str
    home_url: str
    picture_url: str  # "" if there is none
    open_to_public: bool  # False: a stranger sees no more than the about page shows
    graded: bool  # whether passing means anything here


@dataclass(frozen=True)
class Unit:
    """The unit in which a block stands, as a place to come back to."""

    usage_key: str
    title: str
    url: str


class UnitState(StrEnum):
    """How somebody fares in a unit."""

    OPEN = "open"  # not finished, or nobody can tell
    PASSED = "passed"
    FAILED = "failed"  # a question was answered with less than half of its points


@dataclass(frozen=True)
class Enrolment:
    """A person's enrolment as the platform has it."""

    active: bool
    created: datetime
    mode: str = ""


@dataclass(frozen=True)
class Person:
    """Who somebody is, for a reader who may know it."""

    id: int
    username: str
    name: str
    email: str
    roles: frozenset[Role] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Outcome:
    """What one contract test of a host found, in words for an operator."""

    name: str  # what holds if it passed: "An unknown course is None"
    passed: bool | None  # None: not applicable here, `sentence` says why
    sentence: str  # what was seen; "" only if it passed and there is nothing to add


class Audience(StrEnum):
    """For whom a course is meant: everybody, or the holders of some e-mail domains (a SPOC or COOC)."""

    OPEN = "open"
    DOMAINS = "domains"


@dataclass(frozen=True)
class Policy(FraudRules):
    """What holds for a whole course; the block's own fields are presentation only."""

    window_days: int = 30  # 1–365: how long after the click an enrolment is still the inviter's
    credit: str = "last"  # "first" or "last" touch
    code_grace_days: int = 7  # a code typed so many days after enrolling still counts
    cookie: str = "join"  # "join": set when the visitor joins; "never": the state travels in the address only
    audience: Audience = Audience.OPEN
    allowed_domains: tuple[str, ...] = ()
    completion_share: int = 80  # per cent of completable blocks that mean "completed" where nothing is graded
    link_kind: str = "page"  # "page" or "direct"
    link_lifetime_days: int = 0  # 0: links do not expire
    link_cap: int = 0  # accounts that one link may bring; 0: no cap
    paused: bool = False
    # Who sends invitations by mail: the learner's own program ("own", and "de" for Germany), or the platform, one message to
    # each mailbox ever ("fr" for France, "other").
    jurisdiction: str = "own"
    daily_invitations: int = 10  # messages that one learner may have sent in a day (UTC), in all courses together
    prompts: bool = False  # whether learners may be asked to invite after a good moment
    reminders: bool = False  # whether inviters are told by mail of friends who have not yet begun
    # What can be earned, see policy/milestones.py; none: there are no rewards.
    milestones: tuple[Mapping[str, Any], ...] = ()
    stage_weights: Mapping[str, int] = field(default_factory=lambda: {"enrolled": 1, "active": 3, "completed": 6})
    reward_budget: int = 0  # most rewards granted at a time; 0: no limit
    reward_by_hand: bool = False  # a person of the course's team grants each
    teams: bool = False
    team_size: int = 5
    buddies: str = "off"  # "on"; "measure": half of the invited, drawn by chance
    leaderboard: bool = False

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains for which the course is meant; none if it is for everybody."""
        return self.allowed_domains if self.audience is Audience.DOMAINS else ()

    @property
    def sends_mail(self) -> bool:
        """Whether learners may have the platform send their invitations."""
        return self.jurisdiction in ("fr", "other")

    def admits(self, email: str) -> bool:
        """Whether somebody with this address belongs to the audience."""
        if self.audience is Audience.OPEN:
            return True
        domain = email.rpartition("@")[2].lower()
        return any(domain == allowed or domain.endswith("." + allowed) for allowed in self.allowed_domains)


class Telling(StrEnum):
    """What a friend lets the inviter see. Credit never depends on it."""

    NOTHING = "nothing"  # counted in the totals only
    DAY = "day"  # "a friend", registered or enrolled, with the day: the default
    STAGES = "stages"  # name and learning stages


class Stage(StrEnum):
    """How far an invited person came, in order."""

    CLICKED = "clicked"
    REGISTERED = "registered"
    ENROLLED = "enrolled"
    ACTIVE = "active"
    COMPLETED = "completed"


class Status(StrEnum):
    """What became of a journey."""

    CREDITED = "credited"
    HELD = "held"  # a person has to look at it
    NOT_CREDITED = "not_credited"


class Reason(StrEnum):
    """Why a journey is held or not credited; "" if it is credited."""

    NONE = ""
    OWN_LINK = "own_link"
    ALREADY_ENROLLED = "already_enrolled"
    OUTSIDE_WINDOW = "outside_window"
    STAFF = "staff"
    ENROLLED_BY_STAFF = "enrolled_by_staff"
    AUDIENCE = "audience"
    SUSPICIOUS = "suspicious"  # signs whose weights reach the course's sum, until a person has decided
    REJECTED = "rejected"  # a person has decided that it does not count
    BANNED = "banned"  # a channel or domain of which the course's team says that it does not count
    CAP = "cap"  # the inviter has brought as many friends as count


# What looking at an arrival makes of one that the ledger alone would credit.
AFTER_A_LOOK = frozenset({Reason.SUSPICIOUS, Reason.REJECTED, Reason.BANNED, Reason.CAP})


class Decision(StrEnum):
    """What a member of the course's team decided on an arrival."""

    APPROVE = "approve"
    REJECT = "reject"


class Verdict(StrEnum):
    """What asked for an invitation page. Raw = machine + person + unknown; unknown is never added to persons."""

    MACHINE = "machine"
    PERSON = "person"
    UNKNOWN = "unknown"


class LinkState(StrEnum):
    """Whether a link still invites."""

    OPEN = "open"
    EXPIRED = "expired"
    PAUSED = "paused"
    USED_UP = "used_up"


@dataclass(frozen=True)
class Selection:
    """Which part of a course's invitations is meant. None means all; "" as a placement is the course as a whole.

    Days are days in UTC and both included, as a reader says "from Monday to Sunday".
    """

    start: date | None = None
    end: date | None = None
    network: str | None = None
    placement: str | None = None

    @property
    def since(self) -> datetime | None:
        """The first moment."""
        return datetime.combine(self.start, time.min, UTC) if self.start else None

    @property
    def before(self) -> datetime | None:
        """The first moment after it."""
        return datetime.combine(self.end + timedelta(days=1), time.min, UTC) if self.end else None

    def in_week(self, week: str) -> Selection:
        """The part of this selection in an ISO week such as "2026-W09"; ValueError for what is none."""
        first = week_start(week)
        last = first + timedelta(days=6)
        return replace(self, start=max(self.start or first, first), end=min(self.end or last, last))


def iso_week(day: date) -> str:
    """The ISO week of a day: "2026-W09"."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def week_start(week: str) -> date:
    """The Monday of an ISO week; ValueError for what is none."""
    year, mark, number = week.partition("-W")
    if not (mark and len(year) == 4 and len(number) == 2 and (year + number).isdecimal() and week.isascii()):
        raise ValueError(week)
    return date.fromisocalendar(int(year), int(number), 1)
