"""When somebody sits down to learn: different people at different times of the day and the week. Plain draws."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from random import Random


class Rhythm(StrEnum):
    """How somebody's week looks."""

    FREE = "free"  # whenever
    EVENINGS = "evenings"
    LUNCH = "lunch"  # on working days
    WEEKENDS = "weekends"
    WEEKLY = "weekly"  # the same evening every week


RHYTHMS = {Rhythm.FREE: 18, Rhythm.EVENINGS: 38, Rhythm.LUNCH: 12, Rhythm.WEEKENDS: 17, Rhythm.WEEKLY: 15}
# The hours (UTC) in which a session begins: first, last, most often.
HOURS = {
    Rhythm.FREE: (7.0, 23.0, 19.0),
    Rhythm.EVENINGS: (17.0, 22.5, 19.5),
    Rhythm.LUNCH: (10.5, 13.5, 12.0),
    Rhythm.WEEKENDS: (8.0, 21.0, 10.0),
    Rhythm.WEEKLY: (17.0, 21.5, 19.0),
}
SATURDAY = 5


def draw_rhythm(random: Random) -> Rhythm:
    """Somebody's habit."""
    return random.choices(list(RHYTHMS), weights=list(RHYTHMS.values()))[0]


def next_session(random: Random, rhythm: Rhythm, *, last: datetime, rest: timedelta) -> datetime:
    """When the next session begins that follows the one that ended at `last`, after about `rest` but a few hours at least."""
    day = (last + rest).date()
    if rhythm is Rhythm.WEEKLY:
        day = last.date() + timedelta(weeks=max(1, round(rest / timedelta(weeks=1))))
    elif rhythm is Rhythm.WEEKENDS and day.weekday() < SATURDAY:
        day += timedelta(days=SATURDAY - day.weekday() + random.randrange(2))
    elif rhythm is Rhythm.LUNCH and day.weekday() >= SATURDAY:
        day += timedelta(days=7 - day.weekday())
    first, latest, often = HOURS[rhythm]
    at = datetime.combine(day, time(), tzinfo=last.tzinfo) + timedelta(
        seconds=int(random.triangular(first, latest, often) * 3600)
    )
    return at if at > last + timedelta(hours=3) else at + timedelta(days=7 if rhythm is Rhythm.WEEKLY else 1)
