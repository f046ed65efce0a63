"""Who learns on which day, and how much, in a course of many learners: the same every time. Plain Python.

Half of the people come in the first three days. Most stop after some weeks, a fifth after a day or two, one in eight never
begins; who stays has a rhythm: evenings, week-ends, once a week. The busiest days are the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

ROWS = 500  # of the record for each learner, on average
SECTIONS, SEQUENCES = 12, 5  # five sequences a section, each with one unit
KINDS = ("html", "video", "problem", "html", "problem")  # of the blocks of a unit
UNITS = SECTIONS * SEQUENCES
BLOCKS = UNITS * len(KINDS)
VIDEOS, PROBLEMS = UNITS * KINDS.count("video"), UNITS * KINDS.count("problem")
# How likely somebody sits down, Monday to Sunday, and in which hour (UTC) mostly.
RHYTHMS = (
    ((0.55, 0.5, 0.5, 0.45, 0.35, 0.3, 0.4), 19),
    ((0.1, 0.1, 0.1, 0.1, 0.15, 0.75, 0.7), 10),
    ((0.02, 0.02, 0.9, 0.02, 0.02, 0.02, 0.02), 18),
    ((0.75, 0.75, 0.75, 0.75, 0.75, 0.6, 0.6), 12),
)
SHARES = (40, 20, 15, 25)  # of the rhythms
WRITES = 0.03  # of the sessions


class Session(NamedTuple):
    """One learner at work on one day. The numbers of blocks are different blocks of that day."""

    learner: int
    minute: int  # of the day, of the first row
    done: int  # blocks that were completed before
    completed: int
    opened: int
    watched: int
    tried: int
    answered: int  # posts in the forum

    @property
    def rows(self) -> int:
        """Of the record."""
        return self.completed + self.opened + self.watched + self.tried + self.answered


@dataclass
class Lives:
    """So many learners over so many days. `came`, `went`: the day of each (from 0); who went after the last day stays."""

    learners: int
    days: int
    seed: int = 2026

    def __post_init__(self) -> None:
        random = Random(self.seed)
        self.random = random
        self.came = [self._arrival(random) for _ in range(self.learners)]
        self.went = [came + self._stays(random) for came in self.came]
        self.rhythm = random.choices(range(len(RHYTHMS)), weights=SHARES, k=self.learners)
        self.pace = [random.uniform(0.5, 1.5) for _ in range(self.learners)]
        self.done = [0] * self.learners
        self.rows_a_session = self._rows_a_session()

    def sessions(self, day: int) -> Iterator[Session]:
        """Who learns on this day, by learner. Ask for the days in their order, each once."""
        random, weekday = self.random, day % 7
        for learner in range(self.learners):
            if not self.came[learner] <= day < self.went[learner]:
                continue
            chances, hour = RHYTHMS[self.rhythm[learner]]
            if random.random() >= chances[weekday]:
                continue
            rows = max(1, int(self.rows_a_session * self.pace[learner] * (0.3 + 1.4 * random.random())))
            done = self.done[learner]
            completed = min(rows // 5, BLOCKS - done)
            self.done[learner] += completed
            opened = min(1 + rows // 4, UNITS)
            watched = min(rows // 5, VIDEOS)
            tried = min(max(0, rows - completed - opened - watched), PROBLEMS)
            begins = max(random.gauss(hour * 60, 110), 0)
            answered = int(random.random() < WRITES)
            latest = 1439 - (completed + opened + watched + tried + answered)  # all of it is done before midnight
            yield Session(learner, min(int(begins), latest), done, completed, opened, watched, tried, answered)

    def _arrival(self, random: Random) -> int:
        return random.randrange(3) if random.random() < 0.5 else min(int(random.expovariate(1 / 16)), self.days - 1)

    def _stays(self, random: Random) -> int:
        """For how many days: 0 for who never begins."""
        kind = random.choices(("never", "a look", "weeks", "to the end"), weights=(12, 18, 42, 28))[0]
        return {"never": 0, "a look": 1 + random.randrange(3), "to the end": self.days + 400}.get(
            kind, 4 + int(random.expovariate(1 / 20))
        )

    def _rows_a_session(self) -> float:
        """Such that there are ROWS for each learner, by what is to be expected."""
        expected = 0.0
        for learner in range(self.learners):
            chances = RHYTHMS[self.rhythm[learner]][0]
            first, end = self.came[learner], min(self.went[learner], self.days)
            share = self.pace[learner] * sum(chances) / 7
            expected += max(0, end - first) * share
        wanted = ROWS * self.learners * self.days / 56
        return wanted / expected if expected else 1.0


def block_names(course: str) -> tuple[list[str], list[str]]:
    """The usage keys of the blocks in the order of reading, and those of the sequences."""
    run = course.removeprefix("course-v1:")
    blocks = [
        f"block-v1:{run}+type@{kind}+block@u{unit:02}-{place}"
        for unit in range(UNITS)
        for place, kind in enumerate(KINDS)
    ]
    return blocks, [f"block-v1:{run}+type@sequential+block@s{unit:02}" for unit in range(UNITS)]
