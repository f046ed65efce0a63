"""What a page of trends is asked: a course, a choice, and the moment of asking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.choosing import Chosen
from community_dashboard.engagement.choosing.choice import Choice


@dataclass(frozen=True)
class Asked:
    """`chosen` are the learners of the choice; `covered` the days of which there are figures."""

    course_key: CourseKey
    choice: Choice
    chosen: Chosen
    covered: tuple[date, date] | None
    now: datetime

    @property
    def today(self) -> date:
        """The day that is not over."""
        return self.now.astimezone(UTC).date()

    @property
    def learners(self) -> Chosen:
        """The same without the course's team: for figures over learners as they stand."""
        return replace(self.chosen, team=False) if self.chosen.team is None else self.chosen

    @property
    def comparable(self) -> bool:
        """Whether the days before the period may be set beside it: there were figures, and the same learners."""
        return bool(self.covered) and self.covered[0] <= self.choice.before.start and not self.choice.joined

    def list_url(self, **changed: Any) -> str:
        """The list of everybody of this choice, some of it changed: as the figures, with who left and with the team."""
        path = reverse("community_dashboard:learners", args=[str(self.course_key)])
        return f"{path}?{self.choice.query(who='all', **changed)}"
