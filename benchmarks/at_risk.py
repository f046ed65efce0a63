"""How well the chance of dropping out tells, on simulated courses. `make benchmark-at-risk`; a few minutes, no database.

Two worlds that were written before the rule and the model: `drift_world.py` (with deadlines, and self-paced) and
`drift_world_b.py`, on which nothing was ever tuned. Strictly in time (`learning.divide`): learned from the first weeks, adjusted
in later ones, judged in the latest, among those who learned in the seven days before. Beside the model stand the rule, which
learned nothing, and the number of days since somebody last learned as a score of its own. Every figure is a median over seeds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from statistics import median

from benchmarks import drift_world, drift_world_b
from benchmarks.drift_world import World
from community_dashboard.engagement.risk import judging
from community_dashboard.engagement.risk.calendars import Calendar, Calendars
from community_dashboard.engagement.risk.evaluation import Evaluation, Judged
from community_dashboard.engagement.risk.learning import learn
from community_dashboard.engagement.risk.meaning import Means, Policy
from community_dashboard.engagement.risk.samples import collect, dates

SEEDS = (11, 12, 13, 14, 15)
LEARNERS = 3_000
LEARNING, DEADLINE = Policy(), Policy(Means.DEADLINE)
WORLDS: dict[str, tuple[Policy, Callable[[int], World]]] = {
    "A, with deadlines": (LEARNING, lambda seed: drift_world.make_world(seed=seed, learners=LEARNERS)),
    "A, self-paced": (LEARNING, lambda seed: drift_world.make_world(seed=seed, learners=LEARNERS, self_paced=True)),
    "B, renewal with frailty": (LEARNING, lambda seed: drift_world_b.make_world(seed=seed, learners=LEARNERS)),
    "A, the next deadline is missed": (DEADLINE, lambda seed: drift_world.make_world(seed=seed, learners=LEARNERS)),
    "A, self-paced, the own next deadline is missed": (
        DEADLINE,
        lambda seed: drift_world.make_world(seed=seed, learners=LEARNERS, self_paced=True, own_deadlines=True),
    ),
}


def calendars_of(world: World) -> Calendars:
    """When something is due in it, for all or for each learner."""
    shared = Calendar(((None, world.deadlines),))
    own = {one.person: Calendar(((None, world.own_days(one)),)) for one in world.learners if world.own_deadlines}
    return Calendars(shared, own)


def evaluate(policy: Policy, world: World) -> Evaluation:
    """How the three ways of telling did in the latest weeks of one course."""
    calendars = calendars_of(world)
    days = dates(world.first, world.last, policy, calendars)
    found = learn(collect(world.learners, days, policy, calendars=calendars), capacity=policy.capacity)
    if isinstance(found, str):
        raise SystemExit(f"{world.name}: nothing was learned ({found})")
    return found.evaluation


def middle(values: Iterable[float | None]) -> str:
    """The median, to three places."""
    known = [value for value in values if value is not None]
    return f"{median(known):.3f}" if known else "–"


def main(seeds: Iterable[int] = SEEDS) -> None:
    """Prints the tables for docs/at-risk.md."""
    print("Simulated courses: no figure here is of real learners.\n")
    pooled: dict[str, list[judging.Bin]] = {}
    for name, (policy, make) in WORLDS.items():
        begun = time.perf_counter()
        found = [evaluate(policy, make(seed)) for seed in seeds]
        print(f"World {name} ({len(found)} seeds, {time.perf_counter() - begun:.0f} s)")
        print(f"  judged: {middle(one.judged.examples for one in found)} examples, dropped out "
              f"{middle(one.judged.dropped / one.judged.examples for one in found)}")  # fmt: skip
        print(
            "  | | area | over days since | calibration error | log loss | precision at 50 |\n  |---|---|---|---|---|---|"
        )
        for kind in ("days_since", "rule", "model"):
            ways: list[Judged] = [getattr(one, kind) for one in found]
            over = middle(w.area - one.days_since.area for w, one in zip(ways, found, strict=True))  # type: ignore[operator]
            print(f"  | {kind} | {middle(w.area for w in ways)} | {over} | {middle(w.calibration_error for w in ways)} "
                  f"| {middle(w.log_loss for w in ways)} | {middle(w.precision for w in ways)} |")  # fmt: skip
        print(f"  the model is used in {sum(one.better for one in found)} of {len(found)}\n")
        pooled[name] = [one for evaluation in found for one in evaluation.model.bins]
    for name, bins in pooled.items():
        print(f"Reliability of the model, {name} (all seeds together)")
        print("  | said | examples | said on average | dropped out |\n  |---|---|---|---|")
        for low in sorted({one.low for one in bins}):
            some = [one for one in bins if one.low == low]
            people = sum(one.people for one in some)
            said = sum(one.said * one.people for one in some) / people
            true = sum(one.true * one.people for one in some) / people
            print(f"  | {low:.0%} to {low + 0.1:.0%} | {people} | {said:.1%} | {true:.1%} |")
        print()


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or SEEDS)
