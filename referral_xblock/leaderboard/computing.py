"""Points, computed anew from the journeys and kept. Repeatable; what was missed, the next pass over the course puts right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Role
from referral_xblock.host.chosen import get_host
from referral_xblock.journey.credits import CreditedFriend, credited_friends, inviters_after
from referral_xblock.leaderboard.models import Appearance, Standing, TeamStanding
from referral_xblock.leaderboard.places import Span, team_points
from referral_xblock.policy.queries import policy_of
from referral_xblock.rewards.earning import Friend, Rules, points
from referral_xblock.rewards.promises import rules_of
from referral_xblock.teams.queries import open_among, open_teams_after, stays_in, teams_ever_of

PAGE = 500


def recompute(user_ids: Collection[int], course_key: CourseKey, *, now: datetime) -> int:
    """The points of these people, and of every team in which they are or were; returns how many standings changed.

    About ten queries for 500 people besides what the host asks for enrolments and roles, the same again for their teams.
    """
    changed = sum(_recompute_people(part, course_key, now) for part in _parts(sorted(set(user_ids))))
    teams = sorted(teams_ever_of(user_ids, course_key))
    return changed + sum(recompute_teams(part, course_key, now=now) for part in _parts(teams))


def recompute_course(course_key: CourseKey, *, clock: Callable[[], datetime]) -> int:
    """Everybody and every team of the course, in pages of 500, each of them one transaction; returns how many changed."""
    changed = 0
    done: set[int] = set()
    for read in (_inviters_after, _standing_after):  # then those whose friends are all gone
        for page in _pages(partial(read, course_key)):
            changed += _recompute_people([user_id for user_id in page if user_id not in done], course_key, clock())
            done.update(page)
    done = set()
    for read in (_teams_after, _team_standing_after):  # then those that are closed
        for page in _pages(partial(read, course_key)):
            changed += recompute_teams([team_id for team_id in page if team_id not in done], course_key, now=clock())
            done.update(page)
    return changed


def recompute_teams(team_ids: Collection[int], course_key: CourseKey, *, now: datetime) -> int:
    """The points of these teams; returns how many changed. Seven queries and the host's for roles; none for no teams."""
    if not team_ids:
        return 0
    stays = stays_in(team_ids)
    members = {stay.user_id for stay in stays}
    friends = _friends(course_key, members - _staff(members, course_key)) if members else {}
    rules, still_open = _rules(course_key), open_among(team_ids)
    spans: dict[int, list[Span]] = defaultdict(list)
    for stay in stays:
        spans[stay.team_id].append(Span(stay.user_id, stay.since, stay.until))
    wanted = {}
    for team_id in still_open:
        wanted[team_id] = team_points(friends, spans[team_id], rules, now=now)
    with transaction.atomic():
        rows = TeamStanding.objects.select_for_update().filter(team_id__in=team_ids)
        known = {row.team_id: row for row in rows}
        made = [
            TeamStanding(team_id=team_id, course_key=course_key, points=number)
            for team_id, number in wanted.items()
            if number and team_id not in known
        ]
        gone = [team_id for team_id in known if not wanted.get(team_id)]
        altered = [row for row in known.values() if wanted.get(row.team_id) and row.points != wanted[row.team_id]]
        for row in altered:
            row.points = wanted[row.team_id]
        TeamStanding.objects.bulk_create(made, ignore_conflicts=True)
        TeamStanding.objects.bulk_update(altered, ["points"])
        TeamStanding.objects.filter(team_id__in=gone).delete()
    return len(made) + len(gone) + len(altered)


def _recompute_people(user_ids: Collection[int], course_key: CourseKey, now: datetime) -> int:
    if not user_ids:
        return 0
    present = {user_id for user_id, one in get_host().enrolments(list(user_ids), course_key).items() if one.active}
    learners = present - _staff(present, course_key)
    friends, rules = _friends(course_key, learners), _rules(course_key)
    with transaction.atomic():
        known = {
            row.user_id: row
            for row in Standing.objects.select_for_update().filter(user_id__in=user_ids, course_key=course_key)
        }
        shown = set(
            Appearance.objects.filter(user_id__in=user_ids, course_key=course_key).values_list("user_id", flat=True)
        )
        wanted = {user_id: points(own, rules, now=now) for user_id, own in friends.items()}
        made = [
            Standing(user_id=user_id, course_key=course_key, points=number, shown=user_id in shown)
            for user_id, number in wanted.items()
            if number and user_id not in known
        ]
        gone = [row.id for user_id, row in known.items() if not wanted.get(user_id)]
        altered = []
        for user_id, row in known.items():
            number = wanted.get(user_id)
            if number and (row.points, row.shown) != (number, user_id in shown):
                row.points, row.shown = number, user_id in shown
                altered.append(row)
        # Two at the same moment: the other transaction's row stands; the next event or pass computes it again.
        Standing.objects.bulk_create(made, ignore_conflicts=True)
        Standing.objects.bulk_update(altered, ["points", "shown"])
        Standing.objects.filter(id__in=gone).delete()
    return len(made) + len(gone) + len(altered)


def _rules(course_key: CourseKey) -> Rules:
    return rules_of(policy_of(course_key))


def _friends(course_key: CourseKey, inviter_ids: Collection[int]) -> dict[int, list[Friend]]:
    found = credited_friends(course_key, inviter_ids) if inviter_ids else {}
    return {inviter_id: [_as_counted(one) for one in own] for inviter_id, own in found.items()}


def _as_counted(friend: CreditedFriend) -> Friend:
    return Friend(friend.journey_id, friend.enrolled_at, friend.active_at, friend.completed_at, friend.left_at)


def _staff(user_ids: Collection[int], course_key: CourseKey) -> set[int]:
    """The course's own team does not compete with its learners."""
    roles = get_host().roles_of(sorted(user_ids), course_key) if user_ids else {}
    return {user_id for user_id, own in roles.items() if Role.COURSE_STAFF in own}


def _inviters_after(course_key: CourseKey, after: int) -> list[int]:
    return inviters_after(course_key, after, limit=PAGE)


def _teams_after(course_key: CourseKey, after: int) -> list[int]:
    return open_teams_after(course_key, after, limit=PAGE)


def _standing_after(course_key: CourseKey, after: int) -> list[int]:
    rows = Standing.objects.filter(course_key=course_key, user_id__gt=after).order_by("user_id")
    return list(rows.values_list("user_id", flat=True)[:PAGE])


def _team_standing_after(course_key: CourseKey, after: int) -> list[int]:
    rows = TeamStanding.objects.filter(course_key=course_key, team_id__gt=after).order_by("team_id")
    return list(rows.values_list("team_id", flat=True)[:PAGE])


def _pages(read: Callable[[int], list[int]]) -> Iterator[list[int]]:
    after = 0
    while page := read(after):
        yield page
        after = page[-1]


def _parts(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + PAGE] for start in range(0, len(ids), PAGE))
