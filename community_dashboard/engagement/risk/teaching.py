"""A course learns from its own past weeks and from its earlier run, and keeps what it learned as its next version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.small_groups import hide
from community_dashboard.activity.rollup.queries import daily
from community_dashboard.data import Profile
from community_dashboard.engagement.risk import evaluation, model
from community_dashboard.engagement.risk.calendars import NO_DEADLINES
from community_dashboard.engagement.risk.evaluation import Group, groups_of
from community_dashboard.engagement.risk.learning import Learned, Outcome, can_learn, learn
from community_dashboard.engagement.risk.meaning import Means, Policy
from community_dashboard.engagement.risk.models import RiskModel, RiskRound
from community_dashboard.engagement.risk.policy import policy_of
from community_dashboard.engagement.risk.rounds import Span, as_of, course_calendars, learners_of, span_of
from community_dashboard.engagement.risk.samples import Samples, collect, dates, together
from community_dashboard.host.chosen import get_host
from referral_xblock.api import rerun_source

KEPT = 5  # versions of a course
BATCH = 500
BUSY = 10  # a run is over when fewer than a tenth of those of its busiest day come
TRAITS: dict[str, Callable[[Profile], str]] = {
    "country": lambda profile: profile.country,
    "language": lambda profile: profile.language,
}


@dataclass(frozen=True)
class Taught:
    """How a try to learn ended; `row` is the new version, if there is one."""

    outcome: Outcome
    row: RiskModel | None = None


def teach(*, course_key: CourseKey, now: datetime) -> Taught:
    """Learns and keeps it. Minutes at most: reads the days of every learner of the course and of its earlier run once.

    Of two workers at once one keeps its version. Whoever calls it has the chances reckoned anew.
    """
    policy = policy_of(course_key)
    learned: Learned | Outcome = Outcome.NO_LIBRARY
    if can_learn():
        sources, samples = _examples(course_key, policy, now)
        learned = learn(samples, capacity=policy.capacity, sources=sources) if samples else Outcome.TOO_SHORT
    row = _keep(course_key, policy, learned, now) if isinstance(learned, Learned) else None
    outcome = learned if isinstance(learned, Outcome) else Outcome.LEARNED
    RiskRound.objects.update_or_create(
        course_key=course_key, defaults={"asked_at": None, "tried_at": now, "outcome": outcome.value}
    )
    return Taught(outcome, row)


def _examples(course_key: CourseKey, policy: Policy, now: datetime) -> tuple[list[str], Samples | None]:
    """The keys of the courses, and their examples: of the earlier run as far as it was over before this one has examples."""
    own = _of_course(course_key, policy, span_of(course_key, now=now), now)
    source = rerun_source(course_key)
    earlier = _of_course(source, policy, _busy_span(source, now), now) if source is not None else None
    if own and earlier and max(on + timedelta(days=n) for on, n in earlier.ahead.items()) > min(own.ahead):
        earlier = None
    found = [(str(key), part) for key, part in ((source, earlier), (course_key, own)) if part]
    return [key for key, _ in found], together([part for _, part in found]) if found else None


def _busy_span(course_key: CourseKey, now: datetime) -> Span | None:
    """The days of a run that is over, until hardly anybody learned any more."""
    span = span_of(course_key, now=now)
    if span is None:
        return None
    active = daily(course_key, ["active"], start=span.first, end=span.last, now=now)["active"]
    busy = [day for day, people in active.items() if people * BUSY >= max(active.values())]
    return Span(span.first, max(busy)) if busy else None


def _of_course(course_key: CourseKey, policy: Policy, span: Span | None, now: datetime) -> Samples | None:
    if span is None:
        return None
    about_deadlines = policy.means is Means.DEADLINE
    calendars = course_calendars(course_key, span, now=now) if about_deadlines else NO_DEADLINES
    ahead = dates(span.first, span.last, policy, calendars)
    if not ahead:
        return None
    learners = learners_of(course_key, until=span.last, now=now)
    return collect(learners, ahead, policy, as_of=as_of, calendars=calendars)


def _keep(course_key: CourseKey, policy: Policy, learned: Learned, now: datetime) -> RiskModel:
    found = replace(learned.evaluation, groups=_groups(learned))
    rows = RiskModel.objects.filter(course_key=course_key)
    newest = rows.order_by("-version").values_list("version", flat=True).first() or 0
    try:
        with transaction.atomic():
            row = RiskModel.objects.create(
                course_key=course_key,
                version=newest + 1,
                trained_at=now,
                means=policy.means.value,
                days=policy.days,
                better=found.better,
                model=model.as_stored(learned.model),
                evaluation=evaluation.as_stored(found),
            )
            rows.filter(version__lte=row.version - KEPT).delete()
    except IntegrityError:
        return rows.get(version=newest + 1)
    return row


def _groups(learned: Learned) -> tuple[Group, ...]:
    """By what the judged learners told the platform of themselves; small groups are hidden. Two queries for 500 people."""
    persons = sorted({row.facts.person for row, _ in learned.chances if row.facts.person > 0})
    profiles: dict[int, Profile] = {}
    for start in range(0, len(persons), BATCH):
        profiles |= get_host().profiles(persons[start : start + BATCH])
    found: list[Group] = []
    for trait, value_of in TRAITS.items():
        values = {person: value_of(profile) for person, profile in profiles.items() if value_of(profile)}
        shown = list(hide(Counter(values.values())).shown)
        found += groups_of(learned.chances, trait=trait, values=values, shown=shown)
    return tuple(found)
