"""Reads of the leaderboard: one index-only count by points gives every place, then the rows of one page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import ceil

from django.db.models import Count, Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from referral_xblock.leaderboard.models import Appearance, Standing, TeamStanding
from referral_xblock.leaderboard.places import Places
from referral_xblock.teams.queries import names_of, team_of

PAGE = 20
TOP = 5
AROUND = 2  # of those who appear, above and below oneself


@dataclass(frozen=True)
class Row:
    """One line: a person who wants to appear, or a team. `mine`: the reader, or the reader's team."""

    place: int
    name: str
    points: int
    mine: bool


@dataclass(frozen=True)
class Own:
    """What one person sees of themselves, listed or not. No points, no place."""

    points: int
    place: int | None
    kind: str  # "" : does not want to appear; else where the name comes from
    shown_as: str


@dataclass(frozen=True)
class Board:
    """One page of the people. `unlisted`: people with points who do not appear but are counted in the places."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    people: int
    unlisted: int
    own: Own
    around: tuple[Row, ...]  # "" if the reader stands on this page already, or is not listed
    own_page: int | None


@dataclass(frozen=True)
class TeamBoard:
    """The first teams, and the reader's own."""

    rows: tuple[Row, ...]
    own: Row | None
    teams: int


def board(course_key: CourseKey, user_id: int, *, number: int = 1) -> Board:
    """A page of twenty, the reader's own place, and the neighbours there. Eight queries whatever the size of the course."""
    places, own = _places(Standing, course_key), own_standing(course_key, user_id)
    listed = _listed(course_key)
    many = listed.count()
    pages = max(1, ceil(many / PAGE))
    number = min(max(1, number), pages)
    found = list(_ordered(listed)[(number - 1) * PAGE : number * PAGE].values_list("user_id", "points"))
    near: list[tuple[int, int]] = []
    own_page = None
    if own.kind and own.points:
        before = listed.filter(_above(own.points, user_id)).count()
        own_page = before // PAGE + 1
        if own_page != number:
            near = _around(listed, own.points, user_id)
    names = _names(course_key, {person for person, _points in (*found, *near)})

    def rows(pairs: Iterable[tuple[int, int]]) -> tuple[Row, ...]:
        return tuple(
            Row(places.place(points), names[person], points, person == user_id)
            for person, points in pairs
            if person in names
        )

    return Board(
        rows=rows(found),
        number=number,
        pages=pages,
        people=places.people,
        unlisted=places.people - many,
        own=Own(own.points, places.place(own.points) if own.points else None, own.kind, own.shown_as),
        around=rows(near),
        own_page=own_page,
    )


def top_and_own(course_key: CourseKey, user_id: int) -> tuple[tuple[Row, ...], Own]:
    """The first five who appear, and the own place. Five queries."""
    places, own = _places(Standing, course_key), own_standing(course_key, user_id)
    found = list(_ordered(_listed(course_key))[:TOP].values_list("user_id", "points"))
    names = _names(course_key, {person for person, _points in found})
    rows = tuple(
        Row(places.place(points), names[person], points, person == user_id)
        for person, points in found
        if person in names
    )
    return rows, Own(own.points, places.place(own.points) if own.points else None, own.kind, own.shown_as)


def own_standing(course_key: CourseKey, user_id: int) -> Own:
    """The own points and choice, without the place. Two queries."""
    points = Standing.objects.filter(user_id=user_id, course_key=course_key).values_list("points", flat=True).first()
    chosen = Appearance.objects.filter(user_id=user_id, course_key=course_key).values_list("kind", "shown_as").first()
    kind, shown_as = chosen or ("", "")
    return Own(points or 0, None, kind, shown_as)


def team_board(course_key: CourseKey, user_id: int, *, limit: int = PAGE) -> TeamBoard:
    """The first teams and the own one. Five queries."""
    places = _places(TeamStanding, course_key)
    mine = team_of(user_id, course_key)
    rows = TeamStanding.objects.filter(course_key=course_key)
    found = list(rows.order_by("-points", "-team_id").values_list("team_id", "points")[:limit])
    names = names_of([team_id for team_id, _points in found])
    shown = tuple(
        Row(places.place(points), names.get(team_id, ""), points, bool(mine and mine.id == team_id))
        for team_id, points in found
    )
    own = None
    if mine and not any(row.mine for row in shown):
        points = rows.filter(team_id=mine.id).values_list("points", flat=True).first()
        own = Row(places.place(points), mine.name, points, True) if points else None
    return TeamBoard(shown, own, places.people)


def _places(table: type[Standing] | type[TeamStanding], course_key: CourseKey) -> Places:
    counted = table.objects.filter(course_key=course_key).values("points").annotate(people=Count("pk"))
    return Places.of(dict(counted.order_by().values_list("points", "people")))


def _listed(course_key: CourseKey) -> QuerySet[Standing]:
    # "in", because "shown" alone, as Django writes it, keeps the databases from going along the index.
    return Standing.objects.filter(course_key=course_key, shown__in=[True])


def _ordered(rows: QuerySet[Standing]) -> QuerySet[Standing]:
    return rows.order_by("-points", "-user_id")


def _above(points: int, user_id: int) -> Q:
    # The first condition says nothing new: it lets the database begin there in the index.
    return Q(points__gte=points) & (Q(points__gt=points) | Q(user_id__gt=user_id))


def _around(listed: QuerySet[Standing], points: int, user_id: int) -> list[tuple[int, int]]:
    """The reader between the nearest who appear. Two queries."""
    above = listed.filter(_above(points, user_id)).order_by("points", "user_id")[:AROUND]
    below = listed.filter(Q(points__lte=points) & (Q(points__lt=points) | Q(user_id__lt=user_id)))
    below = below.order_by("-points", "-user_id")[:AROUND]
    columns = ("user_id", "points")
    return [*reversed(above.values_list(*columns)), (user_id, points), *below.values_list(*columns)]


def _names(course_key: CourseKey, user_ids: Collection[int]) -> dict[int, str]:
    """Under which names these people appear. One query."""
    rows = Appearance.objects.filter(user_id__in=user_ids, course_key=course_key)
    return dict(rows.values_list("user_id", "shown_as"))
