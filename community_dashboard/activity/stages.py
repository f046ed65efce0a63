"""The stages of referral as facts: for the listeners one at a time, for reconciliation in pages.

The ledger of journeys says whose friends count now. A credit can be taken back (fraud, a changed rule) and given again, and a
friend can leave: `brought` and `uncredited` stand in one another's place, under the day of the enrolment. So the record of a
day says at any time what the ledger says.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from community_dashboard.activity import facts
from community_dashboard.activity.actions import replace
from community_dashboard.activity.facts import NewActivity
from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.models import Activity
from referral_xblock.api import Brought, KeptShare, brought_in, journey_of


def shares_of(rows: Iterable[KeptShare]) -> list[NewActivity]:
    """What these shares tell; those of retired people tell nothing."""
    return [
        facts.shared(user_id=row.user_id, course_key=row.course_key, channel=row.channel, day=row.day)
        for row in rows
        if row.user_id is not None
    ]


def record_credit(*, user_id: int, course_key: Any) -> None:
    """Brings the record to what the ledger says of this friend now. Ten statements at most, one for nobody's friend.

    What was recorded under another day is left to reconciliation. Call it in a transaction.
    """
    found = journey_of(user_id, course_key)
    if found is None:
        return
    journey_id, enrolled_at = found
    give_back(brought_in([journey_id]))
    rows = Activity.objects.filter(kind=Kind.BROUGHT.value, course_key=course_key, happened_at=enrolled_at)
    take_back(rows.filter(object_id=str(journey_id)))


def give_back(found: Iterable[Brought]) -> int:
    """Records these credits, also such as were taken back before; returns how many the record lacked."""
    return replace(activities=[(facts.uncredited(**_named(one)), facts.brought(**_named(one))) for one in found])


def take_back(rows: Iterable[Activity]) -> int:
    """Takes those of these rows of `brought` out of the record that count no longer; returns how many."""
    asked = [row for row in rows if row.user_id is not None and row.object_id]
    counting = {(one.journey_id, one.inviter_id) for one in brought_in(int(row.object_id) for row in asked)}
    gone = [row for row in asked if (int(row.object_id), row.user_id) not in counting]
    return replace(activities=[(facts.brought(**_told(row)), facts.uncredited(**_told(row))) for row in gone])


def _named(one: Brought) -> dict[str, Any]:
    return {
        "journey_id": one.journey_id,
        "user_id": one.inviter_id,
        "course_key": one.course_key,
        "at": one.enrolled_at,
    }


def _told(row: Activity) -> dict[str, Any]:
    return {
        "journey_id": int(row.object_id),
        "user_id": row.user_id,
        "course_key": row.course_key,
        "at": row.happened_at,
    }
