"""What somebody chose to look at, as it stands in an address."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.choosing import EVERYBODY, Chosen
from community_dashboard.engagement.segments.queries import segment_of

USUAL_DAYS = 56  # eight weeks, today included
NOBODY: tuple[int, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Days of UTC, both included, and some of the learners. With nothing else said, all learners."""

    start: date
    end: date
    cohort: int = 0  # 0: whichever
    mode: str = ""
    segment: str = ""
    joined: bool = False  # only those whose first enrolment lies in the period

    @classmethod
    def usual(cls, today: date) -> Choice:
        """What a page shows before anybody chose: the last eight weeks, everybody."""
        return cls(today - timedelta(days=USUAL_DAYS - 1), today)

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days + 1

    @property
    def narrowed(self) -> bool:
        """Whether it is about some of the learners."""
        return bool(self.cohort or self.mode or self.segment or self.joined)

    @property
    def before(self) -> Choice:
        """The same of the days just before, as many."""
        return replace(self, start=self.start - timedelta(days=self.days), end=self.start - timedelta(days=1))

    def query(self, **changed: Any) -> str:
        """The query of an address: this choice with some of it changed. What is empty is left out."""
        values = {field.name: getattr(self, field.name) for field in fields(self)} | changed
        said = {name: 1 if value is True else value for name, value in values.items()}
        return urlencode({name: value for name, value in said.items() if value not in (None, "", 0, False)})

    def chosen(self, course_key: CourseKey, *, now: datetime) -> Chosen:
        """The learners of this choice; nobody where the segment is gone or is of another cohort or track.

        What `segment_of` costs, and only with a segment.
        """
        segment = segment_of(course_key, self.segment, now=now) if self.segment else None
        if self.segment and segment is None:
            return Chosen(persons=NOBODY)
        among = segment.chosen if segment else EVERYBODY
        if not _agree(among.cohort, self.cohort) or not _agree(among.mode, self.mode):
            return Chosen(persons=NOBODY)
        chosen = replace(among, cohort=self.cohort or among.cohort, mode=self.mode or among.mode)
        if not self.joined:
            return chosen
        return replace(
            chosen,
            enrolled_from=max(filter(None, (self.start, among.enrolled_from))),
            enrolled_until=min(filter(None, (self.end, among.enrolled_until))),
        )


def _agree(one: object, other: object) -> bool:
    return not one or not other or one == other
