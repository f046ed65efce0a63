"""Reasons as bits of one number, so that a filter by reason is answered by an index. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable

from community_dashboard.moderation.data import Reason

# They stand in the table: a released bit is never given to another reason.
BITS: dict[Reason, int] = {
    Reason.REPORTED: 1,
    Reason.HELD: 2,
    Reason.WATCHED: 4,
    Reason.SUSPECT: 8,
    Reason.IMPERSONATION: 16,
    Reason.FIRST_POST: 32,
    Reason.URGENT: 64,
    Reason.UNANSWERED: 128,
    Reason.EDITED: 256,
    Reason.COURSE_ERROR: 512,
}


def bits_of(reasons: Iterable[Reason]) -> int:
    """All of them in one number."""
    return sum(BITS[reason] for reason in set(reasons))


def reasons_in(bits: int) -> list[Reason]:
    """The reasons of a number, in the order of `Reason`."""
    return [reason for reason in Reason if bits & BITS[reason]]
