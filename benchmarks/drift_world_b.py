"""Simulated courses of another make: the second world. The rule and the model were never tuned on it.

These are simulations, like `drift_world.py`, but with another idea of why people stay away: nobody here has a motivation, an
intention or a deadline. Written, with every number in it, before the rule and the model.

How a course is made (`make_world`, all from one seed):

- *Coming back is a renewal process.* The time from one visit to the next has a gamma distribution whose mean is the learner's own
  (a frailty: lognormal, two and a half days in the median, from half a day to three weeks) and whose shape is too: some are as
  regular as a clock, some come in bursts.
- *Staying has a life time.* Weibull with a falling hazard (most leave early), whose scale has a frailty of its own that goes
  together, weakly, with how often the person comes. Four of ten *fade*: in the last part of their time their visits come
  further and further apart, and they do less. Six of ten stop without a sign. Three of a hundred who stop leave the course.
- *Spells away*: learners are on or off. On-spells last five weeks on the average, off-spells have a heavy tail (lognormal, six
  days in the median); everybody whose life time is not over comes back.
- *One-day visitors*: one of five who start comes on a single day.
- *Visits at night*: a visit at a random hour; two visits on one day are one day of learning. No weekday matters but Sunday,
  when one of three visits is put off to Monday.
- *Work*: a visit has a number of acts with a negative binomial distribution, divided among blocks, videos and answers by shares
  that are the learner's own. 40 blocks; finished at 32.
- *Enrolment*: three waves (before the start, after a newspaper's article, after a partner's letter) over an even stream. One of
  four never starts.
- *Traits*: a country and a language, drawn apart from all the rest, but for one country whose learners come less often.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from random import Random

from benchmarks.drift_world import SimulatedDay, SimulatedLearner, World

START = date(2026, 3, 2)
BLOCKS, FINISHED = 40, 32
COUNTRIES = (("DE", "de"), ("FR", "fr"), ("MA", "ar"), ("IN", "en"))


def make_world(*, seed: int, learners: int = 3000, days: int = 84) -> World:
    """One course. About a second for 3,000 learners and 84 days; the same seed makes the same."""
    draw = Random(f"renewal {seed}")
    waves = (-5.0, draw.uniform(10, 30), draw.uniform(30, 60))
    made = tuple(_learner(draw, waves, days, number + 1) for number in range(learners))
    return World("renewal with frailty", START - timedelta(days=14), START + timedelta(days=days - 1), made)


def _learner(draw: Random, waves: tuple[float, ...], days: int, person: int) -> SimulatedLearner:
    country, language = draw.choice(COUNTRIES)
    wave = draw.choices((0, 1, 2, 3), weights=(0.4, 0.15, 0.1, 0.35))[0]
    enrolled = draw.gauss(waves[wave], 3) if wave < 3 else draw.uniform(-14, days)
    enrolled = min(max(enrolled, -14.0), days - 0.01)
    history: tuple[tuple[SimulatedDay, ...], int | None, int | None] = ((), None, None)
    if draw.random() >= 0.25:
        history = _visits(draw, max(enrolled, 0.0) + draw.expovariate(0.8), days, slow=country == "MA")
    visited, finished, left = history
    return SimulatedLearner(
        person,
        START + timedelta(days=math.floor(enrolled)),
        None if left is None else START + timedelta(days=left),
        None if finished is None else START + timedelta(days=finished),
        visited,
        country,
        language,
    )


def _visits(
    draw: Random, begins: float, days: int, *, slow: bool
) -> tuple[tuple[SimulatedDay, ...], int | None, int | None]:
    """The days of learning in order, the day of finishing, the day of leaving."""
    frailty = draw.gauss(0, 0.7)
    mean = min(21.0, max(0.5, math.exp(math.log(2.5) + frailty))) * (1.3 if slow else 1)
    shape = math.exp(draw.gauss(0.3, 0.6))
    life = draw.weibullvariate(45 * math.exp(draw.gauss(0, 0.5) - 0.3 * frailty), 0.75)
    if draw.random() < 0.2:
        life = 0.01
    fades, leaves = draw.random() < 0.4, draw.random() < 0.03
    share = [draw.gammavariate(2, 1) for _ in range(3)]
    acts_mean = math.exp(draw.gauss(1.3, 0.5))
    on_until = begins + draw.gammavariate(2, 17.5)
    done, finished = 0, None
    work: dict[int, list[int]] = {}
    moment = begins
    while moment < days and moment - begins <= life:
        fading = _fading(moment - begins, life) if fades else 0.0
        day = _put_off(draw, math.floor(moment))
        if day < days:
            acts = 1 + _acts(draw, acts_mean * (1 - 0.6 * fading))
            counts = [0, 0, 0]
            for _ in range(acts):
                counts[draw.choices((0, 1, 2), weights=share)[0]] += 1
            counts[0] = min(counts[0], BLOCKS - done)
            done += counts[0]
            if finished is None and done >= FINISHED:
                finished = day
            found = work.setdefault(day, [0, 0, 0])
            work[day] = [a + b for a, b in zip(found, counts, strict=True)]
        if finished is not None and draw.random() < 0.5:
            break
        moment += draw.gammavariate(shape, mean / shape) * (1 + 2.5 * fading)
        if moment > on_until:
            moment += math.exp(draw.gauss(math.log(6), 0.9))
            on_until = moment + draw.gammavariate(2, 17.5)
    end = math.floor(begins + life)
    left = end if leaves and finished is None and end < days and work else None
    return tuple(_day(draw, day, counts) for day, counts in sorted(work.items())), finished, left


def _fading(age: float, life: float) -> float:
    """0 until two thirds of a life time are over, then up to 1."""
    return max(0.0, 3 * (age / life) - 2)


def _put_off(draw: Random, day: int) -> int:
    sunday = (START.weekday() + day) % 7 == 6
    return day + 1 if sunday and draw.random() < 1 / 3 else day


def _acts(draw: Random, mean: float) -> int:
    """Negative binomial: a Poisson number whose mean is gamma distributed."""
    limit, number, product = math.exp(-draw.gammavariate(1.5, mean / 1.5)), 0, draw.random()
    while product > limit:
        number += 1
        product *= draw.random()
    return number


def _day(draw: Random, day: int, counts: list[int]) -> SimulatedDay:
    posted, answered = int(draw.random() < 0.015), int(draw.random() < 0.03)
    completed, watched, tried = counts
    learning = completed + watched + tried + 1 + posted + answered
    return SimulatedDay(START + timedelta(days=day), learning, completed, watched, tried, 1, posted, answered)
