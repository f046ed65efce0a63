"""Writes of rewards: computed from the journeys each time anew, and decided by the course's team where it wants to."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.stubs import is_stub
from referral_xblock.data import Policy, Role
from referral_xblock.host.chosen import get_host
from referral_xblock.journey.carriers import carriers_of, own_journey, why_gone
from referral_xblock.policy.queries import policy_of
from referral_xblock.rewards import purse
from referral_xblock.rewards.credentials import keep_badges
from referral_xblock.rewards.earning import Earned
from referral_xblock.rewards.models import Badge, Hand, Reward, State
from referral_xblock.rewards.promises import Key, promises, reached, rules_of
from referral_xblock.rewards.telling import emit_difference

AGAINST = (Hand.REFUSED, Hand.REVOKED)
LONGEST_NOTE = 300


def settle_rewards(*, user_id: int, course_key: CourseKey, now: datetime) -> int:
    """Brings one person's rewards in one course in line with the journeys; returns how many changed. Repeatable.

    One transaction. Four queries where nothing changes, two more for each reward that does, one if there is nothing to earn
    and nothing earned. What was granted keeps what it gave and asked for when it was granted.
    """
    return _settle_all(user_id, course_key, now, granted=())


def _settle_all(user_id: int, course_key: CourseKey, now: datetime, *, granted: Collection[int]) -> int:
    """`granted`: numbers of rewards that were so before the change that led here, beside those that are so now."""
    policy = policy_of(course_key)
    with transaction.atomic():
        rows = _lock(user_id, course_key)
        before = {row.pk for row in rows.values() if row.state == State.GRANTED} | {*granted}
        promised = promises(policy)
        if not rows and not promised:
            return 0
        found = _found(rows, promised, policy, user_id, course_key, now)
        if found.keys() - rows.keys() and not is_stub(user_id):
            rows = _create(rows, found, promised, user_id, course_key, now)
        numbered = {row.pk: row for row in rows.values()}
        changed = sum(_settle(row, found.get(key), promised.get(key), policy, now) for key, row in rows.items())
        keep_badges([row for row in rows.values() if row.pk], now=now)
        emit_difference(numbered, before)
    return changed


def _lock(user_id: int, course_key: CourseKey) -> dict[Key, Reward]:
    """The person's rewards, by what they are. Read first, so that what is read after it is at least as new."""
    rows = Reward.objects.select_for_update().filter(user_id=user_id, course_key=course_key).order_by("id")
    return {(row.slug, row.side): row for row in rows}


def _found(
    rows: dict[Key, Reward],
    promised: dict[Key, dict[str, Any]],
    policy: Policy,
    user_id: int,
    course_key: CourseKey,
    now: datetime,
) -> dict[Key, Earned]:
    wanted = {key: (what["counts"], what["number"]) for key, what in promised.items()}
    wanted |= {key: (row.counts, row.number) for key, row in rows.items() if row.state == State.GRANTED}
    carriers, own = carriers_of(user_id, course_key), own_journey(user_id, course_key)
    return reached(wanted, carriers, own, rules_of(policy), now=now)


