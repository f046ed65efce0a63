"""Reads of study buddies: the pairs of one person, how far both are, and whether it helps."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from completion.models import BlockCompletion
from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import TruncWeek
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import shown_name, telling_of, tellings
from referral_xblock.data import Telling
from referral_xblock.host.chosen import get_host
from referral_xblock.journey.credits import completion_of_friends, credited_friend, credited_friends
from referral_xblock.journey.growth import Estimate, Group, incrementality
from referral_xblock.policy.queries import policy_of
from referral_xblock.teams.draw import in_draw
from referral_xblock.teams.models import BuddyPair
from referral_xblock.teams.weeks import monday_of, streak

PROPOSED, AGREED, OVER = "proposed", "agreed", "over"
MOST_ASKED = 20  # friends among whom an inviter chooses
MOST_PAIRS = 10


@dataclass(frozen=True)
class Progress:
    """Blocks completed this week, and for how many weeks in a row both have reached the goal."""

    mine: int
    theirs: int
    weeks: int


@dataclass(frozen=True)
class Pair:
    """A pair as one of the two sees it. `name` is what the other lets be seen, "" for none; `progress` once both agreed."""

    id: int
    state: str
    invited_by_me: bool
    mine_to_answer: bool
    name: str
    starts_on: date
    weekly_blocks: int
    progress: Progress | None


@dataclass(frozen=True)
class Askable:
    """Somebody with whom one could pair: a friend by the number of the journey, or (None) the own inviter."""

    journey_id: int | None
    name: str
    enrolled_at: datetime | None  # of a friend, of whom nothing else may be known


@dataclass(frozen=True)
class MyBuddies:
    """What the buddies' page and panel show to one person."""

    pairs: tuple[Pair, ...]
    askable: tuple[Askable, ...]


@dataclass(frozen=True)
class BuddyMeasure:
    """Friends who are offered a buddy and those who are not, how many of each completed, and the difference in the shares
    with its 95 % interval; None while a group is too small or nobody has completed."""

    offered: int
    offered_completed: int
    others: int
    others_completed: int
    difference: Estimate | None


def is_offered(friend_id: int, course_key: CourseKey) -> bool:
    """Whether this invited friend, and whoever invited them, may become buddies here. No query while the policy is cached."""
    mode = policy_of(course_key).buddies
    return mode == "on" or (mode == "measure" and _drawn(friend_id, course_key))


def my_buddies(user_id: int, course_key: CourseKey, *, now: datetime) -> MyBuddies:
    """The person's pairs and whom they could ask. Nine queries at most and three for each of up to ten pairs."""
    if policy_of(course_key).buddies == "off":
        return MyBuddies((), ())
    rows = BuddyPair.objects.filter(Q(friend_id=user_id) | Q(inviter_id=user_id), course_key=course_key)
    shown = rows.exclude(state=OVER).order_by("id")[:MOST_PAIRS]
    pairs = tuple(_pair(row, user_id, now) for row in shown)
    return MyBuddies(pairs, _askable(user_id, course_key))


def measure(course_key: CourseKey) -> BuddyMeasure:
    """What being offered a buddy does for completing: all credited friends by the draw, whether or not they took it up.

    One query. The estimate is that of the hold-out, of shares. Friends who enrolled before count in both groups alike: they
    make the difference smaller, never larger.
    """
    offered: list[bool] = []
    others: list[bool] = []
    for friend_id, completed in completion_of_friends(course_key).items():
        (offered if _drawn(friend_id, course_key) else others).append(completed)
    estimate = incrementality(
        prompted=Group(len(offered), (1,) * sum(offered)), held_out=Group(len(others), (1,) * sum(others))
    )
    if estimate:
        estimate = Estimate(*(end / len(offered) for end in (estimate.value, estimate.low, estimate.high)))
    return BuddyMeasure(len(offered), sum(offered), len(others), sum(others), estimate)


def _drawn(friend_id: int, course_key: CourseKey) -> bool:
    return in_draw(friend_id, str(course_key), salt=settings.REFERRAL_BUDDY_SALT)


