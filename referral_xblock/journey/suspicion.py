"""A look at arrivals: what the signs say, what a person decided, how many count; and what becomes of each journey.

Works on the friends of whole inviters, because one friend's signs depend on the others. The result depends on the tables and
on the time alone: looking again, in any order and any number of times, changes nothing.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Policy, Reason, Status
from referral_xblock.journey.facts import Facts, Row, attributed, read_facts
from referral_xblock.journey.models import Journey, Unjudged
from referral_xblock.journey.reviews import standing_decisions
from referral_xblock.journey.signs import Rules, Sign, Suspicion, judge, weigh
from referral_xblock.journey.standing import Friend, stand
from referral_xblock.journey.telling import credits_of, emit_difference, tell
from referral_xblock.journey.unjudged import a_task_has_come
from referral_xblock.links.batches import in_parts
from referral_xblock.policy.queries import policy_of

log = logging.getLogger(__name__)

MOST_MARKS = 5000  # read at once
MOST_TIMES = 20  # in one run of a worker
Values = tuple[list[str], int, str, str]  # signs, score, status, reason


def rules_of(policy: Policy) -> Rules:
    """The rules as the course's team has set them."""
    return Rules(
        weights={Sign(name): weight for name, weight in policy.fraud_weights.items()},
        hold_at=policy.hold_at,
        speed=policy.speed_limit,
        idle_days=policy.idle_days,
        trusted_domains=policy.trusted_domains,
        banned_channels=policy.banned_channels,
        banned_domains=policy.banned_domains,
    )


def throw_away_domains() -> Callable[[str], bool]:
    """Knows the published list of domains whose mailboxes are thrown away. Read once, when the first arrival is judged."""
    from disposable_email_domains import blocklist

    return blocklist.__contains__


def judge_inviters(inviter_ids: Collection[int], course_key: CourseKey, *, now: datetime) -> int:
    """Looks at all friends of these inviters in this course; returns how many journeys changed.

    The queries of `read_facts`, one more for 500 friends, and three statements for 500 journeys that change. Those whose
    status changes are told by JOURNEY_CHANGED after the commit.
    """
    facts = read_facts(inviter_ids, course_key)
    if not facts.rows:
        return 0
    found, stands = _look(facts, course_key, policy_of(course_key), now)
    wanted = {}
    for row in facts.rows:
        signs, score = _written(found.get(row.user_id))
        status, reason = stands[row.user_id]
        values: Values = (signs, score, status.value, reason.value)
        if values != (row.signs, row.score, row.status, row.reason):
            wanted[row.id] = (row, values)
    return sum(_write(dict(part), course_key) for part in in_parts(sorted(wanted.items())))


def _with_what_lasts(found: dict[int, Suspicion], facts: Facts, rules: Rules) -> dict[int, Suspicion]:
    """Also what was seen before and cannot be seen any more: nobody is freed by deleting an account, nor accused by it."""
    lasting = {}
    for row in facts.rows:
        before = {Sign(name) for name in row.signs if name in Sign._value2member_map_}
        now = set(found[row.user_id].signs) if row.user_id in found else set()
        signs = before if row.user_id in facts.retired else now | (before & facts.gone[row.user_id])
        if suspicion := weigh(signs, rules):
            lasting[row.user_id] = suspicion
    return lasting


def stands_by(
    policy: Policy, inviter_ids: Collection[int], course_key: CourseKey, *, now: datetime
) -> dict[int, tuple[Status, Reason]]:
    """What a look by these rules would make of the friends of these inviters. Writes nothing; the queries of `read_facts`."""
    facts = read_facts(inviter_ids, course_key)
    return _look(facts, course_key, policy, now)[1] if facts.rows else {}


