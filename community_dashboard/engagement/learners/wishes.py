"""What a reader wants of the list, as it stands in its address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.sealing import veiled
from community_dashboard.activity.rollup.choosing import Chosen, Condition, Operator
from community_dashboard.engagement.choosing.choice import NOBODY, Choice
from community_dashboard.engagement.learners.columns import COLUMNS, USUAL
from community_dashboard.engagement.learners.queries import tagged
from community_dashboard.host.chosen import get_host

NOW, LEFT, ALL, TEAM = "now", "left", "all", "team"
SORT = "last_at"
MOST_FOUND = 300  # people that a search finds by each of username, address and name


@dataclass(frozen=True)
class Wish:
    """Which learners, in which order, with which columns, from where on."""

    choice: Choice
    who: str = (
        ""  # "": those in the course now; of a segment or a search everybody, so that a link shows whom a figure counts
    )
    tag: str = ""
    search: str = ""  # the beginning of a username, address or name
    sort: str = SORT
    up: bool = False  # the least, or the longest ago, first
    columns: tuple[str, ...] = USUAL  # in the order of COLUMNS
    after: str | None = None  # where the page before ended, in the words of `rollup.people`

    @property
    def whom(self) -> str:
        """Who is meant if nothing is said."""
        return self.who or (ALL if self.choice.segment or self.search else NOW)

    @property
    def narrow(self) -> bool:
        """Whether it is about other people than those in the course now."""
        return self.choice.narrowed or bool(self.tag or self.search) or self.whom != NOW

    def query(self, course_key: CourseKey, **changed: Any) -> str:
        """The query of an address: this wish with some of it changed, from its first page. What is usual is left out."""
        wish = replace(self, **({"after": None} | changed))
        choice = wish.choice
        values: dict[str, Any] = {"who": wish.who, "cohort": choice.cohort, "mode": choice.mode}
        values |= {"segment": choice.segment, "tag": wish.tag}
        if choice.joined:
            values |= {"joined": 1, "start": choice.start, "end": choice.end}
        values["found"] = veiled(wish.search, course_key) if wish.search else ""
        values |= {"sort": wish.sort if wish.sort != SORT else "", "up": int(wish.up)}
        values["columns"] = [] if wish.columns == USUAL else list(wish.columns)
        values["after"] = veiled(wish.after, course_key) if wish.after else ""
        return urlencode({name: value for name, value in values.items() if value not in ("", 0, [])}, doseq=True)

    def sorted_by(self, column: str) -> Wish:
        """The same ordered by this column: the other way round if it is so already, else the most or the latest first."""
        if column == self.sort:
            return replace(self, up=not self.up, after=None)
        return replace(self, sort=column, up=False, after=None)


@dataclass(frozen=True)
class Found:
    """Whom a wish is about. `cut`: more people fit the search, or the tag, than are looked at."""

    chosen: Chosen
    cut: bool = False


def find(wish: Wish, course_key: CourseKey, *, now: datetime) -> Found:
    """The learners of a wish. One query for a segment, one for a tag, three for a search."""
    chosen, cut = wish.choice.chosen(course_key, now=now), False
    team = {NOW: False, LEFT: False, TEAM: True}.get(wish.whom)
    if team is not None:
        if chosen.team is not None and chosen.team != team:
            return Found(Chosen(persons=NOBODY))
        chosen = replace(chosen, team=team)
    if wish.whom in (NOW, LEFT):
        enrolled = Condition("enrolled", Operator.IS, int(wish.whom == NOW))
        chosen = replace(chosen, conditions=(*chosen.conditions, enrolled))
    if wish.tag:
        chosen = _among(chosen, tagged(course_key, wish.tag))
    if wish.search:
        found = get_host().search_roster(course_key, wish.search, limit=MOST_FOUND)
        cut = len(found) >= MOST_FOUND
        chosen = _among(chosen, sorted(found))
    return Found(chosen, cut)


def _among(chosen: Chosen, persons: Any) -> Chosen:
    known = None if chosen.persons is None else set(chosen.persons)
    return replace(chosen, persons=tuple(person for person in persons if known is None or person in known))


def in_order(columns: Any) -> tuple[str, ...]:
    """These columns as the list shows them; the usual ones if there are none."""
    return tuple(key for key in COLUMNS if key in columns) or USUAL
