"""What a course promises: within how many course hours which kind of post gets its first answer. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MOST_HOURS = 720


class TargetKind(StrEnum):
    """What a target is for; a post of several kinds has the shortest of their targets."""

    URGENT = "urgent"  # a first answer to what is urgent
    REPORT = "report"  # a first look at what learners report
    QUESTION = "question"  # a first answer to a thread that asks
    ANY = "any"  # a first answer to every other thread


@dataclass(frozen=True)
class Target:
    """A promise. `hours` are course hours; 0: nothing is promised."""

    kind: TargetKind
    hours: int
    share: int = 90  # per cent of the posts that are to be answered in time

    @property
    def time(self) -> timedelta:
        """The same as a time."""
        return timedelta(hours=self.hours)


Targets = Mapping[TargetKind, Target]

# What holds where a course has said nothing.
DEFAULTS: Targets = {
    TargetKind.URGENT: Target(TargetKind.URGENT, 4),
    TargetKind.REPORT: Target(TargetKind.REPORT, 8),
    TargetKind.QUESTION: Target(TargetKind.QUESTION, 24),
    TargetKind.ANY: Target(TargetKind.ANY, 0),
}


def kind_of_thread(thread_type: str) -> TargetKind:
    """The kind of a thread of which nothing else is known."""
    return TargetKind.QUESTION if thread_type == "question" else TargetKind.ANY
