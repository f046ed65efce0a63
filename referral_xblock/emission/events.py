"""The events of this package as data: what each is called, what it says, and what it becomes as an xAPI statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PREFIX = "openedx.community."

# Activity types and verbs that others have defined, and of which no report of Aspects counts a one: its enrolments, grades,
# problems and forum pages are chosen by verb or by the type of the object.
ADL = "http://adlnet.gov/expapi/"
STREAMS = "http://activitystrea.ms/schema/1.0/"
COURSE = f"{ADL}activities/course"


@dataclass(frozen=True)
class Statement:
    """How an event is told in xAPI: the actor has done `verb` to `about`.

    `verb` is its IRI and `word` the same in English. `about` is a path of this site's LMS with names in braces: fields of the
    event, or `course`; `kind` is the IRI of the activity's type.
    """

    verb: str
    word: str
    about: str = "course/{course}"
    kind: str = COURSE


@dataclass(frozen=True)
class TrackingEvent:
    """One kind of event. `fields` is everything that its data may hold, each with what it says."""

    name: str
    says: str
    actor: str  # who the actor is; "" where the event names nobody
    fields: Mapping[str, str]
    statement: Statement
    setting: str = field(default="REFERRAL_EMIT_EVENTS")  # False there keeps it from being sent


_LINK = {
    "link": "number of the link, null if there is none",
    "channel": "the link's channel, such as `whatsapp`, `copy`, `qr` or `invitation`",
}
_STAGE = {
    "stage": "`registered`, `enrolled`, `active` or `completed`",
    "reached_at": "when the stage was reached, as ISO 8601 in UTC",
    **_LINK,
}
_REWARD = {
    "reward": "number of the reward",
    "side": "`inviter` or `friend`",
    "counts": "what the milestone counts: `enrolled`, `active`, `completed` or `points`",
    "number": "how many of them it asks for",
    "badge": "whether it brings a badge",
}

LINK_SHARED = TrackingEvent(
    name=f"{PREFIX}link.shared",
    says="A learner shared an invitation to the course; once for each channel and day (UTC).",
    actor="who shared",
    fields={
        "channel": "where to, such as `whatsapp`, `copy` or `invitation` for mail by the platform",
        "block": "usage key of the block from which it was shared; empty from elsewhere",
    },
    statement=Statement(f"{ADL}verbs/shared", "shared"),
)
LINK_CLICKED = TrackingEvent(
    name=f"{PREFIX}link.clicked",
    says="A request for an invitation page has turned out to be a person's; once for each request. Machines, and requests "
    "of which nothing is known, are never told.",
    actor="",
    fields={**_LINK, "confirmed_by": "how it showed: `beacon` (moved or pressed on the page), `join` or `account`"},
    statement=Statement(f"{STREAMS}open", "opened", "community/links/{link}", f"{ADL}activities/link"),
)
JOURNEY_JOINED = TrackingEvent(
    name=f"{PREFIX}journey.joined",
    says="A stage that an invited learner has reached counts from now on for the link that brought them.",
    actor="who was invited",
    fields=_STAGE,
    statement=Statement(f"{STREAMS}join", "joined"),
)
JOURNEY_WITHDRAWN = TrackingEvent(
    name=f"{PREFIX}journey.withdrawn",
    says="A stage that counted does not count any more for that link: the arrival is held, was rejected, or belongs to "
    "another link. Stages that count are those joined less those withdrawn.",
    actor="who was invited",
    fields=_STAGE,
    statement=Statement(f"{STREAMS}retract", "retracted"),
)
REWARD_EARNED = TrackingEvent(
    name=f"{PREFIX}reward.earned",
    says="A reward was granted.",
    actor="whose reward it is",
    fields=_REWARD,
    statement=Statement(f"{STREAMS}receive", "received", "community/rewards/{reward}", f"{STREAMS}badge"),
)
REWARD_REVOKED = TrackingEvent(
    name=f"{PREFIX}reward.revoked",
    says="A reward that was granted is granted no more: what carried it is gone, or the course's team took it back.",
    actor="whose reward it was",
    fields={**_REWARD, "by_hand": "whether the course's team decided so"},
    statement=Statement(f"{STREAMS}lose", "lost", "community/rewards/{reward}", f"{STREAMS}badge"),
)
INVITATION_SENT = TrackingEvent(
    name=f"{PREFIX}invitation.sent",
    says="The platform handed an invitation over to the mail server for a learner.",
    actor="who invites",
    fields={
        "invitation": "number of the invitation",
        "block": "usage key of the block from which it was asked for; empty from elsewhere",
    },
    statement=Statement(f"{STREAMS}invite", "invited"),
)

EVENTS = (
    LINK_SHARED,
    LINK_CLICKED,
    JOURNEY_JOINED,
    JOURNEY_WITHDRAWN,
    REWARD_EARNED,
    REWARD_REVOKED,
    INVITATION_SENT,
)
NAMES = tuple(event.name for event in EVENTS)
