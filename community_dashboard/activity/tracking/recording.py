"""Facts from tracking events, written into the record: of blocks that the course has, by people who are in it.

An event names any block for anybody, and a browser writes events: what the course does not have, and what was done by somebody
who never enrolled, leaves no trace. So an account has at most as many rows a day as the course has units, videos and problems.
"""

from __future__ import annotations

import logging
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, transaction

from community_dashboard.activity.actions import record_many
from community_dashboard.activity.facts import NewActivity
from community_dashboard.activity.tracking import losses
from community_dashboard.host.chosen import get_host
from referral_xblock.api import cache_key
from referral_xblock.api import get_host as get_platform

log = logging.getLogger(__name__)

AHEAD = timedelta(minutes=10)  # how much the clock of the server that told may be ahead of this one
BEHIND = timedelta(days=40)  # how long a fact may have been on its way
KEPT_FOR = 3600  # seconds for which the blocks of a course are kept
ASK_AGAIN_AFTER = 60  # seconds after which they are asked again if one is named that is not among them


@dataclass(frozen=True)
class Recorded:
    """What became of the facts."""

    new: int  # in the record now
    left_out: int  # of no block of the course, or of nobody in it
    lost: int  # the course could not be read, or the clock was wrong


def record_tracked(facts: Iterable[NewActivity], *, now: datetime) -> Recorded:
    """Adds these facts to the record. Twice is as once.

    About six queries and, once an hour, the outline for each course among them. Raises DatabaseError, and nothing is lost:
    the same facts may be told again.
    """
    by_course: dict[Any, list[NewActivity]] = defaultdict(list)
    lost: Counter[losses.Where] = Counter()
    told = 0
    for fact in facts:
        told += 1
        if now - BEHIND <= fact.happened_at <= now + AHEAD:
            by_course[fact.course_key].append(fact)
        else:
            lost[fact.course_key, now.date()] += 1
    kept: list[NewActivity] = []
    for course_key, own in by_course.items():
        try:
            with transaction.atomic():
                kept += _believable(course_key, own)
        except DatabaseError:
            raise
        except Exception:  # whatever the platform raises over one course is no other course's affair
            log.exception("The course %s cannot be read: what learners opened in it is not recorded.", course_key)
            lost.update((course_key, fact.happened_at.date()) for fact in own)
    with transaction.atomic():
        new = record_many(activities=kept)
        losses.add(column="unread", numbers=lost)
    return Recorded(new, told - len(kept) - lost.total(), lost.total())


def _believable(course_key: Any, facts: list[NewActivity]) -> list[NewActivity]:
    blocks = _blocks_of(course_key, {fact.about[1] for fact in facts})
    known = [fact for fact in facts if fact.about[1] in blocks]
    if not known:
        return []
    people = get_platform().enrolments(sorted({fact.user_id for fact in known if fact.user_id}), course_key)
    return [fact for fact in known if fact.user_id in people]


def _blocks_of(course_key: Any, wanted: set[str]) -> set[str]:
    """Units and blocks of the course; asked anew if one is wanted that is not among them, but not more than once a minute."""
    place = cache_key("community-blocks", course_key)
    asked_at, blocks = cache.get(place, (0.0, frozenset()))
    if not wanted <= blocks and not 0 <= time.time() - asked_at < ASK_AGAIN_AFTER:
        units = get_host().outline(course_key)
        blocks = frozenset(key for unit in units for key in (unit.usage_key, *unit.blocks))
        cache.set(place, (time.time(), blocks), KEPT_FOR)
    return blocks
