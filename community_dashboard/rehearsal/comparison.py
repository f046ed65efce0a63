"""Counts cases by what became of them, before and after, and picks examples. Plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

DAYS = 14  # how far back a rule is tried
EXAMPLES = 10


@dataclass(frozen=True)
class Case:
    """One thing that the rule decides. `subject` tells the domain what it was; the outcomes are its own words."""

    subject: int | str
    before: str
    after: str


@dataclass(frozen=True)
class Row:
    """How many cases had this outcome by the rules of today, and how many would have had it."""

    words: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """More (or fewer, below zero) than today."""
        return self.after - self.before


@dataclass(frozen=True)
class Example:
    """One case that would have gone another way."""

    who: str
    before: str
    after: str
    url: str = ""


@dataclass(frozen=True)
class Comparison:
    """What a page shows of a rehearsal."""

    days: int
    total: int
    changed: int
    rows: tuple[Row, ...]
    examples: tuple[Example, ...]  # at most EXAMPLES, in the order of the cases
    cut: bool = False  # there were more cases than were looked at


def compare(
    cases: Iterable[Case],
    *,
    words: Mapping[str, str],
    describe: Callable[[list[Case]], list[Example]],
    days: int = DAYS,
    cut: bool = False,
) -> Comparison:
    """The comparison of these cases.

    `words` names every outcome and gives the rows their order; outcomes that nobody has are left out. `describe` is called
    once, with the cases that are shown as examples, so that it may ask for all their names together.
    """
    cases = list(cases)
    before, after = Counter(case.before for case in cases), Counter(case.after for case in cases)
    changed = [case for case in cases if case.before != case.after]
    rows = tuple(
        Row(said, before[outcome], after[outcome])
        for outcome, said in words.items()
        if before[outcome] or after[outcome]
    )
    return Comparison(days, len(cases), len(changed), rows, tuple(describe(changed[:EXAMPLES])), cut)
