"""Who is credited, computed from the ledger. Plain Python; the order of the ledger and repetitions in it change nothing.

The rules, in the order in which they decide:
1. A link counts until the first enrolment and at most `window_days` before it; a typed code also counts up to
   `code_grace_days` after it. The person's own links never count.
2. Of what counts, the last (or, by policy, the first) is the credited one.
3. A member of the course's staff, somebody outside the audience, and an enrolment that staff made credit nobody.
4. The inviter's own browser holds the credit for a person to look at, if its weight is enough; it never rejects. The other
   signs come afterwards, see suspicion.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from referral_xblock.data import Policy, Reason, Status

# "enrolled" is the first enrolment's moment; "present" any moment at which the person was enrolled, also again.
REGISTERED, ENROLLED, PRESENT, UNENROLLED = "registered", "enrolled", "present", "unenrolled"
ACTIVE, COMPLETED, LAPSED = "active", "completed", "lapsed"


@dataclass(frozen=True, order=True)
class Touch:
    """An account came by a link. Sorted by when, then by token so that equal moments have one order."""

    happened_at: datetime
    token: str
    link_id: int
    inviter_id: int
    kind: str = "link"  # or "code"
    same_browser: bool = False
    is_staff: bool = False
    admitted: bool = True


@dataclass(frozen=True, order=True)
class Event:
    """What the platform said of the person."""

    happened_at: datetime
    kind: str
    by_other: bool = False


@dataclass(frozen=True)
class Outcome:
    """What the ledger amounts to. Times are those of the platform; None: has not happened."""

    status: Status
    reason: Reason
    credited: Touch | None  # whose journey it is, also while held
    first: Touch | None
    last: Touch | None
    registered_at: datetime | None
    enrolled_at: datetime | None
    unenrolled_at: datetime | None
    active_at: datetime | None
    completed_at: datetime | None
    lapsed_at: datetime | None


def attribute(touches: Iterable[Touch], events: Iterable[Event], *, user_id: int, policy: Policy) -> Outcome:
    """The outcome of one person in one course."""
    ordered = sorted(set(touches))
    times = _Times(set(events))
    foreign = [touch for touch in ordered if touch.inviter_id != user_id]
    valid = [touch for touch in foreign if _reason_against(touch, times, policy) is Reason.NONE]
    chosen = (valid[-1] if policy.credit == "last" else valid[0]) if valid else None
    status, reason = _judge(ordered, foreign, chosen, times, policy)
    shown = chosen or (foreign[-1] if foreign else None)
    return Outcome(
        status=status,
        reason=reason,
        credited=shown,
        first=ordered[0] if ordered else None,
        last=ordered[-1] if ordered else None,
        registered_at=_registered_after(shown, times, policy),
        enrolled_at=times.enrolled_at,
        unenrolled_at=times.unenrolled_at,
        active_at=times.first(ACTIVE),
        completed_at=times.first(COMPLETED),
        lapsed_at=times.lapsed_at,
    )


class _Times:
    """First and last moments of each kind of event."""

    def __init__(self, events: set[Event]) -> None:
        self.events = events
        self.enrolled_at = self.first(ENROLLED)
        self.registered_at = self.first(REGISTERED)
        left = self.last(UNENROLLED)
        came = max(filter(None, (self.last(ENROLLED), self.last(PRESENT))), default=None)
        self.unenrolled_at = left if left and (came is None or left > came) else None
        failed, passed = self.last(LAPSED), self.last(COMPLETED)
        self.lapsed_at = failed if failed and passed and failed > passed else None

    def first(self, kind: str) -> datetime | None:
        return min((event.happened_at for event in self.events if event.kind == kind), default=None)

    def last(self, kind: str) -> datetime | None:
        return max((event.happened_at for event in self.events if event.kind == kind), default=None)

    def enrolled_by_other(self) -> bool:
        """Whether the first enrolment was somebody else's doing. Two rows of one moment: a doubt is the person's."""
        first = [event for event in self.events if event.kind == ENROLLED and event.happened_at == self.enrolled_at]
        return bool(first) and all(event.by_other for event in first)


def _reason_against(touch: Touch, times: _Times, policy: Policy) -> Reason:
    """Why this touch does not count by its time; NONE if it does."""
    window = timedelta(days=policy.window_days)
    grace = timedelta(days=policy.code_grace_days if touch.kind == "code" else 0)
    if times.enrolled_at is not None:
        if touch.happened_at > times.enrolled_at + grace:
            return Reason.ALREADY_ENROLLED
        if times.enrolled_at - touch.happened_at > window:
            return Reason.OUTSIDE_WINDOW
    return Reason.NONE


def _judge(
    ordered: list[Touch], foreign: list[Touch], chosen: Touch | None, times: _Times, policy: Policy
) -> tuple[Status, Reason]:
    if not foreign:
        return Status.NOT_CREDITED, Reason.OWN_LINK if ordered else Reason.NONE
    if any(touch.is_staff for touch in foreign):
        return Status.NOT_CREDITED, Reason.STAFF
    if chosen is None:
        return Status.NOT_CREDITED, _reason_against(foreign[-1], times, policy)
    if not chosen.admitted:
        return Status.NOT_CREDITED, Reason.AUDIENCE
    if times.enrolled_by_other():
        return Status.NOT_CREDITED, Reason.ENROLLED_BY_STAFF
    if chosen.same_browser and policy.holds_alone("own_browser"):
        return Status.HELD, Reason.SUSPICIOUS
    return Status.CREDITED, Reason.NONE


def _registered_after(touch: Touch | None, times: _Times, policy: Policy) -> datetime | None:
    """When the person registered, if the link brought that too: an account that was there before is nobody's."""
    if touch is None or times.registered_at is None:
        return None
    grace = timedelta(days=policy.code_grace_days if touch.kind == "code" else 0)
    window = timedelta(days=policy.window_days)
    brought = touch.happened_at - grace <= times.registered_at <= touch.happened_at + window
    return times.registered_at if brought else None
