"""Simulated courses in which learners drift away: the first of two worlds on which the chance of dropping out is measured.

These are simulations. No course and no person stands behind a row; what is measured here says how the rule and the model
fare in worlds like these, not in yours. It was written, with every number in it, before the rule and the model.

How a course is made (`make_world`, all from one seed):

- A *learner* has an intention (finisher, auditor, sampler, sporadic) that nobody sees, a motivation that changes from day to
  day, and a weekly rhythm. 30 % never start. The chance of learning on a day is a logistic function of: how often such a
  learner comes at all, the motivation, the favoured days of the week, whether a deadline is near, whether it is holiday.
- *Motivation* decays, by intention, with daily noise. A day on which something is completed gives a little back, a met deadline
  more; a missed one takes some away.
- *Pauses*: life gets in the way on any day with a small chance; the pause lasts about nine days in the median, and six of ten
  come back, less motivated. The others never do.
- *Quitting*: below a motivation each day may be the last; and there is a small chance of it on every day. One in ten who quit
  leaves the course officially.
- *Holidays*: one or two stretches of five to ten days, the same for all, with little learning.
- *Enrolment* is rolling: half before the start, the others over the weeks. In the *self-paced* variant all enrol evenly over
  time, everything is open from the first day, and there are no deadlines. With *own deadlines* (added later, without a new
  number) each learner of it has a deadline every two weeks, counted from the own beginning.
- *Finishing*: four fifths of 60 blocks. Somebody who has finished hardly comes any more.
- *Traits*: a country (of which one has its weekend on Friday and Saturday) and a language. They do not change who drops out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

START = date(2026, 1, 5)  # a Monday
BLOCKS = 60
FINISHED = 48  # blocks
BEFORE = 14  # days before the start on which people already enrol

# intention: (share, mean of coming at all, spread, mean daily decay, blocks a day, videos a day, answers a day)
INTENTIONS = {
    "finisher": (0.18, -0.4, 0.6, 0.014, 1.6, 1.5, 1.2),
    "auditor": (0.30, -1.1, 0.6, 0.034, 0.7, 2.2, 0.1),
    "sampler": (0.37, -0.4, 0.7, 0.085, 0.9, 1.2, 0.3),
    "sporadic": (0.15, -1.9, 0.5, 0.022, 1.2, 1.4, 0.5),
}
COUNTRIES = (
    ("FR", "fr", 0.40),
    ("SN", "fr", 0.15),
    ("EG", "ar", 0.20),
    ("CA", "en", 0.15),
    ("BR", "pt", 0.097),
    ("IS", "is", 0.003),
)


@dataclass(frozen=True)
class SimulatedDay:
    """What a learner did on one day; the names are those of the roll-up's rows."""

    day: date
    learning: int
    completed: int = 0
    watched: int = 0
    tried: int = 0
    opened: int = 0
    posted: int = 0
    answered: int = 0


@dataclass(frozen=True)
class SimulatedLearner:
    """One learner's whole history. `days` in order."""

    person: int
    enrolled_on: date
    left_on: date | None
    finished_on: date | None
    days: tuple[SimulatedDay, ...]
    country: str
    language: str


@dataclass(frozen=True)
class World:
    """A course that never was. `first` and `last` are its days, both included."""

    name: str
    first: date
    last: date
    learners: tuple[SimulatedLearner, ...]
    deadlines: tuple[date, ...] = ()
    own_deadlines: bool = False  # every learner has some, `own_days` says which

    def own_days(self, learner: SimulatedLearner) -> tuple[date, ...]:
        """The deadlines of one learner, within the course's days."""
        if not self.own_deadlines:
            return self.deadlines
        begun = (max(learner.enrolled_on, START) - START).days
        return tuple(_date(day) for day in sorted(_own_deadlines(begun, (self.last - START).days + 1)))