def _create(
    rows: dict[Key, Reward],
    found: dict[Key, Earned],
    promised: dict[Key, dict[str, Any]],
    user_id: int,
    course_key: CourseKey,
    now: datetime,
) -> dict[Key, Reward]:
    """With a row for each that was earned for the first time; one that another worker has just made is taken over."""
    Reward.objects.bulk_create(
        [
            Reward(
                user_id=user_id, course_key=course_key, slug=key[0], side=key[1],
                earned_at=found[key].at, changed_at=now, **promised[key],
            )
            for key in sorted(found.keys() - rows.keys())
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return _lock(user_id, course_key)


def _settle(row: Reward, found: Earned | None, promised: dict[str, Any] | None, policy: Policy, now: datetime) -> bool:
    """One reward; returns whether it changed."""
    before = _values(row)
    if row.hand in AGAINST:
        _take_back(row, row.hand, now)
    elif found is None:
        if row.state == State.WAITING and row.hand == Hand.NONE:
            row.delete()
            return True
        if row.state != State.REVOKED:
            _take_back(row, why_gone(row.carriers), now)
    else:
        row.earned_at, row.carriers, row.carried_by = found.at, list(found.friends), len(found.friends)
        if row.state != State.GRANTED:
            for name, value in (promised or {}).items():
                setattr(row, name, value)
            _grant(row, policy, now)
    if _values(row) == before:
        return False
    row.save()
    return True


def _grant(row: Reward, policy: Policy, now: datetime) -> None:
    if policy.reward_by_hand and row.hand != Hand.APPROVED:
        _become(row, State.WAITING, "approval", now)
    elif purse.take(row.course_key, budget=policy.reward_budget):
        _become(row, State.GRANTED, "", now)
    else:
        _become(row, State.WAITING, "budget", now)


def _take_back(row: Reward, reason: str, now: datetime) -> None:
    if row.state == State.GRANTED:
        purse.give_back(row.course_key)
    _become(row, State.REVOKED, reason, now)


def _become(row: Reward, state: State, reason: str, now: datetime) -> None:
    if row.state != state:
        row.changed_at = now
    row.state, row.reason = state, reason


def _values(row: Reward) -> tuple[Any, ...]:
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields)


def approve_reward(*, actor: Any, course_key: CourseKey, reward_id: int, now: datetime) -> Reward:
    """Grants a reward that waits for a person, as far as the budget goes. See `_decide`."""

    def work(row: Reward) -> None:
        if row.state != State.WAITING:
            raise ValidationError(_("This reward does not wait for a decision any more."))
        row.hand = Hand.APPROVED

    return _decide(actor, course_key, reward_id, "", now, work)


def refuse_reward(*, actor: Any, course_key: CourseKey, reward_id: int, note: str, now: datetime) -> Reward:
    """Refuses a reward that waits; `note` says why and is shown to the learner. See `_decide`."""

    def work(row: Reward) -> None:
        if row.state != State.WAITING:
            raise ValidationError(_("This reward does not wait for a decision any more."))
        row.hand = Hand.REFUSED

    return _decide(actor, course_key, reward_id, _said(note), now, work)


def revoke_reward(*, actor: Any, course_key: CourseKey, reward_id: int, note: str, now: datetime) -> Reward:
    """Takes a granted reward back for good; `note` says why and is shown to the learner. See `_decide`."""

    def work(row: Reward) -> None:
        if row.state != State.GRANTED:
            raise ValidationError(_("Only a reward that was granted can be taken back."))
        row.hand = Hand.REVOKED

    return _decide(actor, course_key, reward_id, _said(note), now, work)


def undo_decision(*, actor: Any, course_key: CourseKey, reward_id: int, now: datetime) -> Reward:
    """Undoes the last decision of a person: what was taken back is there again. See `_decide`."""

    def work(row: Reward) -> None:
        if row.hand == Hand.NONE:
            raise ValidationError(_("There is no decision to undo."))
        if row.state == State.GRANTED:
            purse.give_back(course_key)
        row.hand = Hand.APPROVED if row.hand == Hand.REVOKED else Hand.NONE
        row.state, row.reason = State.WAITING, "approval"

    return _decide(actor, course_key, reward_id, "", now, work)


def _decide(
    actor: Any, course_key: CourseKey, reward_id: int, note: str, now: datetime, work: Callable[[Reward], None]
) -> Reward:
    """Does `work` to the reward, notes who decided and when, and settles the person's rewards; returns it as it is then.

    PermissionDenied for who is not course staff, ValidationError in words for what cannot be decided (any more).
    """
    if Role.COURSE_STAFF not in get_host().roles(actor, course_key):
        raise PermissionDenied
    with transaction.atomic():
        row = Reward.objects.select_for_update().filter(id=reward_id, course_key=course_key).first()
        if row is None:
            raise ValidationError(_("There is no such reward in this course."))
        granted = [row.pk] if row.state == State.GRANTED else []
        work(row)
        row.note, row.decided_by, row.decided_at, row.changed_at = note, actor, now, now
        row.save()
        _settle_all(row.user_id, course_key, now, granted=granted)
        return Reward.objects.filter(id=reward_id).first() or row


def _said(note: str) -> str:
    said = " ".join(note.split())
    if not said:
        raise ValidationError(_("Please say why: the learner reads it."))
    if len(said) > LONGEST_NOTE:
        raise ValidationError(_("Please say it in at most %(most)d characters.") % {"most": LONGEST_NOTE})
    return said


def show_name_on_badge(*, user_id: int, public_id: uuid.UUID, shown: bool) -> bool:
    """Keeps whether the page of the person's own badge shows the name they chose; False if it is not theirs. One statement."""
    mine = Badge.objects.filter(public_id=public_id, reward__user_id=user_id)
    return bool(mine.update(names_owner=shown))
