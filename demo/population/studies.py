"""When people come, and how far they get: plain draws."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from demo.population.rhythm import Rhythm, draw_rhythm, next_session
from demo.population.story import AUDIT, COHORTS, DUE, SPAN, VERIFIED, CourseShape, Studies

WEEKS = (24, 17, 13, 11, 10, 9, 8, 8)  # of those who come by themselves, how many in which week
# How much of the course people have in mind: (weight, least share, greatest share of the blocks).
INTENTIONS = ((20, 0.0, 0.0), (34, 0.03, 0.3), (24, 0.3, 0.8), (22, 0.8, 1.0))
STOPS = 0.1  # of those who come to a hard place
REST, REST_IF_KEEN = 2.2 * 86400, 8 * 3600  # seconds between two sessions, on average
GOES_AWAY, AWAY = 0.03, 17 * 86400  # after how many sessions one is gone for weeks, and returns
HURRIES, BEFORE_DUE = 0.55, 20 * 3600  # of those who would have come later: so many seconds before the date, on average
MOST_BLOCKS = 100  # what one gets done in eight weeks, however long the course
SEES_PANEL = 0.93  # of those who read a unit with a share panel
LOOKS_AROUND, LOOKS_BACK, LOOKS_ON = (
    0.35,
    0.4,
    0.55,
)  # without completing: beginners, those who did something, once more
LEAVES = 0.05
COMES_BACK = 0.2
PASSES = 0.85  # of those who have completed four fifths of the blocks
LAPSES = 0.02
ENOUGH = 0.8
TAKES_CERTIFICATE, SIGNS_UP_EARLY = 0.32, 0.04  # verified: of those with half of the blocks, of the others


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
    wanted = course.blocks if keen else _wanted(random, course)
    rhythm = Rhythm.FREE if keen else draw_rhythm(random)
    dues = [now + offset for offset in DUE] if course.graded else []
    at = enrolled_at + seconds(random, 300, 20)
    completed: list[datetime] = []
    session = random.randint(3, 9)
    for _block in range(wanted):
        at += seconds(random, 200, 20)
        session -= 1
        if session < 0:
            session = random.randint(3, 9)
            at = at + seconds(random, REST_IF_KEEN, 4 * 3600) if keen else _come_again(random, rhythm, at, dues)
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
    looked = _looked(random, rhythm, course, since=last, done=wanted)
    return Studies(
        completed=tuple(moment for moment in completed if moment <= now),
        shown=tuple((prompt, moment) for prompt, moment in shown if moment <= now),
        looked=tuple((block, moment) for block, moment in looked if moment <= min(now, left_at or now)),
        left_at=_until(now, left_at),
        came_back_at=_until(now, came_back_at),
        passed_at=_until(now, passed_at),
        lapsed_at=_until(now, lapsed_at),
    )


def draw_track(random: Random, studies: Studies, course: CourseShape) -> str:
    """Which track somebody takes: who gets far pays for the certificate more often."""
    far = bool(course.blocks) and len(studies.completed) >= course.blocks / 2
    return VERIFIED if random.random() < (TAKES_CERTIFICATE if far else SIGNS_UP_EARLY) else AUDIT


def draw_group(random: Random) -> str:
    """The cohort into which somebody is put."""
    return random.choices(list(COHORTS), weights=list(COHORTS.values()))[0]


def _wanted(random: Random, course: CourseShape) -> int:
    """How many blocks somebody will complete who has all the time: what they have in mind, or up to where they stop."""
    _weight, least, greatest = random.choices(INTENTIONS, weights=[weight for weight, _l, _g in INTENTIONS])[0]
    wanted = min(round(random.uniform(least, greatest) * course.blocks), MOST_BLOCKS)
    return next((before for before in course.hard if 0 < before < wanted and random.random() < STOPS), wanted)


def _come_again(random: Random, rhythm: Rhythm, last: datetime, dues: list[datetime]) -> datetime:
    """When the next session begins: in the own rhythm, sometimes after weeks, for some in time for what is due."""
    away = AWAY if random.random() < GOES_AWAY else 0
    at = next_session(random, rhythm, last=last, rest=seconds(random, REST, 4 * 3600) + timedelta(seconds=away))
    for due in dues:
        in_time = due - seconds(random, BEFORE_DUE, 1800)
        if last + timedelta(hours=1) < in_time < at and random.random() < HURRIES:
            return in_time
    return at


def _looked(
    random: Random, rhythm: Rhythm, course: CourseShape, *, since: datetime, done: int
) -> list[tuple[int, datetime]]:  # fmt: skip
    """What somebody looks at without completing it: the beginning, or once more what was done, in the weeks after."""
    looked: list[tuple[int, datetime]] = []
    at = since
    chance = LOOKS_BACK if done else LOOKS_AROUND
    while course.blocks and random.random() < chance and len(looked) < 12:
        at = (
            next_session(random, rhythm, last=at, rest=seconds(random, 2 * REST))
            if looked or done
            else at + seconds(random, 400, 30)
        )
        looked.append((random.randrange(min(done + 1, course.blocks)), at))
        chance = LOOKS_ON
    return looked


def _until(now: datetime, moment: datetime | None) -> datetime | None:
    """The moment if it has come."""
    return moment if moment is not None and moment <= now else None
