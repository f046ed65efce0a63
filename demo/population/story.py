"""What happens in the crowd's eight weeks, as plain data: nothing here knows a table. Moments are whole seconds in UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

SPAN = timedelta(weeks=8)
# When something is due, counted from now: one date has passed, one is near. Only in a course with graded questions.
DUE = (timedelta(days=-17), timedelta(days=4))
AUDIT, VERIFIED = "audit", "verified"
COHORTS = {"Balcony": 30, "Garden": 45, "Countryside": 25}  # their shares in per cent


@dataclass(frozen=True)
class CourseShape:
    """What the story has to know of a course. `prompts`: how many completable blocks stand before each share panel.

    `hard`: how many stand before each place at which more people stop than elsewhere.
    """

    blocks: int
    prompts: tuple[int, ...]
    graded: bool
    hard: tuple[int, ...] = ()


@dataclass(frozen=True)
class Persona:
    """Who somebody is. The name is a first name with an initial."""

    name: str
    language: str
    country: str
    email_host: str


@dataclass(frozen=True)
class Studies:
    """What somebody does in the course after enrolling."""

    completed: tuple[datetime, ...] = ()  # when each block was completed, in the order of reading
    shown: tuple[tuple[int, datetime], ...] = ()  # which share panel was in view, and when
    looked: tuple[tuple[int, datetime], ...] = ()  # which block was looked at without being completed, and when
    left_at: datetime | None = None
    came_back_at: datetime | None = None
    passed_at: datetime | None = None
    lapsed_at: datetime | None = None  # no longer passing


@dataclass(frozen=True)
class Learner:
    """One account. `number` counts from 1 and is also how the rest of the story calls the person."""

    number: int
    persona: Persona
    registered_at: datetime
    enrolled_at: datetime | None = None
    by_team: bool = False  # the course team enrolled the person
    studies: Studies = Studies()
    mode: str = AUDIT  # the track
    cohort: str = ""  # one of COHORTS; "" without a course


@dataclass(frozen=True)
class Showing:
    """A learner has a share panel in view."""

    learner: int
    prompt: int
    at: datetime


@dataclass(frozen=True)
class Share:
    """A learner shares by a channel; the visits that follow come by that link."""

    learner: int
    prompt: int
    channel: str
    at: datetime


@dataclass(frozen=True)
class Visit:
    """One request for the page of a shared link. `browser` is the same number for the same browser."""

    share: Share
    browser: int
    at: datetime
    machine: str = ""
    confirmed_by: str = ""
    joined_at: datetime | None = None  # pressed the button
    same_browser: bool = False


@dataclass(frozen=True)
class Binding:
    """An account comes of visits (by their place in `Story.visits`).

    way: "cookie" (with the registration, or with the enrolment of an account that was there), "back" (with the address on
    the way back) or "code" (typed).
    """

    learner: int
    visits: tuple[int, ...]
    way: str
    tells: str
    bound_at: datetime


@dataclass
class Story:
    """Everything, each list in the order in which it happened; learners in the order of their numbers."""

    learners: list[Learner] = field(default_factory=list)
    showings: list[Showing] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)

    def learner(self, number: int) -> Learner:
        """The learner of this number."""
        return self.learners[number - 1]
