"""The whole funnel of a course, from the panel in view to the course completed, and what it amounts to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Selection
from referral_xblock.journey.counts import (
    Reached,
    Uncounted,
    brought_by,
    count_reached,
    count_reached_by_week,
    count_uncredited,
)
from referral_xblock.journey.growth import Estimate, Group, incrementality, k_factor
from referral_xblock.links.counts import NO_CLICKS, Clicks, count_clicks
from referral_xblock.sharing.counts import NOBODY, Counted, count_shared, count_shown, prompt_groups, sharers

FUNNEL = ("shown", "shared", "clicked", "registered", "enrolled", "active", "completed")
BREAKDOWNS = ("network", "placement", "week")


@dataclass(frozen=True)
class Step:
    """One stage: how many people, and how many of them there are for one of the stage before.

    `conversion` is None for the first stage and where nobody reached the one before. It can be above 1: one learner's
    share brings several people, and who has an account already enrols without registering.
    """

    stage: str
    people: int
    conversion: float | None


@dataclass(frozen=True)
class Part:
    """One line of a breakdown. `people` is by stage; None where the stage has no such thing (nobody is shown a network)."""

    key: str
    people: Mapping[str, int | None]


@dataclass(frozen=True)
class Funnel:
    """Everything the growth page counts. Nobody counts twice in a stage; parts of a breakdown may share people."""

    steps: tuple[Step, ...]
    clicks: Clicks  # of which `people` is the stage "clicked"
    showings: int
    shares: int
    left: int  # of the enrolled, who left since
    uncounted: tuple[Uncounted, ...]
    breakdowns: Mapping[str, tuple[Part, ...]]


@dataclass(frozen=True)
class GrowthSummary:
    """What invitations do for the course in a period. An estimate is None where there is nothing to estimate from."""

    enrolments: int  # credited to somebody whose account still exists
    inviters: int  # active: shared in the period, or brought a credited enrolment in it
    k: Estimate | None
    prompted: int
    held_out: int
    extra: Estimate | None  # enrolments that would not have come without the prompt


def funnel(course_key: CourseKey, *, start: date | None = None, end: date | None = None) -> Funnel:
    """The funnel of a course between two days (UTC, both included), each stage by its own date.

    Nineteen queries whatever the size; what comes back is as large as there are networks, placements and weeks.
    """
    chosen = Selection(start=start, end=end)
    shown, shared, clicked = (
        count_shown(course_key, chosen),
        count_shared(course_key, chosen),
        count_clicks(course_key, chosen),
    )
    reached = count_reached(course_key, chosen)[""]
    whole = _people(shown[""], shared[""], clicked[""], reached)
    return Funnel(
        steps=_steps(whole),
        clicks=clicked[""],
        showings=shown[""].rows,
        shares=shared[""].rows,
        left=reached.left,
        uncounted=tuple(count_uncredited(course_key, chosen)),
        breakdowns={by: _parts(course_key, chosen, by) for by in BREAKDOWNS},
    )


def _steps(people: dict[str, int | None]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for stage in FUNNEL:
        reached = people[stage] or 0
        before = steps[-1].people if steps else 0
        steps.append(Step(stage, reached, reached / before if before else None))
    return tuple(steps)


def _people(shown: Counted | None, shared: Counted, clicked: Clicks, reached: Reached) -> dict[str, int | None]:
    numbers = (
        shown.people if shown else None,
        shared.people,
        clicked.people,
        reached.registered,
        reached.enrolled,
        reached.active,
        reached.completed,
    )
    return dict(zip(FUNNEL, numbers, strict=True))


def _parts(course_key: CourseKey, chosen: Selection, by: str) -> tuple[Part, ...]:
    shown = {} if by == "network" else count_shown(course_key, chosen, by=by)
    shared = count_shared(course_key, chosen, by=by)
    clicked = count_clicks(course_key, chosen, by=by)
    reached = count_reached_by_week(course_key, chosen) if by == "week" else count_reached(course_key, chosen, by=by)
    parts = []
    for key in sorted({*shown, *shared, *clicked, *reached}):
        seen = None if by == "network" else shown.get(key, NOBODY)
        parts.append(
            Part(
                key,
                _people(seen, shared.get(key, NOBODY), clicked.get(key, NO_CLICKS), reached.get(key, Reached())),
            )
        )
    return tuple(parts)


def growth_summary(course_key: CourseKey, *, start: date | None = None, end: date | None = None) -> GrowthSummary:
    """The k-factor and the effect of the prompt between two days (UTC, both included). Three queries whatever the size.

    The effect compares learners who had the panel in view by the end of the period, by the draw that was made for them,
    whether they shared or not: only so is the draw the one difference between the groups.
    """
    chosen = Selection(start=start, end=end)
    brought = brought_by(course_key, chosen)
    active = sharers(course_key, chosen) | brought.keys()
    groups = prompt_groups(course_key, Selection(end=end))
    return GrowthSummary(
        enrolments=sum(brought.values()),
        inviters=len(active),
        k=k_factor([*brought.values(), *[0] * (len(active) - len(brought))]),
        prompted=len(groups.prompted),
        held_out=len(groups.held_out),
        extra=incrementality(prompted=Group.of(groups.prompted, brought), held_out=Group.of(groups.held_out, brought)),
    )