@dataclass(frozen=True)
class _Course:
    """What all learners of a course have in common. Days count from the start."""

    days: int
    self_paced: bool
    deadlines: frozenset[int]
    holidays: frozenset[int]
    own_deadlines: bool = False

    def deadline_near(self, day: int) -> bool:
        return any(day + ahead in self.deadlines for ahead in range(4))

    def open_blocks(self, day: int) -> int:
        return BLOCKS if self.self_paced else min(BLOCKS, 10 * (1 + max(0, day) // 7))


@dataclass
class _Mind:
    """What nobody sees of a learner, and how it changes."""

    intention: str
    comes: float
    decay: float
    weekdays: tuple[float, ...]
    motivation: float
    paused_until: int = -1
    gone: bool = False
    done: int = 0
    since_deadline: int = 0
    finished: int | None = None
    left: int | None = None
    days: list[tuple[int, SimulatedDay]] = field(default_factory=list)


def make_world(
    *, seed: int, learners: int = 3000, days: int = 84, self_paced: bool = False, own_deadlines: bool = False
) -> World:
    """One course. About two seconds for 3,000 learners and 84 days; the same seed makes the same.

    `own_deadlines`: in a self-paced course.
    """
    draw = Random(f"drift {seed} {'own' if own_deadlines else self_paced}")
    deadlines = frozenset() if self_paced else frozenset(range(13, days, 14))
    holidays: set[int] = set()
    for _ in range(draw.choice((1, 2))):
        begin = draw.randrange(14, days - 14)
        holidays |= set(range(begin, begin + draw.randint(5, 10)))
    course = _Course(days, self_paced, deadlines, frozenset(holidays), own_deadlines)
    made = tuple(_learner(draw, course, number + 1) for number in range(learners))
    name = "self-paced, own deadlines" if own_deadlines else "self-paced" if self_paced else "with deadlines"
    return World(
        f"drifting minds, {name}",
        START - timedelta(days=BEFORE),
        START + timedelta(days=days - 1),
        made,
        tuple(START + timedelta(days=day) for day in sorted(deadlines)),
        own_deadlines,
    )


def _own_deadlines(begun: int, days: int) -> frozenset[int]:
    """Every two weeks from the day on which a learner begins, as `make_world` has them from the start of the course."""
    return frozenset(range(begun + 13, days, 14))


def _learner(draw: Random, course: _Course, person: int) -> SimulatedLearner:
    country, language = _trait(draw)
    if course.self_paced:
        enrolled = draw.randrange(-BEFORE, course.days)
    else:
        enrolled = (
            draw.randrange(-BEFORE, 0) if draw.random() < 0.5 else min(course.days - 1, int(draw.expovariate(1 / 18)))
        )
    if course.own_deadlines:
        course = replace(course, deadlines=_own_deadlines(max(enrolled, 0), course.days))
    mind = _mind(draw, country)
    if draw.random() >= 0.3:  # the others never start
        for day in range(max(enrolled, 0), course.days):
            _live(draw, course, mind, day)
            if mind.gone:
                break
    return SimulatedLearner(
        person,
        _date(enrolled),
        None if mind.left is None else _date(mind.left),
        None if mind.finished is None else _date(mind.finished),
        tuple(done for _, done in mind.days),
        country,
        language,
    )


def _trait(draw: Random) -> tuple[str, str]:
    country, language, _ = draw.choices(COUNTRIES, weights=[share for *_, share in COUNTRIES])[0]
    return country, language


def _mind(draw: Random, country: str) -> _Mind:
    intention = draw.choices(list(INTENTIONS), weights=[share for share, *_ in INTENTIONS.values()])[0]
    _, mean, spread, decay, *_ = INTENTIONS[intention]
    weekend = (4, 5) if country == "EG" else (5, 6)
    if draw.random() < 0.3:
        weekdays = tuple(-0.3 if weekday in weekend else 0.1 for weekday in range(7))
    else:
        favoured = draw.sample(range(7), draw.randint(1, 4))
        weekdays = tuple(1.1 if weekday in favoured else -0.7 for weekday in range(7))
    return _Mind(intention, draw.gauss(mean, spread), draw.expovariate(1 / decay), weekdays, draw.gauss(0.4, 0.6))


def _live(draw: Random, course: _Course, mind: _Mind, day: int) -> None:
    """One day in a life."""
    mind.motivation += draw.gauss(-mind.decay, 0.08)
    if draw.random() < 0.008 or (mind.motivation < -1.2 and draw.random() < 0.12):
        mind.gone = True
        if draw.random() < 0.1:
            mind.left = day
        return
    if day < mind.paused_until:
        return
    if draw.random() < 0.007:
        if draw.random() > 0.6:
            mind.gone = True
            return
        mind.paused_until = day + max(3, round(math.exp(draw.gauss(math.log(9), 0.5))))
        mind.motivation -= 0.3
        return
    pull = mind.comes + 1.1 * mind.motivation + mind.weekdays[(START.weekday() + day) % 7]
    if course.deadline_near(day):
        pull += 0.9 if mind.intention == "finisher" else 0.3
    if day in course.holidays:
        pull -= 1.3
    if mind.finished is not None:
        pull -= 4
    if draw.random() < 1 / (1 + math.exp(-pull)):
        _learn(draw, course, mind, day)
    if day in course.deadlines:
        mind.motivation += 0.25 if mind.since_deadline >= 6 else -0.3
        mind.since_deadline = 0


def _learn(draw: Random, course: _Course, mind: _Mind, day: int) -> None:
    *_, blocks, videos, answers = INTENTIONS[mind.intention]
    effort = math.exp(0.35 * max(-2.0, min(2.0, mind.motivation)))
    completed = min(_poisson(draw, blocks * effort), max(0, course.open_blocks(day) - mind.done))
    watched, tried = _poisson(draw, videos * effort), _poisson(draw, answers * effort)
    opened = 1 + _poisson(draw, 0.6 * effort)
    posted = int(draw.random() < 0.02)
    answered = int(draw.random() < 0.025)
    mind.done += completed
    mind.since_deadline += completed
    if completed:
        mind.motivation += 0.04
    if mind.finished is None and mind.done >= FINISHED:
        mind.finished = day
    total = completed + watched + tried + opened + posted + answered
    mind.days.append((day, SimulatedDay(_date(day), total, completed, watched, tried, opened, posted, answered)))


def _poisson(draw: Random, mean: float) -> int:
    """Knuth's way; means here are below ten."""
    limit, number, product = math.exp(-mean), 0, draw.random()
    while product > limit:
        number += 1
        product *= draw.random()
    return number


def _date(day: int) -> date:
    return START + timedelta(days=day)
