"""The figures of a course whose record is not there, reckoned from the lives of its learners as the roll-up would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from benchmarks.engagement_lives import BLOCKS, KINDS, Lives, Session

Row = dict[str, Any]


class Figures:
    """Tell it every session, day after day; then ask for the rows."""

    def __init__(self, lives: Lives, days: int, *, first: date, first_learner: int, countries: tuple[str, ...]) -> None:
        self.lives, self.days, self.first = lives, days, first
        self.first_learner, self.countries = first_learner, countries
        self.counts: Counter[tuple[str, date]] = Counter()
        self.of_blocks: Counter[tuple[date, int]] = Counter()
        self.weeks: dict[date, set[int]] = {}
        self.sums: list[Counter[str]] = [Counter() for _ in range(lives.learners)]
        self.learned: list[list[int]] = [[] for _ in range(lives.learners)]
        self.last: list[tuple[str, str]] = [("", "")] * lives.learners

    def add(self, day: int, one: Session) -> Row:
        """The row of this person and day."""
        on = self.first + timedelta(days=day)
        begins, ends = one.minute, one.minute + one.rows - 1
        hours = range(begins // 60, ends // 60 + 1)
        numbers = {"completed": one.completed, "watched": one.watched, "tried": one.tried, "opened": one.opened}
        numbers["answered"] = one.answered
        self.sums[one.learner].update(numbers)
        self.learned[one.learner].append(day)
        self.last[one.learner] = (
            f"{on} {begins // 60:02}:{begins % 60:02}:00",
            f"{on} {ends // 60:02}:{ends % 60:02}:00",
        )
        for name, number in {**numbers, "active": 1, **{f"hour_{hour:02}": 1 for hour in hours}}.items():
            self.counts[name, on] += number
        self.weeks.setdefault(on - timedelta(days=on.weekday()), set()).add(one.learner)
        for block in range(one.done, one.done + one.completed):
            self.of_blocks[on, block] += 1
        return {
            "person": self.first_learner + one.learner, "day": on, "learning": one.rows, **numbers,
            "hours": sum(1 << hour for hour in hours), "first_at": self.last[one.learner][0],
            "last_at": self.last[one.learner][1],
        }  # fmt: skip

    def states(self, now: datetime) -> Iterator[Row]:
        """Where everybody stands."""
        random, last_day = Random(7), self.days - 1
        for learner in range(self.lives.learners):
            came, went, learned = self.lives.came[learner], self.lives.went[learner], self.learned[learner]
            left = went < self.days and learner % 9 == 0
            sums, first = self.sums[learner], self.first + timedelta(days=came)
            monday = first - timedelta(days=first.weekday())
            weeks = 0
            for day in learned:
                weeks |= 1 << (self.first + timedelta(days=day) - monday).days // 7
            progress = min(1000, sums["completed"] * 1000 // BLOCKS)
            yield {
                "person": self.first_learner + learner, "enrolled_at": f"{first} 00:{learner % 60:02}:00",
                "enrolled": int(not left), "left_at": f"{self.first + timedelta(days=went)} 01:00:00" if left else None,
                "mode": "verified" if learner % 10 == 9 else "audit", "cohort": learner % 4 + 1,
                "country": random.choice(self.countries), "started_at": None if not learned else self._first_at(learned),
                "last_at": self.last[learner][1] or None, "days": len(learned),
                "days_7": sum(last_day - day < 7 for day in learned),
                "days_before_7": sum(7 <= last_day - day < 14 for day in learned),
                "pause": 0, "weeks": weeks, "completed": sums["completed"], "watched": sums["watched"],
                "tried": sums["tried"], "opened": sums["opened"], "progress": progress,
                "grade": progress if learned else -1,
                "passed_at": self.last[learner][1] if progress >= 800 else None, "finished": int(progress >= 800),
                "last_block": "", "answers": sums["answered"], "risk": random.randrange(1000), "risk_before": -1,
                "filled_at": f"{now:%Y-%m-%d %H:%M:%S}",
            }  # fmt: skip

    def daily(self) -> Iterator[Row]:
        """The counts of each day, and of each week."""
        for learner in range(self.lives.learners):
            self.counts["enrolled", self.first + timedelta(days=self.lives.came[learner])] += 1
            if self.lives.went[learner] < self.days and learner % 9 == 0:
                self.counts["left", self.first + timedelta(days=self.lives.went[learner])] += 1
        for (metric, day), value in sorted(self.counts.items()):
            if value:
                yield {"metric": metric, "day": day, "value": value}
        for monday, people in sorted(self.weeks.items()):
            yield {"metric": "active_week", "day": monday, "value": len(people)}

    def blocks(self, names: list[str]) -> Iterator[Row]:
        """How many completed each block on each day; of videos and questions as many began them."""
        for (day, block), people in sorted(self.of_blocks.items()):
            kind = KINDS[block % len(KINDS)]
            yield {
                "day": day, "block_id": names[block], "completed": people,
                "watched": people if kind == "video" else 0, "tried": people if kind == "problem" else 0,
            }  # fmt: skip

    def fill_states(self, now: datetime) -> Iterator[Row]:
        """Every day is filled and sealed."""
        for day in range(self.days):
            yield {
                "day": self.first + timedelta(days=day), "stale": 0, "sealed": 1, "rows": 0,
                "filled_at": f"{now:%Y-%m-%d %H:%M:%S}",
            }  # fmt: skip

    def _first_at(self, learned: list[int]) -> str:
        return f"{self.first + timedelta(days=learned[0])} 12:00:00"
