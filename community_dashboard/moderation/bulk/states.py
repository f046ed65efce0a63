"""What a job and a step can be. Plain Python."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Of a job."""

    RUNNING = "running"
    STOPPED = "stopped"  # by somebody; can go on
    DONE = "done"


class StepState(StrEnum):
    """Of a step. Undoing goes back from `done` alone."""

    TODO = "todo"
    DONE = "done"
    SKIPPED = "skipped"  # there was nothing to do: the post is gone, or is so already
    FAILED = "failed"
    UNDONE = "undone"
    KEPT = "kept"  # could not be undone
