"""The round of a day: everybody's chance of dropping out, from what was known at the end of the last whole day (UTC)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.actions import set_risks
from community_dashboard.activity.rollup.choosing import EVERYBODY, Chosen, Condition, Operator
from community_dashboard.activity.rollup.history import History, histories
from community_dashboard.activity.rollup.people import each
from community_dashboard.activity.rollup.queries import covered, filled_at
from community_dashboard.engagement.risk import rule
from community_dashboard.engagement.risk.calendars import Calendar, Calendars
from community_dashboard.engagement.risk.counting import Counting
from community_dashboard.engagement.risk.deadlines import calendars_of
from community_dashboard.engagement.risk.facts import Facts, Peers, facts_of
from community_dashboard.engagement.risk.meaning import CHOICES, Means, Policy, horizon, looked_at
from community_dashboard.engagement.risk.model import Model
from community_dashboard.engagement.risk.models import RiskReading, RiskRound
from community_dashboard.engagement.risk.policy import model_in_use, policy_of
from community_dashboard.engagement.risk.reasons import Name, Reason, as_stored, reasons

WEEK = timedelta(days=7)
BATCH = 1000
FINISHED = Chosen(conditions=(Condition("finished", Operator.IS, 1),))
LEFT = Chosen(conditions=(Condition("enrolled", Operator.IS, 0),))
TEAM = Chosen(team=True)


@dataclass(frozen=True)
class Span:
    """What is known of a course: its first day, and the last one that is over and whole."""

    first: date
    last: date


def span_of(course_key: CourseKey, *, now: datetime) -> Span | None:
    """None while there is not one whole day. Three queries."""
    days, filled = covered(course_key), filled_at(course_key)
    if days is None or filled is None:
        return None
    last = min(now, filled).date() - timedelta(days=1)
    return Span(days[0], last) if last >= days[0] else None


def people_of(course_key: CourseKey, chosen: Chosen, *, now: datetime) -> set[int]:
    """Everybody of a choice. One query for 1,000."""
    return {row.person for rows in each(course_key, chosen, now=now) for row in rows}


def as_of(history: History, on: date) -> History:
    """What was known at the end of `on` of whether somebody had left: who came back later had, and nobody knew better."""
    left = max((day.left_at for day in history.days if day.left_at and day.day <= on), default=None)
    back = max((day.came_back_at for day in history.days if day.came_back_at and day.day <= on), default=None)
    left_on = left.date() if left and not (back and back > left) else None
    return history if left_on == history.left_on else replace(history, left_on=left_on)


def reckon(*, course_key: CourseKey, now: datetime) -> RiskRound | None:
    """Gives everybody who learned in the last seven days a chance, and takes it from everybody else. Repeating changes nothing.

    Where deadlines are asked about, who has none ahead gets none. None while there are no figures of a whole day. Reads every
    learner's days once; memory: the facts of those who learned in the last two weeks, about 2 KB each.
    """
    span = span_of(course_key, now=now)
    if span is None:
        return None
    policy, on = policy_of(course_key), span.last
    calendars = course_calendars(course_key, span, now=now)
    counting = Counting(on, calendars)
    finished, left = people_of(course_key, FINISHED, now=now), people_of(course_key, LEFT, now=now)
    learners = learners_of(course_key, until=on, now=now)
    present, earlier = _look(learners, counting, finished, left, policy)
    version, model = model_in_use(course_key, policy)
    own = calendars.own if policy.means is Means.DEADLINE and counting.own else {}
    rows = _readings(course_key, present, _chances(earlier, model), on, policy, (version, model), own)
    RiskRound.objects.get_or_create(course_key=course_key)
    with transaction.atomic():
        # Two workers at one course take turns.
        round_ = RiskRound.objects.select_for_update().get(course_key=course_key)
        _keep(course_key, rows)
        round_.day, round_.reckoned_at, round_.version = on, now, version
        round_.means, round_.days = policy.means.value, policy.days
        round_.within = _within(policy, calendars, on, present)
        round_.counts = counting.as_stored()
        round_.save(update_fields=["day", "reckoned_at", "version", "means", "days", "within", "counts"])
    return round_


def learners_of(course_key: CourseKey, *, until: date, now: datetime) -> Iterator[History]:
    """Everybody but the team, also the retired. The queries of `histories`, and one for 1,000 of the team."""
    team = people_of(course_key, TEAM, now=now)
    for batch in histories(course_key, until=until, now=now):
        yield from (one for one in batch if one.person not in team)


def _look(
    learners: Iterator[History], counting: Counting, finished: set[int], left: set[int], policy: Policy
) -> tuple[list[Facts], list[Facts]]:
    """The facts of everybody who is looked at now, and of everybody who was a week before. The retired are counted alone."""
    on = counting.on
    present, earlier = [], []
    for one in learners:
        is_finished, has_left = one.person in finished, one.person in left
        today, week_before = as_of(one, on), as_of(one, on - WEEK)
        counting.add(today, finished=is_finished, left=has_left, then=partial(as_of, one))
        if one.person < 0:
            continue
        # A week before so many days ahead are asked about as now: otherwise the trend would be that of the calendar.
        ahead = horizon(policy, on=on, deadlines=counting.calendars.of(one.person).known(on)) or 0
        if not is_finished and not has_left and looked_at(today, on=on):
            present.append(facts_of(today, on=on, means=policy.means, ahead=ahead))
        if looked_at(week_before, on=on - WEEK):
            earlier.append(facts_of(week_before, on=on - WEEK, means=policy.means, ahead=ahead))
    return present, earlier


def course_calendars(course_key: CourseKey, span: Span, *, now: datetime) -> Calendars:
    """Everybody's deadlines in these days, and as far ahead as a course may look. One query for 1,000, and the host's."""
    persons = people_of(course_key, EVERYBODY, now=now)
    return calendars_of(course_key, persons, start=span.first, end=span.last + timedelta(days=max(CHOICES)))


def _within(policy: Policy, calendars: Calendars, on: date, present: Sequence[Facts]) -> int:
    """How many days ahead is asked at most; 0 where nobody has anything ahead."""
    of_all = horizon(policy, on=on, deadlines=calendars.shared.known(on)) or 0
    return max([of_all, *(facts.ahead for facts in present)])


def _due(facts: Facts, own: Mapping[int, Calendar]) -> list[Reason]:
    """When this learner's deadline is, where not everybody has the same one."""
    return [Reason(Name.DUE, (facts.ahead, int(facts.person in own)))] if own else []


