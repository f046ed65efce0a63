"""What a segment would hold if it were changed: counted before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.sealing import sealed
from community_dashboard.activity.rollup.tallies import difference
from community_dashboard.charts.numbers import whole
from community_dashboard.engagement.segments.definitions import NOBODY, Definition
from community_dashboard.engagement.segments.queries import Segment, days_to_deadline
from community_dashboard.engagement.segments.sentences import sentence_of
from referral_xblock.api import get_host

SHOWN = 10


@dataclass(frozen=True)
class Example:
    """One learner."""

    name: str
    url: str


@dataclass(frozen=True)
class Trial:
    """The definition beside the one that is kept. Examples are of those who would come in; where nobody would, of those in it."""

    sentence: str
    before: int | None  # None for a segment that is not kept yet
    after: int
    comes: int
    goes: int
    coming: tuple[Example, ...]
    going: tuple[Example, ...]
    staying: tuple[Example, ...]

    @property
    def numbers(self) -> dict[str, str]:
        """The counts as a page writes them."""
        counted = {"before": self.before or 0, "after": self.after, "comes": self.comes, "goes": self.goes}
        return {name: whole(number) for name, number in counted.items()}


def try_definition(course_key: CourseKey, definition: Definition, *, against: Segment | None, now: datetime) -> Trial:
    """Counts the learners of both, and names ten of each kind at most. Three queries and the host's for deadlines."""
    new = definition.chosen(days_to_deadline=days_to_deadline(course_key, now=now))
    found = difference(course_key, against.chosen if against else NOBODY, new, now=now, size=SHOWN)
    people = get_host().people([*found.coming, *found.going, *found.staying])

    def named(ids: tuple[int, ...]) -> tuple[Example, ...]:
        return tuple(Example(people[one].name, _learner_url(course_key, one)) for one in ids if one in people)

    return Trial(
        sentence=sentence_of(definition),
        before=found.before if against else None,
        after=found.after,
        comes=found.comes,
        goes=found.goes,
        coming=named(found.coming),
        going=named(found.going),
        staying=named(found.staying),
    )


def _learner_url(course_key: CourseKey, account_id: int) -> str:
    return reverse("community_dashboard:learner", args=[str(course_key), sealed(account_id, course_key)])
