"""The rows behind the later stages and the reasons, newest first, page by page; and who brought the most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Reason, Selection, Stage, Status
from referral_xblock.journey.counts import STAGES, brought_by, credited, uncredited, within
from referral_xblock.journey.models import Journey
from referral_xblock.sharing.counts import sharers


@dataclass(frozen=True)
class JourneyRow:
    """One invited person: who invited, by which link, how far they came, why it does not count if it does not."""

    id: int
    user_id: int
    inviter_id: int | None
    network: str | None  # None: the link is gone
    placement: str | None
    status: Status
    reason: Reason
    clicked_at: datetime | None
    registered_at: datetime | None
    enrolled_at: datetime | None
    unenrolled_at: datetime | None
    active_at: datetime | None
    completed_at: datetime | None
    lapsed_at: datetime | None


@dataclass(frozen=True)
class Advocate:
    """One inviter and the credited people of a period, each stage by its own date."""

    inviter_id: int
    enrolled: int
    active: int
    completed: int


@dataclass(frozen=True)
class Inviter:
    """One learner who was active in a period: shared, or brought somebody who enrolled in it."""

    id: int  # of the account
    shared: bool
    enrolled: int


def list_inviters(course_key: CourseKey, selection: Selection, *, after: int = 0, limit: int = 50) -> list[Inviter]:
    """The `limit` active inviters after the account `after`, by account. Two queries; reads all inviters of the period."""
    brought, shared = brought_by(course_key, selection), sharers(course_key, selection)
    ids = sorted(user_id for user_id in shared | brought.keys() if user_id > after)
    return [Inviter(user_id, user_id in shared, brought.get(user_id, 0)) for user_id in ids[:limit]]


def list_journeys(
    course_key: CourseKey,
    selection: Selection,
    *,
    stage: Stage = Stage.ENROLLED,
    status: Status = Status.CREDITED,
    reason: Reason | None = None,
    inviter_id: int | None = None,
    left: bool = False,
    after: int = 0,
    limit: int = 50,
) -> list[JourneyRow]:
    """The `limit` journeys before the one whose id is `after`, newest first. One query.

    Credited: those that reached `stage` in the period, of these with `left` who left since. Held or not credited: those
    that began in the period, of these with `reason` those for that reason; `stage` and `left` say nothing then.
    Read along the index of course, status and id.
    """
    rows = _rows(course_key, selection, stage, status, reason, left)
    if inviter_id is not None:
        rows = rows.filter(inviter_id=inviter_id)
    if after:
        rows = rows.filter(id__lt=after)
    columns = [name for name in JourneyRow.__dataclass_fields__ if name not in ("network", "placement")]
    found = rows.order_by("-id").values(*columns, network=F("link__channel"), placement=F("link__placement"))[:limit]
    return [JourneyRow(**{**row, "status": Status(row["status"]), "reason": Reason(row["reason"])}) for row in found]


def _rows(
    course_key: CourseKey, selection: Selection, stage: Stage, status: Status, reason: Reason | None, left: bool
) -> QuerySet[Journey]:
    if status is Status.CREDITED:
        rows = credited(course_key, selection).filter(within(f"{stage.value}_at", selection))
        return rows.filter(unenrolled_at__isnull=False) if left else rows
    rows = uncredited(course_key, selection).filter(status=status.value)
    return rows if reason is None else rows.filter(reason=reason.value)


def top_advocates(course_key: CourseKey, selection: Selection, *, page: int = 1, limit: int = 50) -> list[Advocate]:
    """Inviters by credited enrolments, then active, then completed, the most first; page 1 is the first. One query.

    Reads the course's credited journeys; equals stand in the order of their accounts, so that pages never overlap.
    """
    rows = credited(course_key, selection).filter(inviter__isnull=False)
    stages = STAGES[1:]
    numbers = {stage.value: Count("id", filter=within(f"{stage.value}_at", selection)) for stage in stages}
    counted = rows.values("inviter_id").annotate(**numbers)
    counted = counted.filter(Q(enrolled__gt=0) | Q(active__gt=0) | Q(completed__gt=0))
    ordered = counted.order_by("-enrolled", "-active", "-completed", "inviter_id")
    return [Advocate(**row) for row in ordered[(page - 1) * limit : page * limit]]
