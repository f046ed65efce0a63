"""When people come, and how far they get: plain draws."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from demo.population.story import SPAN, CourseShape, Studies

WEEKS = (24, 17, 13, 11, 10, 9, 8, 8)  # of those who come by themselves, how many in which week
# How much of the course people have in mind: (weight, least share, greatest share of the blocks).
INTENTIONS = ((22, 0.0, 0.0), (37, 0.03, 0.3), (24, 0.3, 0.8), (17, 0.8, 1.0))
REST, REST_IF_KEEN = 2.2 * 86400, 8 * 3600  # seconds between two sessions, on average
MOST_BLOCKS = 100  # what one gets done in eight weeks, however long the course
SEES_PANEL = 0.93  # of those who read a unit with a share panel
LEAVES = 0.05
COMES_BACK = 0.2
PASSES = 0.85  # of those who have completed four fifths of the blocks
LAPSES = 0.02
ENOUGH = 0.8


def seconds(random: Random, mean: float, least: float = 1.0) -> timedelta:
    """A waiting time in whole seconds, most of them short."""
    return timedelta(seconds=int(least + random.expovariate(1 / mean)))


def arrival(random: Random, *, now: datetime) -> datetime:
    """When somebody comes who follows no link: more in the first weeks, more in the evening."""
    week = random.choices(range(8), weights=WEEKS)[0]
    day = timedelta(weeks=week, days=random.randrange(7))
    clock = timedelta(seconds=int(random.triangular(0, 86399, 68400)))
    return now - SPAN + (day + clock)


def draw_studies(
    random: Random, course: CourseShape, *, enrolled_at: datetime, now: datetime, keen: bool = False
) -> Studies:
    """What this person does until now: sessions of some blocks each, with days between. Who is keen goes on to the end."""
    _weight, least, greatest = random.choices(INTENTIONS, weights=[weight for weight, _l, _g in INTENTIONS])[0]
    wanted = course.blocks if keen else min(round(random.uniform(least, greatest) * course.blocks), MOST_BLOCKS)
    at = enrolled_at + seconds(random, 300, 20)
    completed: list[datetime] = []
    session = random.randint(3, 9)
    for _block in range(wanted):
        at += seconds(random, 200, 20)
        session -= 1
        if session < 0:
            session = random.randint(3, 9)
            at += seconds(random, REST_IF_KEEN if keen else REST, 4 * 3600)
        completed.append(at)
    shown = [
        (prompt, (completed[before - 1] if before else enrolled_at) + timedelta(seconds=15))
        for prompt, before in enumerate(course.prompts)
        if wanted and before <= wanted and random.random() < SEES_PANEL
    ]
    last = completed[-1] if completed else enrolled_at
    # Drawn in any case, so that people live the same life whether their course is graded or not.
    would_pass, would_lapse = keen or random.random() < PASSES, random.random() < LAPSES and not keen
    lapses_after = seconds(random, 5 * 86400, 60)
    passes = course.graded and course.blocks and wanted >= ENOUGH * course.blocks and would_pass
    passed_at = last + timedelta(seconds=1) if passes else None
    lapsed_at = last + lapses_after if passes and would_lapse else None
    left_at = last + seconds(random, 6 * 86400, 3600) if random.random() < LEAVES and not keen else None
    came_back_at = left_at + seconds(random, 6 * 86400, 3600) if left_at and random.random() < COMES_BACK else None
    return Studies(
        completed=tuple(moment for moment in completed if moment <= now),
        shown=tuple((prompt, moment) for prompt, moment in shown if moment <= now),
        left_at=_until(now, left_at),
        came_back_at=_until(now, came_back_at),
        passed_at=_until(now, passed_at),
        lapsed_at=_until(now, lapsed_at),
    )


def _until(now: datetime, moment: datetime | None) -> datetime | None:
    """The moment if it has come."""
    return moment if moment is not None and moment <= now else None
