"""Writes of the queue. Each is one transaction and may be repeated.

`ref` is a PostRef, `by` a row of AUTH_USER_MODEL. What people do with an item (claim, release, assign, snooze) asks here for
their right; `settle`, `reopen` and `set_findings` are for the folders above, which ask before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostRef
from community_dashboard.moderation.data import Finding
from community_dashboard.moderation.projection.queries import find_post
from community_dashboard.moderation.queue.errors import NoItemError, NotYoursError
from community_dashboard.moderation.queue.filters import DONE, OPEN, SNOOZED
from community_dashboard.moderation.queue.models import QueueFinding, QueueItem
from community_dashboard.moderation.queue.reach import reach_of
from community_dashboard.moderation.queue.weighing import replace, weigh

# An open page with scripts says every minute that it is still there. One that vanished unheard is not waited for.
THREE_BEATS = 3  # minutes


def set_findings(
    *, course_key: CourseKey, ref: PostRef, source: str, findings: Sequence[Finding], now: datetime
) -> QueueItem | None:
    """Replaces what this source found of a post, scores its item anew, and opens or closes it. None without an item.

    An item is open while something was found *since* its last decision. What a source tells again in the same words keeps
    its first moment, unless the author changed the text after it: so an approved post does not come back because it is looked at
    again. Of two findings with one reason the heavier counts. About ten queries; one for a post without findings and item.
    """
    where = {"kind": ref.kind.value, "post_id": ref.id}
    there = QueueItem.objects.filter(course_key=course_key, **where).exists()
    if not findings and not there:
        return None
    post = find_post(course_key, ref)
    if post is None:
        return None
    if not there:  # asked first: an insert that is ignored would still lock the row
        fresh = QueueItem(course_key=course_key, **where, posted_at=post.created_at, waits_since=now, state=DONE)
        QueueItem.objects.bulk_create([fresh], ignore_conflicts=True)
    with transaction.atomic():
        item = QueueItem.objects.select_for_update().get(course_key=course_key, **where)
        kept = replace(item, post, source, findings)
        weigh(item, post, kept, now)
    return item


def claim(
    *, by: Any, course_key: CourseKey, ref: PostRef, now: datetime, over: bool = False, minutes: int | None = None
) -> QueueItem:
    """Says that `by` looks at the item now, and at no other; answers with the item, whoever holds it.

    Who claims first holds it until it is released or `COMMUNITY_CLAIM_MINUTES` have passed, or `minutes` if these are fewer;
    claiming again goes on. `over` takes it from somebody else. A claim is a courtesy: what keeps two people from deciding is
    `settle`. Raises NotYoursError, NoItemError. Three queries besides the reach of `by`.
    """
    item = _item_for(by, course_key, ref)
    if item.state == DONE:
        return item
    longest = settings.COMMUNITY_CLAIM_MINUTES
    until = now + timedelta(minutes=longest if minutes is None else min(minutes, longest))
    rows = QueueItem.objects.filter(pk=item.pk).exclude(state=DONE)
    own = rows.filter(claimed_by=by, claimed_until__gt=now).update(claimed_until=until)
    if not own:
        free = rows if over else rows.filter(Q(claimed_by=None) | Q(claimed_until__lte=now))
        if free.update(claimed_by=by, claimed_since=now, claimed_until=until):
            QueueItem.objects.filter(claimed_by=by, course_key=course_key).exclude(pk=item.pk).update(
                claimed_by=None, claimed_since=None, claimed_until=None
            )
    item.refresh_from_db(fields=["claimed_by", "claimed_since", "claimed_until", "state", "version"])
    return item


def release(*, by: Any, course_key: CourseKey, ref: PostRef | None = None, until: datetime | None = None) -> None:
    """Lets go of what `by` claimed in this course: one item, what is held exactly until then, or all. One statement."""
    held = QueueItem.objects.filter(claimed_by=by, course_key=course_key)
    if ref is not None:
        held = held.filter(kind=ref.kind.value, post_id=ref.id)
    if until is not None:
        held = held.filter(claimed_until=until)
    held.update(claimed_by=None, claimed_since=None, claimed_until=None)


def assign(*, by: Any, course_key: CourseKey, ref: PostRef, to: Any | None, now: datetime) -> QueueItem:
    """Gives the item to a moderator of this course, or to nobody. Raises NotYoursError, also if `to` could not act on it."""
    item = _item_for(by, course_key, ref)
    if to is not None and not reach_of(to, course_key).may_act_on(item):
        raise NotYoursError
    item.assigned_to = to
    item.save(update_fields=["assigned_to"])
    return item


def snooze(*, by: Any, course_key: CourseKey, ref: PostRef, until: datetime, now: datetime) -> QueueItem:
    """Takes an open item away until then, or until something new is found. Raises NotYoursError, NoItemError if it is done."""
    item = _item_for(by, course_key, ref)
    asleep = {"state": SNOOZED, "snoozed_until": until}
    free = {"claimed_by": None, "claimed_since": None, "claimed_until": None}
    if until <= now or not QueueItem.objects.filter(pk=item.pk).exclude(state=DONE).update(**asleep, **free):
        raise NoItemError
    item.refresh_from_db()
    return item


def wake(*, now: datetime) -> int:
    """Brings back what was snoozed until now; returns how many. One statement by an index."""
    due = QueueItem.objects.filter(state=SNOOZED, snoozed_until__lte=now)
    return due.update(state=OPEN, snoozed_until=None)


def settle(
    *, course_key: CourseKey, ref: PostRef, version: int | None, by: Any | None, now: datetime, outcome: str = ""
) -> bool:
    """The item is decided: everything found so far is answered. False, and nothing is written, if somebody else was first.

    `version` is that of the item as `by` saw it; None decides whatever is there. `outcome` is "upheld" if the post was found
    wrong, "cleared" if it was found right: it goes into the record of author and reporters. True for a post without an item. Call
    it in the transaction of the decision. Three queries.
    """
    found = QueueItem.objects.filter(course_key=course_key, kind=ref.kind.value, post_id=ref.id)
    seen = found.values_list("pk", "version", "decided_at").first()
    if seen is None:
        return True
    number, current, decided_before = seen
    won = QueueItem.objects.filter(pk=number, version=current if version is None else version).update(
        state=DONE,
        version=F("version") + 1,
        decided_by=by,
        decided_at=now,
        outcome=outcome,
        reasons=0,
        snoozed_until=None,
        claimed_by=None,
        claimed_since=None,
        claimed_until=None,
    )
    if won and decided_before is not None:
        QueueFinding.objects.filter(item=number, since__lte=decided_before).delete()
    if not won and version is None:  # decided between our two statements: what we decide is the newer
        return settle(course_key=course_key, ref=ref, version=None, by=by, now=now, outcome=outcome)
    return bool(won)


def reopen(*, course_key: CourseKey, ref: PostRef, by: Any | None, now: datetime) -> QueueItem | None:
    """The last decision was taken back: what it answered is open again. None for a post without an item. Ten queries."""
    post = find_post(course_key, ref)
    with transaction.atomic():
        rows = QueueItem.objects.select_for_update()
        item = rows.filter(course_key=course_key, kind=ref.kind.value, post_id=ref.id).first()
        if item is None or post is None:
            return item
        if item.decided_at is not None:
            item.decided_at, item.decided_by, item.outcome = None, None, ""
            item.version += 1
            weigh(item, post, list(item.findings.all()), now)
    return item


def score_again(*, course_key: CourseKey, ref: PostRef, now: datetime) -> QueueItem | None:
    """The same findings weighed by what is known now. None for a post without an item. Nine queries."""
    post = find_post(course_key, ref)
    with transaction.atomic():
        rows = QueueItem.objects.select_for_update()
        item = rows.filter(course_key=course_key, kind=ref.kind.value, post_id=ref.id).first()
        if item is not None and post is not None:
            weigh(item, post, list(item.findings.all()), now)
    return item


def _item_for(by: Any, course_key: CourseKey, ref: PostRef) -> QueueItem:
    reach = reach_of(by, course_key)
    if not reach.acts:
        raise NotYoursError
    item = QueueItem.objects.filter(course_key=course_key, kind=ref.kind.value, post_id=ref.id).first()
    if item is None:
        raise NoItemError
    if not reach.may_act_on(item):
        raise NotYoursError
    return item
