"""One line of a benchmark's table, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

Measure = dict[str, Any]  # what, value (text), statements, goal (text), met (None: nothing was promised)


def measured(
    what: str, value: str, goal: str = "", met: bool | None = None, statements: int | None = None
) -> Measure:  # fmt: skip
    """One line."""
    return {"what": what, "value": value, "goal": goal, "met": met, "statements": statements}


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds by the clock, and what came of it."""
    begun = perf_counter()
    result = do()
    return perf_counter() - begun, result


def table(measures: Iterable[Measure]) -> str:
    """Markdown."""
    lines = ["| | value | statements | goal |", "|---|---|---|---|"]
    for one in measures:
        met = " **missed**" if one["met"] is False else ""
        lines.append(f"| {one['what']} | {one['value']} | {one['statements'] or ''} | {one['goal']}{met} |")
    return "\n".join(lines)
