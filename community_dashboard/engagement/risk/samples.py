"""Weeks that are over, as examples: who was looked at on a day, what was known, and who dropped out after it. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from community_dashboard.engagement.risk.facts import Facts, Peers, facts_of
from community_dashboard.engagement.risk.meaning import Past, Policy, dropped_out, horizon, looked_at

STEP = 3  # days between two days of prediction: no weekday is preferred
FIRST = 10  # days after the first day of a course: before, there is nothing to go by
MOST_DATES = 24
MOST_A_DATE = 4_000  # people; more teach nothing new and take memory


class Sample(NamedTuple):
    """One learner on one day of prediction."""

    on: date
    facts: Facts
    dropped: bool


@dataclass(frozen=True)
class Samples:
    """Examples in the order of their days, with the peers of each day and how many days ahead was asked."""

    rows: tuple[Sample, ...]
    peers: dict[date, Peers]
    ahead: dict[date, int]

    def between(self, first: date, last: date) -> list[Sample]:
        """Those of the days of prediction from `first` to `last`, both included."""
        return [row for row in self.rows if first <= row.on <= last]


def dates(first: date, last: date, policy: Policy, deadlines: Sequence[date] = ()) -> dict[date, int]:
    """The days of prediction in a course known from `first` to `last`, and how many days ahead is asked on each.

    The newest `MOST_DATES`; what became of everybody is known for each of them.
    """
    found: dict[date, int] = {}
    on = last - timedelta(days=policy.days)
    while on >= first + timedelta(days=FIRST) and len(found) < MOST_DATES:
        ahead = horizon(policy, on=on, deadlines=deadlines)
        if ahead is not None:
            found[on] = ahead
        on -= timedelta(days=STEP)
    return dict(sorted(found.items()))


def collect(
    pasts: Iterable[Past],
    ahead: dict[date, int],
    policy: Policy,
    *,
    as_of: Callable[[Past, date], Past] = lambda past, on: past,
) -> Samples:
    """The examples of these days of prediction. `as_of` gives what was known of a past at the end of a day.

    Of more than `MOST_A_DATE` people a day that many are drawn, the same ones every time. About 0.1 ms a person and day.
    """
    draw = Random("risk")  # noqa: S311  (which examples are kept is no secret)
    kept: dict[date, list[Sample]] = {on: [] for on in ahead}
    seen: dict[date, list[tuple[int, int]]] = {on: [] for on in ahead}
    for past in pasts:
        for on, within in ahead.items():
            if not looked_at(as_of(past, on), on=on):
                continue
            facts = facts_of(past, on=on, means=policy.means, ahead=within)
            end = as_of(past, on + timedelta(days=within))
            row = Sample(on, facts, dropped_out(end, on=on, within=within, means=policy.means))
            seen[on].append((facts.started, facts.done))
            if len(kept[on]) < MOST_A_DATE:
                kept[on].append(row)
            elif (place := draw.randrange(len(seen[on]))) < MOST_A_DATE:
                kept[on][place] = row
    return Samples(
        tuple(row for rows in kept.values() for row in rows), {on: Peers(found) for on, found in seen.items()}, ahead
    )


def together(parts: Sequence[Samples]) -> Samples:
    """The examples of several runs as one, in the order of their days. Runs whose days overlap are not put together."""
    rows = sorted((row for part in parts for row in part.rows), key=lambda row: row.on)
    peers = {on: found for part in parts for on, found in part.peers.items()}
    return Samples(tuple(rows), peers, dict(sorted((on, n) for part in parts for on, n in part.ahead.items())))
