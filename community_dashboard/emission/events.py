"""The dashboard's events as data: what each is called, what it says, and what it becomes as an xAPI statement."""

from __future__ import annotations

from referral_xblock.emission.events import PREFIX, STREAMS, Statement, TrackingEvent

SETTING = "COMMUNITY_EMIT_EVENTS"

_DECISION = {
    "decision": "number of the decision in the log",
    "choice": "what was decided, such as `approve`, `hide`, `delete`, `warn` or `silence`",
    "kind": "`thread` or `comment`; empty for a decision about a person alone",
    "automatic": "whether a rule decided, in the name of the acting account",
}
_ABOUT = ("community/decisions/{decision}", f"{STREAMS}issue")

MODERATION_DECIDED = TrackingEvent(
    name=f"{PREFIX}moderation.decided",
    says="A decision of moderation was carried out. About which post or whom, nothing outside the dashboard's own log says.",
    actor="who decided",
    fields=_DECISION,
    statement=Statement(f"{STREAMS}resolve", "resolved", *_ABOUT),
    setting=SETTING,
)
MODERATION_UNDONE = TrackingEvent(
    name=f"{PREFIX}moderation.undone",
    says="A decision of moderation was taken back.",
    actor="who took it back",
    fields=_DECISION,
    statement=Statement(f"{STREAMS}retract", "retracted", *_ABOUT),
    setting=SETTING,
)
DIGEST_SENT = TrackingEvent(
    name=f"{PREFIX}digest.sent",
    says="A digest was handed over to the mail server.",
    actor="who gets it",
    fields={"digest": "which: `moderation`, daily, or `learners`, weekly"},
    statement=Statement(
        f"{STREAMS}receive", "received", "community/courses/{course}/digests/{digest}", f"{STREAMS}alert"
    ),
    setting=SETTING,
)

EVENTS = (MODERATION_DECIDED, MODERATION_UNDONE, DIGEST_SENT)
NAMES = tuple(event.name for event in EVENTS)
