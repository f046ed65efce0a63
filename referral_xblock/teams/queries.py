"""Reads of teams."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.queries import shown_name_of
from referral_xblock.links.codes import normalise
from referral_xblock.teams.models import FOREVER, Membership, Team, TeamAct

IN_ADDRESS = re.compile(r"/join/([^/?#&\s<>\"']+)")
LONGEST_READ = 4_000


@dataclass(frozen=True)
class FoundTeam:
    """A team as whoever holds its code may know it."""

    id: int
    course_key: CourseKey
    code: str
    name: str  # "": its name was taken away
    members: int
    is_open: bool


@dataclass(frozen=True)
class MyTeam:
    """The own team. `others` are the other members as each chose to be shown, "" for "a member"."""

    team: FoundTeam
    others: tuple[str, ...]


@dataclass(frozen=True)
class TeamRow:
    """A team for the course's staff, with its members' accounts."""

    id: int
    code: str
    name: str
    members: int
    created_at: datetime
    user_ids: tuple[int, ...]


@dataclass(frozen=True)
class ActRow:
    """What somebody of the course's staff did with a team: "renamed", "closed" or "merged"."""

    id: int
    kind: str
    code: str
    was: str
    now: str
    actor_id: int | None
    happened_at: datetime


@dataclass(frozen=True)
class Stay:
    """Somebody was in a team from `since` up to, and without, `until`."""

    team_id: int
    user_id: int
    since: datetime
    until: datetime


# "is_open__in": alone, as Django writes a boolean, it keeps the databases from going along the index.
COLUMNS = tuple(FoundTeam.__dataclass_fields__)


def find_team(text: str) -> FoundTeam | None:
    """The team that a code or a join address means, closed ones too. One query, none for what can be no code."""
    pasted = IN_ADDRESS.search(text[:LONGEST_READ])
    code = normalise(pasted[1] if pasted else text)
    row = Team.objects.filter(code=code).values(*COLUMNS).first() if code else None
    return FoundTeam(**row) if row else None


def team_of(user_id: int, course_key: CourseKey) -> FoundTeam | None:
    """The team in which this person is. One query."""
    names = {name: f"team__{name}" for name in COLUMNS}
    row = (
        Membership.objects.filter(user_id=user_id, course_key=course_key, until=FOREVER).values(*names.values()).first()
    )
    return FoundTeam(**{name: row[path] for name, path in names.items()}) if row else None


def my_team(user_id: int, course_key: CourseKey) -> MyTeam | None:
    """The own team with its members, in the order in which they came. Two queries."""
    team = team_of(user_id, course_key)
    if team is None:
        return None
    others = Membership.objects.filter(team_id=team.id, until=FOREVER).exclude(user_id=user_id)
    named = others.annotate(shown_as=shown_name_of("user_id")).order_by("since", "id")
    return MyTeam(team, tuple(named.values_list("shown_as", flat=True)))


def list_teams(course_key: CourseKey, *, after: int = 0, limit: int = 50) -> list[TeamRow]:
    """The open teams of a course after the team `after`, the oldest first. Two queries, along an index."""
    teams = list(Team.objects.filter(course_key=course_key, is_open__in=[True], id__gt=after).order_by("id")[:limit])
    within: dict[int, list[int]] = {team.id: [] for team in teams}
    rows = Membership.objects.filter(team_id__in=within, until=FOREVER).order_by("since", "id")
    for team_id, user_id in rows.values_list("team_id", "user_id") if teams else ():
        within[team_id].append(user_id)
    return [
        TeamRow(team.id, team.code, team.name, team.members, team.created_at, tuple(within[team.id])) for team in teams
    ]


def list_team_acts(course_key: CourseKey, *, after: int = 0, limit: int = 50) -> list[ActRow]:
    """What the course's staff did with teams, the latest first, before the act `after` (0: from the latest). One query."""
    rows = TeamAct.objects.filter(course_key=course_key)
    if after:
        rows = rows.filter(id__lt=after)
    found = rows.order_by("-id").values_list("id", "kind", "team__code", "was", "now", "actor_id", "happened_at")
    return [ActRow(*row) for row in found[:limit]]


def stays_in(team_ids: Collection[int]) -> list[Stay]:
    """Who was in these teams, and when; a person may stand there twice. One query."""
    rows = Membership.objects.filter(team_id__in=team_ids).values_list("team_id", "user_id", "since", "until")
    return [Stay(*row) for row in rows]


def teams_ever_of(user_ids: Collection[int], course_key: CourseKey) -> set[int]:
    """The teams in which these people are or were. One query."""
    rows = Membership.objects.filter(user_id__in=user_ids, course_key=course_key)
    return set(rows.values_list("team_id", flat=True))


def open_teams_after(course_key: CourseKey, after: int, *, limit: int) -> list[int]:
    """The next open teams by their number. One query."""
    rows = Team.objects.filter(course_key=course_key, is_open__in=[True], id__gt=after).order_by("id")
    return list(rows.values_list("id", flat=True)[:limit])


def open_among(team_ids: Collection[int]) -> set[int]:
    """Which of these teams are open. One query."""
    return set(Team.objects.filter(id__in=team_ids, is_open=True).values_list("id", flat=True))


def names_of(team_ids: Collection[int]) -> dict[int, str]:
    """The names of these teams. One query."""
    return dict(Team.objects.filter(id__in=team_ids).values_list("id", "name"))
