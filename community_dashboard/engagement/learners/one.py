"""The page of one learner, ready to be written out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.visits import Visit
from community_dashboard.activity.queries import Cursor
from community_dashboard.activity.rollup import people
from community_dashboard.activity.rollup.rows import StateRow
from community_dashboard.charts.figures import Figure
from community_dashboard.engagement.learners.beside import beside_the_course
from community_dashboard.engagement.learners.queries import Note, labels_of, log_of, notes_on, tags_of
from community_dashboard.engagement.learners.table import Cell, moment_of, named, risk_words
from community_dashboard.engagement.learners.timeline import Timeline, timeline_of
from community_dashboard.engagement.risk.queries import reasons_of
from community_dashboard.engagement.risk.words import trend
from community_dashboard.engagement.segments.queries import segments_of
from community_dashboard.host.chosen import get_host
from referral_xblock.api import JourneyRow, Selection, list_journeys
from referral_xblock.api import get_host as get_people_host

MOST_FRIENDS = 10

ACTS: dict[str, Any] = {
    "noted": gettext_lazy("%(name)s wrote a note"),
    "unnoted": gettext_lazy("%(name)s removed a note"),
    "tagged": gettext_lazy("%(name)s gave the tag “%(label)s”"),
    "untagged": gettext_lazy("%(name)s took the tag “%(label)s” away"),
}


@dataclass(frozen=True)
class Risk:
    """How likely this learner is to drop out, whether that grew within a week, and why."""

    words: str
    trend: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Friend:
    """Somebody whom this learner brought."""

    name: str
    how_far: str
    enrolled: Cell


@dataclass(frozen=True)
class Written:
    """A note, or a line of the log, with who and when."""

    words: str
    by: str
    at: Cell
    id: int = 0


@dataclass(frozen=True)
class LearnerPage:
    """What the template needs. Names, notes and labels are hostile until it escapes them."""

    name: str
    username: str
    left: bool
    team: bool
    facts: list[tuple[str, Cell]]
    segments: list[tuple[str, str]]  # name, key
    risk: Risk
    beside: Figure
    friends: list[Friend]
    tags: list[str]
    offered: list[str]  # labels that the course uses
    notes: list[Written]
    log: list[Written]
    timeline: Timeline


def learner_page(visit: Visit, user_id: int, *, older: Cursor | None, now: datetime) -> LearnerPage | None:
    """Everything about one learner; None for somebody who is not of this course, or is retired.

    Some thirty queries, and those of the medians, which are remembered for ten minutes.
    """
    key = visit.course_key
    state = people.state_of(key, user_id) if user_id > 0 else None
    if state is None:
        return None
    notes, log = notes_on(key, user_id), log_of(key, user_id)
    journeys = list_journeys(key, Selection(), inviter_id=user_id, limit=MOST_FRIENDS) if state.invited else []
    others = {one.by for one in (*notes, *log)} | {row.user_id for row in journeys}
    known = get_people_host().people(sorted({user_id, *others} - {None}))
    if user_id not in known:
        return None
    name, username = named(known[user_id])

    def who(number: int | None) -> str:
        return named(known.get(number))[0] if number is not None else _("An account that is gone")

    return LearnerPage(
        name=name,
        username=username,
        left=not state.enrolled,
        team=state.team,
        facts=_facts(key, state, now=now),
        segments=_segments(key, user_id, now=now),
        risk=_risk(key, state),
        beside=beside_the_course(key, state, now=now),
        friends=[Friend(who(row.user_id), _how_far(row), moment_of(row.enrolled_at, now=now)) for row in journeys],
        tags=tags_of(key, [user_id]).get(user_id, []),
        offered=[label for label, _times in labels_of(key)],
        notes=[_note(note, who, now=now) for note in notes],
        log=[
            Written(
                str(ACTS[one.what]) % {"name": who(one.by), "label": one.label}, "", moment_of(one.happened_at, now=now)
            )
            for one in log
        ],
        timeline=timeline_of(key, user_id, older=older),
    )


def _facts(course_key: CourseKey, state: StateRow, *, now: datetime) -> list[tuple[str, Cell]]:
    facts = [(_("Enrolled"), moment_of(state.enrolled_at, now=now))]
    if not state.enrolled:
        facts.append((_("Left"), moment_of(state.left_at, now=now)))
    facts.append((_("Started"), moment_of(state.started_at, now=now)))
    facts.append((_("Last seen"), moment_of(state.last_at, now=now)))
    if state.mode:
        facts.append((_("Track"), Cell(state.mode.capitalize())))
    if state.cohort:
        cohorts = {cohort.id: cohort.name for cohort in get_host().cohorts(course_key)}
        facts.append((_("Cohort"), Cell(cohorts.get(state.cohort, ""))))
    if state.passed_at:
        facts.append((_("Passed"), moment_of(state.passed_at, now=now)))
    if state.certified_at:
        facts.append((_("Certificate"), moment_of(state.certified_at, now=now)))
    return facts


def _segments(course_key: CourseKey, user_id: int, *, now: datetime) -> list[tuple[str, str]]:
    """The segments this learner is in now: one query by the account for each segment of the course."""
    return [
        (segment.name, segment.key)
        for segment in segments_of(course_key, now=now)
        if (segment.chosen.persons is None or user_id in segment.chosen.persons)
        and people.count(course_key, replace(segment.chosen, persons=(user_id,)), now=now)
    ]


def _risk(course_key: CourseKey, state: StateRow) -> Risk:
    if state.risk < 0:
        return Risk(risk_words(state.risk), "", ())
    reasons = reasons_of(course_key, [state.person]).get(state.person, ())
    return Risk(risk_words(state.risk), trend(state.risk, state.risk_before), reasons)


def _how_far(row: JourneyRow) -> str:
    if row.unenrolled_at:
        return _("left the course")
    if row.completed_at:
        return _("completed the course")
    return _("began to learn") if row.active_at else _("enrolled")


def _note(note: Note, who: Callable[[int | None], str], *, now: datetime) -> Written:
    return Written(note.text, who(note.by), moment_of(note.made_at, now=now), note.id)


def learner_url(course_key: CourseKey, sealed_id: str, part: str = "") -> str:
    """The address of one learner, at a part of the page."""
    return reverse("community_dashboard:learner", args=[str(course_key), sealed_id]) + part
