"""What other rules would have made of the invitations of the last days. Reads, computes, writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Policy, Reason, Status
from referral_xblock.journey.ledger import attribute_people
from referral_xblock.journey.models import Journey
from referral_xblock.journey.suspicion import stands_by

MOST = 2_000  # invitations that are tried, the newest


@dataclass(frozen=True)
class Rehearsed:
    """One invited person: what became of the invitation, and what would have become of it."""

    user_id: int
    inviter_id: int | None
    before: tuple[Status, Reason]
    after: tuple[Status, Reason]


def rehearse(
    course_key: CourseKey, policy: Policy, *, now: datetime, days: int = 14, most: int = MOST
) -> tuple[list[Rehearsed], bool]:
    """The invitations that began in the last `days` days, the newest first, by the rules of today and by `policy`.

    The second value says whether there were more than `most`. As many queries as looking at these people's inviters takes
    (see `suspicion.stands_by`), and two for 500 people.
    """
    rows = Journey.objects.filter(course_key=course_key, clicked_at__gt=now - timedelta(days=days), clicked_at__lte=now)
    columns = ("user_id", "inviter_id", "status", "reason")
    found = list(rows.order_by("-clicked_at", "-id").values_list(*columns)[: most + 1])
    tried, cut = found[:most], len(found) > most
    attributed = attribute_people([row[0] for row in tried], course_key, policy)
    inviters = {outcome.credited.inviter_id for outcome in attributed.values() if outcome.credited}
    stands = stands_by(policy, inviters, course_key, now=now)
    rehearsed = []
    for user_id, inviter_id, status, reason in tried:
        before = (Status(status), Reason(reason))
        outcome = attributed.get(user_id)  # gone, if the account was deleted meanwhile
        after = (outcome.status, outcome.reason) if outcome else before
        if after[0] is Status.CREDITED:
            after = stands.get(user_id, after)
        rehearsed.append(Rehearsed(user_id, inviter_id, before, after))
    return rehearsed, cut
