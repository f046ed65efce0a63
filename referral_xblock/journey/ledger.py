"""Between the tables and the rule: reads a person's ledger, computes, writes the journey."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import AFTER_A_LOOK, Policy, Status
from referral_xblock.journey import attribution, unjudged
from referral_xblock.journey.models import Event, Journey, Touch
from referral_xblock.journey.telling import credits_of, emit_difference, tell
from referral_xblock.policy.queries import policy_of

COMPUTED = (
    "inviter_id", "link_id", "first_link_id", "last_link_id", "status", "reason", "clicked_at", "registered_at",
    "enrolled_at", "unenrolled_at", "active_at", "completed_at", "lapsed_at",
)  # fmt: skip
BATCH = 500


def recompute(user_ids: Iterable[int], course_key: CourseKey) -> int:
    """Computes the journeys of these people in this course anew from the ledger; returns how many changed.

    Six statements for a batch of 500 people besides one signal each. People without a touch have no journey. What the
    signs say of them is left for `suspicion.judge_marked`.
    """
    wanted = sorted(set(user_ids))
    return sum(_recompute_batch(wanted[start : start + BATCH], course_key) for start in range(0, len(wanted), BATCH))


def _recompute_batch(user_ids: list[int], course_key: CourseKey) -> int:
    policy = policy_of(course_key)
    with transaction.atomic():
        known = {row.user_id: row for row in Journey.objects.select_for_update().filter(
            user_id__in=user_ids, course_key=course_key
        )}  # fmt: skip
        inviters, before = {row.inviter_id for row in known.values()}, set()
        counted = {user_id: credits_of(row) for user_id, row in known.items()}
        touches = _touches(user_ids, course_key)
        events = _events(list(touches), course_key)
        created, updated = [], []
        for user_id, own_touches in touches.items():
            outcome = attribution.attribute(own_touches, events[user_id], user_id=user_id, policy=policy)
            values = _columns(outcome)
            row = known.get(user_id)
            if row is not None:
                values |= _what_a_look_made_of_it(row, values)
            if row is None:
                created.append(Journey(user_id=user_id, course_key=course_key, **values))
            elif any(getattr(row, name) != value for name, value in values.items()):
                before.add(row.inviter_id)
                for name, value in values.items():
                    setattr(row, name, value)
                updated.append(row)
        # Two first touches at the same moment: the other transaction's row stands, and its own recomputation follows.
        Journey.objects.bulk_create(created, ignore_conflicts=True)
        Journey.objects.bulk_update(updated, [name.removesuffix("_id") for name in COMPUTED])
        gone = [row.id for user_id, row in known.items() if user_id not in touches]
        Journey.objects.filter(id__in=gone).delete()
        changed = created + updated
        touched = {row.inviter_id for row in changed} | {row.user_id for row in changed}
        unjudged.look_again(inviters, course_key, changed=touched | before)
        transaction.on_commit(lambda: tell(changed, course_key), robust=True)
        still = [*(row for user_id, row in known.items() if user_id in touches), *created]
        emit_difference(counted, {row.user_id: credits_of(row) for row in still}, course_key)
    return len(changed) + len(gone)


def attribute_people(user_ids: Iterable[int], course_key: CourseKey, policy: Policy) -> dict[int, attribution.Outcome]:
    """What these rules make of the ledger of these people; who has no touch is left out. Two queries for 500 people."""
    wanted, found = sorted(set(user_ids)), {}
    for start in range(0, len(wanted), BATCH):
        touches = _touches(wanted[start : start + BATCH], course_key)
        events = _events(list(touches), course_key)
        for user_id, own in touches.items():
            found[user_id] = attribution.attribute(own, events[user_id], user_id=user_id, policy=policy)
    return found


def _touches(user_ids: list[int], course_key: CourseKey) -> dict[int, list[attribution.Touch]]:
    found: dict[int, list[attribution.Touch]] = defaultdict(list)
    rows = Touch.objects.filter(user_id__in=user_ids, course_key=course_key).values_list(
        "user_id", "happened_at", "token", "link_id", "link__owner_id", "kind", "same_browser", "is_staff", "admitted"
    )
    for user_id, *touch in rows:
        found[user_id].append(attribution.Touch(*touch))
    return found


def _events(user_ids: list[int], course_key: CourseKey) -> dict[int, list[attribution.Event]]:
    found: dict[int, list[attribution.Event]] = defaultdict(list)
    rows = Event.objects.filter(user_id__in=user_ids, course__in=("", str(course_key))).values_list(
        "user_id", "happened_at", "kind", "by_other"
    )
    for user_id, *event in rows:
        found[user_id].append(attribution.Event(*event))
    return found


def _columns(outcome: attribution.Outcome) -> dict[str, Any]:
    credited, first, last = outcome.credited, outcome.first, outcome.last
    return {
        "inviter_id": credited.inviter_id if credited else None,
        "link_id": credited.link_id if credited else None,
        "first_link_id": first.link_id if first else None,
        "last_link_id": last.link_id if last else None,
        "status": outcome.status.value,
        "reason": outcome.reason.value,
        "clicked_at": credited.happened_at if credited else None,
        "registered_at": outcome.registered_at,
        "enrolled_at": outcome.enrolled_at,
        "unenrolled_at": outcome.unenrolled_at,
        "active_at": outcome.active_at,
        "completed_at": outcome.completed_at,
        "lapsed_at": outcome.lapsed_at,
    }


def _what_a_look_made_of_it(row: Journey, values: dict[str, Any]) -> dict[str, Any]:
    """What stays until the next look, which `look_again` sees to: the ledger credits now as then, to the same inviter."""
    credited = values["status"] == Status.CREDITED.value or values["reason"] in AFTER_A_LOOK
    was_credited = row.status == Status.CREDITED.value or row.reason in AFTER_A_LOOK
    if credited and was_credited and row.inviter_id == values["inviter_id"]:
        return {"status": row.status, "reason": row.reason}
    return {}
