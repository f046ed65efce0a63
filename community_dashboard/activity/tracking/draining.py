"""From the list in Redis into the record."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.tracking import losses
from community_dashboard.activity.tracking.reading import fact_of
from community_dashboard.activity.tracking.recording import record_tracked
from community_dashboard.activity.tracking.waiting import KEEP_LOSSES, WaitingList


@dataclass(frozen=True)
class Drained:
    """What one round came to."""

    taken: int  # messages
    new: int  # facts that the record lacked


def drain(waiting: WaitingList, *, now: datetime, seconds: float = 50) -> Drained:
    """Records what waits, 500 messages at a time, until nothing does or the time is up. Repeatable at any time.

    Messages leave the list after they are recorded: a worker that is killed, or whose database fails, loses none, and the
    next is given the same ones. Several at once take turns. Raises what Redis or the database raises.
    """
    end = time.monotonic() + seconds
    taken = new = 0
    while time.monotonic() < end and (batch := waiting.take()) is not None:
        try:
            told = [fact for message in batch.messages if (fact := fact_of(message)) is not None]
            new += record_tracked(told, now=now).new
        except Exception:
            waiting.give_back(batch)
            raise
        taken += len(batch.messages)
        waiting.remove(batch)
    _note_overflow(waiting, now)
    return Drained(taken, new)


def _note_overflow(waiting: WaitingList, now: datetime) -> None:
    for day in (now.date() - timedelta(days=back) for back in range(KEEP_LOSSES.days)):
        told = {key: number for course, number in waiting.overflowed(day).items() if (key := _course(course))}
        losses.note_overflow(numbers={(key, day): number for key, number in told.items()})


def _course(text: str) -> CourseKey | None:
    try:
        return CourseKey.from_string(text)
    except InvalidKeyError:
        return None
