"""The pass over everybody who may have something earned: what only time brings, and what a lost message left undone.

It goes through the courses that have milestones or rewards, through both sides of the credited journeys and then through the
granted rewards, in pages, and notes after each page how far it has come: killed, it goes on where it stopped.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from referral_xblock.journey.carriers import people_with_credit
from referral_xblock.policy.queries import courses_with_milestones
from referral_xblock.rewards.actions import settle_rewards
from referral_xblock.rewards.models import Purse, Reward, RewardPass, State

log = logging.getLogger(__name__)

PAGE = 200
AT_ONCE = timedelta(minutes=1)  # how long one run goes on
EVERY = timedelta(hours=1)  # between the beginnings of two passes
SILENT_FOR = timedelta(minutes=5)  # whoever was at it and says nothing for so long is dead
HOLDERS = -1  # the pass has come to who holds a reward; their numbers count down from here
Clock = Callable[[], datetime]


def begin_soon() -> None:
    """The rules have changed: the next run begins a new pass instead of waiting for its hour. One statement."""
    RewardPass.objects.exclude(ended_at=None).delete()


def continue_pass(*, clock: Clock, at_once: timedelta = AT_ONCE) -> int | None:
    """Goes on with the pass, or begins one an hour after the last began; returns for how many people rewards were settled.

    None if nothing is due or somebody else is at it. Two queries for a page of 200 journeys and those of `settle_rewards`
    for each person in it.
    """
    row = _claim(clock())
    if row is None:
        return None
    people, until = 0, clock() + at_once
    while row.ended_at is None:
        people += _page(row, clock)
        row.seen_at = clock()
        if row.seen_at >= until:
            break
        row.save()
    row.seen_at = None
    row.save()
    return people


def _claim(now: datetime) -> RewardPass | None:
    """The row of the pass, ours from now on; None if it is another's or not due."""
    row, _new = RewardPass.objects.get_or_create(name="site", defaults={"began_at": now})
    if row.ended_at is not None and now - row.began_at < EVERY:
        return None
    free = Q(seen_at=None) | Q(seen_at__lt=now - SILENT_FOR)
    if not RewardPass.objects.filter(free, id=row.id).update(seen_at=now):
        return None
    row.refresh_from_db()
    if row.ended_at is not None:
        row.began_at, row.ended_at, row.course, row.position = now, None, "", 0
    if not row.course:
        _go_on(row, now)
    return row


def _page(row: RewardPass, clock: Clock) -> int:
    """One page of the present course; moves the row on to what comes next."""
    course_key = CourseKey.from_string(row.course)
    if row.position >= 0:
        people, last = people_with_credit(course_key, after=row.position, limit=PAGE)
        row.position = last or HOLDERS
    else:
        holders = Reward.objects.filter(course_key=course_key, state=State.GRANTED, id__gt=HOLDERS - row.position)
        page = list(holders.order_by("id").values_list("id", "user_id")[:PAGE])
        people = {user_id for _id, user_id in page}
        if page:
            row.position = HOLDERS - page[-1][0]
        else:
            _go_on(row, clock())
    return _settle(people, course_key, clock)


def _go_on(row: RewardPass, now: datetime) -> None:
    """To the next course, in the order of their keys; the pass is over after the last."""
    rewarded = Purse.objects.values_list("course_key", flat=True)  # every course that has ever granted a reward
    courses = {str(key) for key in (*courses_with_milestones(), *rewarded)}
    row.course = min((key for key in courses if key > row.course), default="")
    row.position = 0
    if not row.course:
        row.ended_at = now


def _settle(people: Iterable[int], course_key: CourseKey, clock: Clock) -> int:
    """Each by itself: what fails for one of them is logged and keeps nobody else waiting."""
    done = 0
    for user_id in sorted(people):
        try:
            settle_rewards(user_id=user_id, course_key=course_key, now=clock())
            done += 1
        except Exception:
            log.exception("The rewards of account %s in %s could not be settled.", user_id, course_key)
    return done
