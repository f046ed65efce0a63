"""`make benchmark-fraud`: how many attacks the signs hold, and how many honest people, on worlds they were not tuned on.

Prints Markdown: a line per kind of attack (the confusion table), the honest people by where they come from, and what a
credited friend costs an attacker and an honest inviter in minutes. Exit status 1 if a goal is missed on the unseen seeds.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from disposable_email_domains import blocklist

from benchmarks.fraud_world import SEEDS, UNSEEN_SEEDS
from benchmarks.fraud_world.records import HONEST, World
from benchmarks.fraud_world.records import Arrival as Drawn
from benchmarks.fraud_world.world import draw_world
from referral_xblock.journey.signs import Arrival, Rules, Sign, Suspicion, judge

CAUGHT = 0.95  # of attacks, at least
HONEST_HELD = 0.01  # at most
COST = 5.0  # an attacker's minutes for a credited friend over an honest inviter's, at least
HOLD_DAYS = 3  # an enrolment counts for a reward when it has lasted so long


@dataclass
class Tally:
    """One label in one or more worlds."""

    arrivals: int = 0
    held: int = 0
    at_once: int = 0  # of these, held before there was time to see whether they learn
    left: int = 0  # not held, but gone again before they counted
    idle: int = 0  # neither, but never begun: an enrolment alone counts for nothing after `Rules.idle_days`
    minutes: float = 0.0

    @property
    def credited(self) -> int:
        """For whom somebody would be rewarded."""
        return self.arrivals - self.held - self.left - self.idle


@dataclass
class Result:
    """All labels of some worlds."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    signs: Counter = field(default_factory=Counter)  # (label, sign)

    @property
    def attacks(self) -> list[Tally]:
        """Everything that is not honest."""
        return [tally for label, tally in self.tallies.items() if label != HONEST]

    @property
    def caught(self) -> float:
        """The share of attackers' accounts for which nobody is rewarded."""
        return 1 - sum(one.credited for one in self.attacks) / sum(one.arrivals for one in self.attacks)

    @property
    def honest_held(self) -> float:
        """The share of honest people who are held."""
        return self.tallies[HONEST].held / self.tallies[HONEST].arrivals

    @property
    def cost_ratio(self) -> float:
        """An attacker's minutes for a credited friend over an honest inviter's."""
        spent, gained = sum(one.minutes for one in self.attacks), sum(one.credited for one in self.attacks)
        honest = self.tallies[HONEST]
        return (spent / gained if gained else float("inf")) / (honest.minutes / honest.credited)


def main() -> int:
    """Measures, prints, and returns the exit status."""
    for name, seeds in (("seeds that the rules were tuned on", SEEDS), ("unseen seeds", UNSEEN_SEEDS)):
        result = measure(seeds)
        print(
            f"\n## {name.capitalize()} ({', '.join(map(str, seeds))})\n\n{table(result)}\n\n{summary(result)}",
            flush=True,
        )
    missed = missed_goals(result)
    print("\n" + ("\n".join(missed) if missed else "Every goal is met on the unseen seeds."))
    return 1 if missed else 0


def measure(seeds: Iterable[int]) -> Result:
    """What the rules of today do in these worlds."""
    result = Result()
    for seed in seeds:
        world = draw_world(seed)
        suspicions, early = judge_world(world), judge_world(world, idle_days=10_000)
        for one in world.arrivals:
            suspicion = suspicions.get(one.account.id)
            tally = result.tallies.setdefault(one.label, Tally())
            tally.arrivals += 1
            tally.minutes += one.minutes
            if suspicion and suspicion.held:
                tally.held += 1
                tally.at_once += one.account.id in early and early[one.account.id].held
            elif one.left_at and one.left_at - one.enrolled_at < timedelta(days=HOLD_DAYS):
                tally.left += 1
            elif suspicion and Sign.IDLE in suspicion.signs:
                tally.idle += 1
            for sign in suspicion.signs if suspicion else ():
                result.signs[one.label, sign.value] += 1
    return result


def judge_world(world: World, **options: int) -> dict[int, Suspicion]:
    """The signs in one world, with what its course team has set."""
    rules = Rules(trusted_domains=world.trusted_domains, banned_channels=world.banned_channels, **options)
    return judge(
        (as_known(one, world) for one in world.arrivals),
        credited_elsewhere=world.other_courses,
        is_throw_away=blocklist.__contains__,
        rules=rules,
        now=world.end,
    )


def as_known(one: Drawn, world: World) -> Arrival:
    """What a site knows of an arrival: of the device a hash that changes every day."""
    seen = f"{one.clicked_at:%Y-%m-%d}|{one.address}|{one.browser}"
    return Arrival(
        friend_id=one.account.id,
        inviter_id=one.inviter.id,
        friend_mail=one.account.email,
        inviter_mail=one.inviter.email,
        clicked_at=one.clicked_at,
        enrolled_at=one.enrolled_at,
        visitor=hashlib.sha256(seen.encode()).hexdigest()[:20],
        trusted_network=one.address in world.trusted_networks,
        own_browser=one.own_browser,
        channel=one.channel,
        is_new=one.account.created_at > one.clicked_at,
        dormant=one.account.unused and one.clicked_at - one.account.created_at > timedelta(days=90),
        blocks=len(one.studied_at),
        last_block_at=one.studied_at[-1] if one.studied_at else None,
    )


def table(result: Result) -> str:
    """One line per label: what became of its accounts, and the signs that were seen on them."""
    lines = [
        "| | accounts | held | at once | left in time | never begun | credited | minutes each | signs seen, share of accounts |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for label, one in sorted(result.tallies.items(), key=lambda item: (item[0] != HONEST, item[0])):
        seen = [(times, sign) for (whose, sign), times in result.signs.items() if whose == label]
        signs = ", ".join(f"{sign} {times / one.arrivals:.0%}" for times, sign in sorted(seen, reverse=True)[:5])
        figures = [one.arrivals, one.held, one.at_once, one.left, one.idle, one.credited]
        cost = f"{one.minutes / one.credited:.1f}" if one.credited else "–"
        lines.append("| " + " | ".join([label, *(f"{figure:,}" for figure in figures), cost, signs]) + " |")
    return "\n".join(lines)


def summary(result: Result) -> str:
    """The three figures that the goals are about."""
    return (
        f"Attackers' accounts that bring nothing: {result.caught:.1%} (goal {CAUGHT:.0%}). "
        f"Honest people held: {result.honest_held:.2%} (goal {HONEST_HELD:.0%} at most). "
        f"Minutes for a credited friend, attacker over honest inviter: {result.cost_ratio:.0f} (goal {COST:g})."
    )


def missed_goals(result: Result) -> list[str]:
    """What is not reached, in words."""
    missed = []
    if result.caught < CAUGHT:
        missed.append(f"Only {result.caught:.1%} of the attackers' accounts are caught.")
    if result.honest_held > HONEST_HELD:
        missed.append(f"{result.honest_held:.2%} of honest people are held.")
    if result.cost_ratio < COST:
        missed.append(f"Farming costs only {result.cost_ratio:.1f} times the work of an honest invitation.")
    return missed


if __name__ == "__main__":
    sys.exit(main())
