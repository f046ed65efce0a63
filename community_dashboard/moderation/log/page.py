"""The page of the log, ready to be written out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.sealing import sealed
from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.appeals.queries import Appealed, appeals_to, count_waiting
from community_dashboard.moderation.decisions.lines import Line, lines_of, names_of, within_group
from community_dashboard.moderation.decisions.log_words import DONE
from community_dashboard.moderation.decisions.logbook import LogFilter, Logged, causes_of, followed_from, page_of_log
from community_dashboard.moderation.log.filters import LogForm
from community_dashboard.moderation.sanctions.queries import Sanctioned, sanctioned_in
from community_dashboard.moderation.sanctions.words import how_bans_hold, moment_of

MOST_LOOKS = 10  # pages that are read for a Group Moderator, who sees some of them


@dataclass(frozen=True)
class Related:
    """Another decision to which one is linked."""

    words: str
    query: str  # of the address where it stands


@dataclass(frozen=True)
class Entry:
    """One decision of the log."""

    line: Line
    cause: Related | None
    followed: tuple[Related, ...]
    appeal: Appealed | None
    undone_by: str
    may_undo: bool
    author_query: str  # of the address with everything about this author; "" where nobody is known
    post_query: str


@dataclass(frozen=True)
class Kept:
    """Somebody who cannot post now."""

    decision_id: int
    name: str
    until: str  # "" for a ban
    reason: str
    may_lift: bool


@dataclass(frozen=True)
class LogPage:
    """What the template needs. `before` is where the next page begins; 0 on the last."""

    entries: tuple[Entry, ...]
    before: int
    kept: tuple[Kept, ...]
    bans: str
    appeals: int


def visible_rows(
    course_key: CourseKey, wanted: LogFilter, *, group: int | None, before: int, limit: int
) -> tuple[list[Logged], int]:
    """One page of what this reader may see, and where the next begins. Three queries; three more for a cohort."""
    found: list[Logged] = []
    for _look in range(MOST_LOOKS):
        rows = page_of_log(course_key, wanted, before=before, limit=limit + 1)
        found += within_group(rows, course_key, group)
        if len(found) > limit:
            return found[:limit], found[limit - 1].id
        if len(rows) <= limit:
            return found, 0
        before = rows[-1].id
    return found, before


def log_page(course_key: CourseKey, form: LogForm, *, group: int | None, acts: bool, now: datetime) -> LogPage:
    """One page of a valid filter. Some fifteen queries whatever its number and the size of the course."""
    before = form.cleaned_data["before"] or 0
    limit = settings.COMMUNITY_PAGE_SIZE
    rows, following = visible_rows(course_key, form.filter(), group=group, before=before, limit=limit)
    ids = [one.id for one in rows]
    causes = causes_of(one.cause_id for one in rows if one.cause_id)
    followed, appeals = followed_from(ids), appeals_to(ids)
    name = names_of([one.undone_by_id for one in rows])

    def entry(line: Line) -> Entry:
        one = line.decision
        return Entry(
            line=line,
            cause=_related(causes[one.cause_id], form) if one.cause_id in causes else None,
            followed=tuple(_related(later, form) for later in followed.get(one.id, ())),
            appeal=appeals.get(one.id),
            undone_by=name(one.undone_by_id) if one.undone_at else "",
            may_undo=acts and one.can_be_undone(now),
            author_query=LogForm.only(author=sealed(one.subject_id, course_key)) if one.subject_id else "",
            post_query=LogForm.only(kind=one.kind, post=one.post_id) if one.kind else "",
        )

    return LogPage(
        entries=tuple(entry(line) for line in lines_of(rows, course_key)),
        before=following,
        kept=() if form.narrow or before else _kept(course_key, group=group, acts=acts, now=now),
        bans=how_bans_hold(course_key),
        appeals=count_waiting(course_key),
    )


def _related(one: Logged, form: LogForm) -> Related:
    return Related(str(DONE[one.choice]), form.only(decision=one.id))


def _kept(course_key: CourseKey, *, group: int | None, acts: bool, now: datetime) -> tuple[Kept, ...]:
    found: list[Sanctioned] = sanctioned_in(course_key, now)
    if group is not None:
        own = get_host().cohorts_of([one.user_id for one in found], course_key)
        found = [one for one in found if own.get(one.user_id) == group]
    name = names_of([one.user_id for one in found])
    return tuple(
        Kept(one.decision_id, name(one.user_id), moment_of(one.until) if one.until else "", one.reason, acts)
        for one in found
    )
