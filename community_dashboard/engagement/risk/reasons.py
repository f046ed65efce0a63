"""Why a chance is as high as it is: the facts without which it would be lower. Plain Python.

A reason is weighed by asking again: what would the chance be if this one thing were as usual? That holds for the rule and for a
model alike. Only what is true of the learner is said, and only what makes the chance clearly higher.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from community_dashboard.engagement.risk.facts import LONG_PAUSE, USUAL, Facts, Peers
from community_dashboard.engagement.risk.model import logit

CLEARLY = 0.1  # of log-odds: from 50 % to 52 %
OFTEN = 10  # days of learning in 28
BLOCKS = 3  # a week
OLD = 28  # days since the start
MOST = 3

Chance = Callable[[Facts], float]


class Name(StrEnum):
    """What a reason says; with its figures in their order. The values are stored."""

    PAUSE = "pause"  # so many days without work; usually comes every so many (0: not known)
    RARE = "rare"  # days of learning in the last 28 days
    FEWER = "fewer"  # days of learning in the last seven, in the seven before
    NOTHING = "nothing"  # no block completed in so many days
    LESS = "less"  # blocks completed in the last seven, in the seven before
    BEHIND = "behind"  # blocks completed, the median of those who started in the same week
    NEW = "new"  # days since the first day of learning
    ONCE = "once"  # one day of learning only, so many days ago
    BREAKS = "breaks"  # the longest pause within eight weeks, in days
    DUE = "due"  # not weighed: days to the next deadline; 1 if the learner's deadlines are own ones


@dataclass(frozen=True)
class Reason:
    """One fact that makes the chance higher."""

    name: Name
    figures: tuple[int, ...]


def reasons(facts: Facts, peers: Peers, chance: Chance) -> tuple[Reason, ...]:
    """The weightiest first, at most three. `chance` says what the chance would be with such facts. Nine questions to it at most.

    Where nothing weighs clearly the heaviest is said alone.
    """
    told = logit(chance(facts))
    weighed = []
    for reason, otherwise in _candidates(facts, peers):
        weight = told - logit(chance(otherwise))
        if weight > 0:
            weighed.append((-weight, reason.name, reason))
    weighed.sort()
    clear = [reason for weight, _, reason in weighed if -weight > CLEARLY]
    return tuple(clear[:MOST] or [reason for *_, reason in weighed[:1]])


def _candidates(facts: Facts, peers: Peers) -> list[tuple[Reason, Facts]]:
    """What may be said of this learner, each with the facts as they would usually be."""
    found: list[tuple[Reason, Facts]] = []
    rhythm = max(1, round(facts.rhythm)) if facts.rhythm else 0
    once = facts.started == facts.idle and facts.started >= 1
    if not once and facts.pause >= 2 and facts.pause > facts.rhythm:
        found.append((Reason(Name.PAUSE, (facts.pause, rhythm)), facts._replace(pause=0, missed=0.0, idle=0)))
    if once:
        back = facts._replace(worked=3, rate=max(facts.rate, USUAL), month=3, week=3, pause=0, missed=0.0, idle=0)
        back = back._replace(started=max(OLD, facts.started))
        found.append((Reason(Name.ONCE, (facts.started,)), back))
    elif facts.started >= 14 and facts.month < OFTEN - 2:
        often = facts.expected / facts.rate * USUAL if facts.rate else facts.expected
        usual = facts._replace(rate=max(facts.rate, USUAL), expected=max(facts.expected, often), month=OFTEN)
        found.append((Reason(Name.RARE, (facts.month,)), usual))
    if facts.started >= 7 and facts.week < facts.week_before:
        found.append((Reason(Name.FEWER, (facts.week, facts.week_before)), facts._replace(week=facts.week_before)))
    if facts.started >= 7 and not facts.done_week and not facts.done_before:
        busy = facts._replace(done_week=BLOCKS, done_before=BLOCKS, done=facts.done + 2 * BLOCKS)
        found.append((Reason(Name.NOTHING, (14,)), busy))
    elif facts.started >= 7 and facts.done_week < facts.done_before:
        less = facts._replace(done_week=facts.done_before, acts=max(facts.acts, facts.acts_before))
        found.append((Reason(Name.LESS, (facts.done_week, facts.done_before)), less))
    typical = peers.median(facts.started)
    if typical is not None and facts.done < typical:
        found.append((Reason(Name.BEHIND, (facts.done, math.floor(typical))), facts._replace(done=math.ceil(typical))))
    if not once and facts.started < 7:
        found.append((Reason(Name.NEW, (facts.started,)), facts._replace(started=OLD)))
    if facts.longest > LONG_PAUSE:
        found.append((Reason(Name.BREAKS, (facts.longest,)), facts._replace(longest=min(4, facts.longest))))
    return found


def as_stored(found: Sequence[Reason]) -> list[list[str | int]]:
    """For a JSON column."""
    return [[reason.name.value, *reason.figures] for reason in found]


def from_stored(stored: Sequence[Sequence[str | int]]) -> tuple[Reason, ...]:
    """What `as_stored` made; names that are not known any more are left out."""
    known = {name.value for name in Name}
    return tuple(Reason(Name(row[0]), tuple(map(int, row[1:]))) for row in stored if row and row[0] in known)