def _peers(found: Sequence[Facts]) -> Peers:
    return Peers((facts.started, facts.done) for facts in found)


def _chances(found: Sequence[Facts], model: Model | None) -> dict[int, float]:
    peers, chance = _peers(found), model.chance if model else rule.chance
    return {facts.person: chance(facts, peers) for facts in found if facts.ahead}


def _readings(
    course_key: CourseKey,
    present: Sequence[Facts],
    before: Mapping[int, float],
    on: date,
    policy: Policy,
    using: tuple[int, Model | None],
    own: Mapping[int, Calendar],
) -> list[RiskReading]:
    version, model = using
    peers, chance = _peers(present), model.chance if model else rule.chance
    return [
        RiskReading(
            course_key=course_key,
            person=facts.person,
            day=on,
            means=policy.means.value,
            chance=round(1000 * chance(facts, peers)),
            before=round(1000 * before[facts.person]) if facts.person in before else -1,
            reasons=as_stored([*reasons(facts, peers, lambda other: chance(other, peers)), *_due(facts, own)]),
            version=version,
        )
        for facts in present
        if facts.ahead
    ]


def _keep(course_key: CourseKey, rows: Sequence[RiskReading]) -> None:
    """These readings and no others, beside every learner of the course too."""
    kept = RiskReading.objects.filter(course_key=course_key)
    risks = dict.fromkeys(kept.values_list("person", flat=True), (-1, -1))
    kept.delete()
    RiskReading.objects.bulk_create(rows, batch_size=BATCH)
    set_risks(course_key=course_key, risks=risks | {row.person: (row.chance, row.before) for row in rows})
