"""What an operator asked for."""

from __future__ import annotations

from dataclasses import dataclass

from opaque_keys.edx.keys import CourseKey


@dataclass(frozen=True)
class Circumstances:
    """Where to look."""

    course_key: CourseKey | None = None
    seconds: float = 3.0  # how long to wait for a worker
    write: bool = False  # the contract may enrol an account that it makes and takes away again