def _pair(row: BuddyPair, user_id: int, now: datetime) -> Pair:
    invited_by_me = row.inviter_id == user_id
    other_id = row.friend_id if invited_by_me else row.inviter_id
    return Pair(
        id=row.id,
        state=row.state,
        invited_by_me=invited_by_me,
        mine_to_answer=row.state == PROPOSED and row.by_inviter != invited_by_me,
        name=_friends_name(row) if invited_by_me else shown_name(other_id),
        starts_on=row.starts_on,
        weekly_blocks=row.weekly_blocks,
        progress=_progress(row, user_id, other_id, now) if row.state == AGREED else None,
    )


def _friends_name(row: BuddyPair) -> str:
    """How the inviter may see the friend: before both agreed as the invitation says, then also by the friend's own choice."""
    if telling_of(row.friend_id, row.course_key) is Telling.STAGES:
        person = get_host().people([row.friend_id]).get(row.friend_id)
        return person.name if person else ""
    return shown_name(row.friend_id) if row.state == AGREED else ""


def _progress(row: BuddyPair, user_id: int, other_id: int, now: datetime) -> Progress:
    since = max(row.changed_at, datetime.combine(row.starts_on, time.min, UTC))
    counts = _blocks_by_week([user_id, other_id], row.course_key, since)
    mine, theirs, week = counts[user_id], counts[other_id], monday_of(now.date())
    weeks = streak((mine, theirs), goal=row.weekly_blocks, starts_on=row.starts_on, today=now.date())
    return Progress(mine.get(week, 0), theirs.get(week, 0), weeks)


def _blocks_by_week(user_ids: Collection[int], course_key: CourseKey, since: datetime) -> dict[int, dict[date, int]]:
    """Blocks that these people completed from this moment on, by the Monday of the week. One query."""
    found: dict[int, dict[date, int]] = {user_id: {} for user_id in user_ids}
    rows = BlockCompletion.objects.filter(
        user_id__in=user_ids, context_key=course_key, completion__gt=0, created__gte=since
    )
    weeks = rows.annotate(week=TruncWeek("created", tzinfo=UTC)).values("user_id", "week").annotate(blocks=Count("id"))
    for row in weeks.order_by("user_id", "week"):
        found[row["user_id"]][row["week"].date()] = row["blocks"]
    return found


def _askable(user_id: int, course_key: CourseKey) -> tuple[Askable, ...]:
    """The own inviter and the own friends, as far as no pair is there and nobody has said no. Six queries at most."""
    found = []
    me = credited_friend(course_key, user_id)
    own = BuddyPair.objects.filter(friend_id=user_id, course_key=course_key).first()
    if me and is_offered(user_id, course_key) and not _is_barred(own, me.inviter_id, as_inviter=False):
        found.append(Askable(None, shown_name(me.inviter_id), None))
    friends = credited_friends(course_key, [user_id]).get(user_id, [])
    friends = [one for one in friends if one.left_at is None and is_offered(one.friend_id, course_key)]
    ids = [one.friend_id for one in friends]
    told = tellings(ids, course_key)
    rows = {row.friend_id: row for row in BuddyPair.objects.filter(friend_id__in=ids, course_key=course_key)}
    open_to_it = [
        one
        for one in friends
        if told.get(one.friend_id) is not Telling.NOTHING
        and not _is_barred(rows.get(one.friend_id), user_id, as_inviter=True)
    ][-MOST_ASKED:]
    named = [one.friend_id for one in open_to_it if told.get(one.friend_id) is Telling.STAGES]
    people = get_host().people(named) if named else {}
    for one in open_to_it:
        name = people[one.friend_id].name if one.friend_id in people else ""
        found.append(Askable(one.journey_id, name, one.enrolled_at))
    return tuple(found)


def _is_barred(row: BuddyPair | None, inviter_id: int, *, as_inviter: bool) -> bool:
    """Whether this side cannot propose now: there is a pair or a proposal, or the other has ended it."""
    if row is None:
        return False
    if row.inviter_id != inviter_id:
        return row.state == AGREED
    return row.state != OVER or row.by_inviter != as_inviter
