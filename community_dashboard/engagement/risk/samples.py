"""Weeks that are over, as examples: who was looked at on a day, what was known, and who dropped out after it. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from community_dashboard.engagement.risk.calendars import NO_DEADLINES, Calendars
from community_dashboard.engagement.risk.facts import Facts, Peers, facts_of
from community_dashboard.engagement.risk.meaning import Means, Past, Policy, dropped_out, horizon, looked_at

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
    """Examples in the order of their days, with the peers of each day and how many days ahead was asked at most."""

    rows: tuple[Sample, ...]
    peers: dict[date, Peers]
    ahead: dict[date, int]

    def between(self, first: date, last: date) -> list[Sample]:
        """Those of the days of prediction from `first` to `last`, both included."""
        return [row for row in self.rows if first <= row.on <= last]


def dates(first: date, last: date, policy: Policy, calendars: Calendars = NO_DEADLINES) -> dict[date, int]:
    """The days of prediction in a course known from `first` to `last`, and how many days ahead is asked on each at most.

    The newest `MOST_DATES`; what became of everybody is known for each of them.
    """
    distinct = calendars.distinct()
    found: dict[date, int] = {}
    on = last - timedelta(days=policy.days)
    while on >= first + timedelta(days=FIRST) and len(found) < MOST_DATES:
        ahead = [n for one in distinct if (n := horizon(policy, on=on, deadlines=one.known(on))) is not None]
        if ahead:
            found[on] = max(ahead)
        on -= timedelta(days=STEP)
    return dict(sorted(found.items()))


def collect(
    pasts: Iterable[Past],
    ahead: dict[date, int],
    policy: Policy,
    *,
    as_of: Callable[[Past, date], Past] = lambda past, on: past,
    calendars: Calendars = NO_DEADLINES,
) -> Samples:
    """The examples of these days of prediction. `as_of` gives what was known of a past at the end of a day.

    Where deadlines are asked about, who had none ahead is no example, and nor is who was given another before it came. Of more
    than `MOST_A_DATE` people a day that many are drawn, the same ones every time. About 0.1 ms a person and day.
    """
    draw = Random("risk")  # noqa: S311  (which examples are kept is no secret)
    kept: dict[date, list[Sample]] = {on: [] for on in ahead}
    found = dict.fromkeys(ahead, 0)
    seen: dict[date, list[tuple[int, int]]] = {on: [] for on in ahead}
    for past in pasts:
        calendar = calendars.of(past.person)
        for on in ahead:
            if not looked_at(as_of(past, on), on=on):
                continue
            within = horizon(policy, on=on, deadlines=calendar.known(on))
            facts = facts_of(past, on=on, means=policy.means, ahead=within or 0)
            seen[on].append((facts.started, facts.done))
            if within is None:
                continue
            if policy.means is Means.DEADLINE and not calendar.stood(on + timedelta(days=within), since=on):
                continue
            end = as_of(past, on + timedelta(days=within))
            row = Sample(on, facts, dropped_out(end, on=on, within=within, means=policy.means))
            found[on] += 1
            if len(kept[on]) < MOST_A_DATE:
                kept[on].append(row)
            elif (place := draw.randrange(found[on])) < MOST_A_DATE:
                kept[on][place] = row
    return Samples(
        tuple(row for rows in kept.values() for row in rows), {on: Peers(pairs) for on, pairs in seen.items()}, ahead
    )


def together(parts: Sequence[Samples]) -> Samples:
    """The examples of several runs as one, in the order of their days. Runs whose days overlap are not put together."""
    rows = sorted((row for part in parts for row in part.rows), key=lambda row: row.on)
    peers = {on: found for part in parts for on, found in part.peers.items()}
    return Samples(tuple(rows), peers, dict(sorted((on, n) for part in parts for on, n in part.ahead.items())))
