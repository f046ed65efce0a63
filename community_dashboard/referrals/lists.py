"""One list as a table: which rows, which columns, in words. The page and the file are made from the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.referrals.forms import Filter
from referral_xblock.api import (
    Person,
    Reason,
    Stage,
    Status,
    Verdict,
    get_host,
    list_clicked,
    list_inviters,
    list_journeys,
    list_requests,
    list_shared,
    list_shown,
    top_advocates,
)

SHOWN_LISTS = {"shown": None, "prompted": False, "held-out": True}
STAGE_LISTS = {stage.value: stage for stage in Stage if stage is not Stage.CLICKED}


@dataclass(frozen=True)
class Columns:
    """Which facts a list has, in order; the names are those of the rows' fields."""

    people: tuple[str, ...]  # fields that hold the id of an account
    facts: tuple[str, ...]


MOMENTS = ("clicked_at", "registered_at", "enrolled_at", "active_at", "completed_at", "unenrolled_at", "lapsed_at")
JOURNEY = Columns(("user_id", "inviter_id"), ("network", "placement", *MOMENTS))
COLUMNS: dict[str, Columns] = {
    **dict.fromkeys(SHOWN_LISTS, Columns(("user_id",), ("placement", "shown_at", "in_holdout"))),
    "shared": Columns(("user_id",), ("network", "placement", "day")),
    "clicked": Columns(("owner_id",), ("created_at", "code", "network", "placement", "shown_by")),
    "requests": Columns((), ("created_at", "network", "placement", "verdict", "reason")),
    **dict.fromkeys(STAGE_LISTS, JOURNEY),
    "left": JOURNEY,
    "held": Columns(JOURNEY.people, ("reason", *JOURNEY.facts)),
    "not-credited": Columns(JOURNEY.people, ("reason", *JOURNEY.facts)),
    "advocates": Columns(("inviter_id",), ("enrolled", "active", "completed")),
    "inviters": Columns(("id",), ("shared", "enrolled")),
}


def read(course_key: CourseKey, name: str, chosen: Filter, *, after: int = 0, limit: int) -> list[Any]:
    """The next rows of a list. `after` is the id of the row before; of the advocates, the number of the page before.

    One query, two for the lists of the first three stages and for requests of one verdict, four for requests of any.
    """
    selection = chosen.selection
    if name in SHOWN_LISTS:
        return list_shown(course_key, selection, in_holdout=SHOWN_LISTS[name], after=after, limit=limit)
    if name == "inviters":
        return list_inviters(course_key, selection, after=after, limit=limit)
    if name == "shared":
        return list_shared(course_key, selection, after=after, limit=limit)
    if name == "clicked":
        return list_clicked(course_key, selection, after=after, limit=limit)
    if name == "requests":
        verdict = Verdict(chosen.verdict) if chosen.verdict else None
        return list_requests(course_key, selection, verdict=verdict, after=after, limit=limit)
    if name == "advocates":
        return top_advocates(course_key, selection, page=after + 1, limit=limit)
    status = {"held": Status.HELD, "not-credited": Status.NOT_CREDITED}.get(name, Status.CREDITED)
    return list_journeys(
        course_key,
        selection,
        stage=STAGE_LISTS.get(name, Stage.ENROLLED),
        status=status,
        reason=Reason(chosen.reason) if chosen.reason else None,
        inviter_id=chosen.inviter,
        left=name == "left",
        after=after,
        limit=limit,
    )


def page(course_key: CourseKey, name: str, chosen: Filter, *, limit: int) -> tuple[list[Any], dict[str, int]]:
    """One page of a list, and what changes in its address for the next; {} on the last page. Four queries at most."""
    if name == "advocates":
        number = chosen.page or 1
        rows = read(course_key, name, chosen, after=number - 1, limit=limit)
        # Pages of a ranking are counted, so the row that tells of a next page is asked for by itself.
        more = len(rows) == limit and read(course_key, name, chosen, after=number * limit, limit=1)
        return rows, {"page": number + 1} if more else {}
    mark, after = ("beyond", chosen.beyond) if name == "inviters" else ("after", chosen.after)
    rows = read(course_key, name, chosen, after=after or 0, limit=limit + 1)
    return rows[:limit], {mark: rows[limit - 1].id} if len(rows) > limit else {}


def read_all(course_key: CourseKey, name: str, chosen: Filter, *, chunk: int = 500) -> Iterator[list[Any]]:
    """Every row of a list, `chunk` at a time: never one cursor, which MySQL's driver would read whole into memory."""
    after = 0
    while rows := read(course_key, name, chosen, after=after, limit=chunk):
        yield rows
        if len(rows) < chunk:
            return
        after = after + 1 if name == "advocates" else rows[-1].id


def people_of(name: str, rows: Iterable[Any]) -> dict[int, Person]:
    """Who stands in these rows. One query of the host for 500 people."""
    ids = {getattr(row, field) for row in rows for field in COLUMNS[name].people}
    return get_host().people(sorted(ids - {None})) if ids - {None} else {}


def titles_of(rows: Iterable[Any]) -> dict[str, str]:
    """Titles of the units in these rows, by placement. Two queries of the host."""
    placements = {row.placement for row in rows if getattr(row, "placement", None)}
    return get_host().block_titles(sorted(placements)) if placements else {}


def day_of(moment: datetime | date | None) -> str:
    """A moment as a file writes it."""
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else str(moment or "")