def _look(
    facts: Facts, course_key: CourseKey, policy: Policy, now: datetime
) -> tuple[dict[int, Suspicion], dict[int, tuple[Status, Reason]]]:
    """What speaks against whom, and what becomes of each friend."""
    rules = rules_of(policy)
    seen = judge(
        facts.arrivals,
        credited_elsewhere=facts.invited,
        is_throw_away=throw_away_domains(),
        rules=rules,
        now=now,
    )
    found = _with_what_lasts(seen, facts, rules)
    decisions = standing_decisions([row.user_id for row in facts.rows], course_key)
    friends = [
        Friend(
            id=row.user_id,
            inviter_id=row.inviter_id,
            came_at=row.clicked_at,
            enrolled_at=row.enrolled_at,
            left=row.unenrolled_at is not None,
            suspicion=found.get(row.user_id),
            decision=decisions.get(row.user_id),
        )
        for row in facts.rows
    ]
    return found, stand(friends, cap=policy.inviter_cap)


def _written(suspicion: Suspicion | None) -> tuple[list[str], int]:
    return ([sign.value for sign in suspicion.signs], suspicion.score) if suspicion else ([], 0)


def _write(wanted: dict[int, tuple[Row, Values]], course_key: CourseKey) -> int:
    """Writes what is still as it was read; whatever changed meanwhile has left a mark and is looked at again."""
    written, turned, counted = [], [], {}
    with transaction.atomic():
        for journey in Journey.objects.select_for_update().filter(id__in=list(wanted)).order_by("id"):
            row, values = wanted[journey.id]
            if (journey.inviter_id, journey.status, journey.reason) != (row.inviter_id, row.status, row.reason):
                continue
            counted[journey.user_id] = credits_of(journey)
            journey.signs, journey.score, journey.status, journey.reason = values
            written.append(journey)
            if (journey.status, journey.reason) != (row.status, row.reason):
                turned.append(journey)
        Journey.objects.bulk_update(written, ["signs", "score", "status", "reason"])
        if turned:
            transaction.on_commit(lambda: tell(turned, course_key), robust=True)
            emit_difference(counted, {row.user_id: credits_of(row) for row in written}, course_key)
    return len(written)


def judge_marked(*, now: datetime, most: int | None = MOST_TIMES) -> int:
    """Looks at the friends of everybody who was marked, and of those around them; returns for how many inviters.

    At most `most` times 5,000 marks, else all. What fails is logged and left to the next repair, which marks everybody.
    """
    a_task_has_come()
    done, times = 0, 0
    while times != most:
        columns = ("id", "inviter_id", "course_key", "around")
        marks = list(Unjudged.objects.order_by("id").values_list(*columns)[:MOST_MARKS])
        if not marks:
            break
        by_course: dict[CourseKey, set[int]] = defaultdict(set)
        changed: dict[CourseKey, set[int]] = defaultdict(set)
        for _number, inviter_id, course_key, around in marks:
            by_course[course_key].add(inviter_id)
            if around:
                changed[course_key].add(inviter_id)
        for course_key, marked in by_course.items():
            done += _judge_in_course(marked | _around(changed[course_key], course_key), course_key, now)
        for part in in_parts([mark[0] for mark in marks]):
            Unjudged.objects.filter(id__in=part).delete()
        times += 1
    return done


def _around(changed: set[int], course_key: CourseKey) -> set[int]:
    """Who invited these, and who invited those: their friends show rings of three, and devices along a chain."""
    before = _inviters_of(changed, course_key)
    return before | _inviters_of(before, course_key)


def _judge_in_course(wanted: set[int], course_key: CourseKey, now: datetime) -> int:
    for part in in_parts(sorted(wanted)):
        try:
            with transaction.atomic():
                judge_inviters(part, course_key, now=now)
        except Exception:
            log.exception("Arrivals in %s cannot be looked at.", course_key)
    return len(wanted)


def _inviters_of(user_ids: Iterable[int], course_key: CourseKey) -> set[int]:
    return {
        inviter_id
        for part in in_parts(sorted(user_ids))
        for inviter_id in attributed().filter(user_id__in=part, course_key=course_key).values_list(
            "inviter_id", flat=True
        )
    }  # fmt: skip
