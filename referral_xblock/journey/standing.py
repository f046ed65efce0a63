"""What becomes of the friends of an inviter whom the ledger alone would credit. Plain Python; their order changes nothing.

The rules, in the order in which they decide:
1. What a person of the course's team decided holds, whatever the signs say.
2. A source of which the course says that it does not count is not credited.
3. Who is suspicious enough is held for a person.
4. Of the others as many are credited as the course lets count, those who enrolled first; who left makes room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from referral_xblock.data import Decision, Reason, Status
from referral_xblock.journey.signs import Sign, Suspicion


@dataclass(frozen=True)
class Friend:
    """One arrival that the ledger would credit."""

    id: int
    inviter_id: int
    came_at: datetime
    enrolled_at: datetime | None
    left: bool = False
    suspicion: Suspicion | None = None
    decision: Decision | None = None


def stand(friends: Iterable[Friend], *, cap: int = 0) -> dict[int, tuple[Status, Reason]]:
    """Status and reason of each friend, by id. For a cap to be right, all friends of an inviter must be among them."""
    found = {}
    counted: dict[int, list[Friend]] = defaultdict(list)
    for friend in set(friends):
        found[friend.id] = _judged(friend)
        if found[friend.id][0] is Status.CREDITED:
            counted[friend.inviter_id].append(friend)
    if cap:
        for some in counted.values():
            for friend in sorted(some, key=_place)[cap:]:
                found[friend.id] = (Status.NOT_CREDITED, Reason.CAP)
    return found


def _judged(friend: Friend) -> tuple[Status, Reason]:
    if friend.decision is Decision.REJECT:
        return Status.NOT_CREDITED, Reason.REJECTED
    if friend.decision is None and friend.suspicion is not None:
        if Sign.BANNED_SOURCE in friend.suspicion.signs:
            return Status.NOT_CREDITED, Reason.BANNED
        if friend.suspicion.held:
            return Status.HELD, Reason.SUSPICIOUS
    return Status.CREDITED, Reason.NONE


def _place(friend: Friend) -> tuple[bool, datetime, int]:
    """Those who are in the course first, by when they enrolled; then those who are not, by when they came."""
    here = friend.enrolled_at is not None and not friend.left
    return (not here, (friend.enrolled_at if here else None) or friend.came_at, friend.id)
