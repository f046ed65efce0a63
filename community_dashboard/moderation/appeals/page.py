"""The page of appeals, ready to be written out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.appeals.actions import check_may_decide
from community_dashboard.moderation.appeals.queries import Appealed, list_appeals
from community_dashboard.moderation.decisions.errors import NotAllowedError
from community_dashboard.moderation.decisions.lines import Line, lines_of, names_of, within_group
from community_dashboard.moderation.decisions.logbook import causes_of
from community_dashboard.moderation.decisions.standing import moderators_of

APPEALS = 20
MOST_LOOKS = 10  # pages that are read for a Group Moderator, who sees some of them


@dataclass(frozen=True)
class Entry:
    """One appeal with the decision it is about."""

    appeal: Appealed
    line: Line
    why_not: str  # why this reader cannot decide it; "" if they can
    decided_by: str


@dataclass(frozen=True)
class AppealsPage:
    """What the template needs. `after` is where the next page begins; 0 on the last."""

    waiting: bool
    entries: tuple[Entry, ...]
    after: int
    only_one: str  # said where nobody but who decided could look at one of them; "" otherwise


def appeals_page(
    course_key: CourseKey, *, reader: Any, group: int | None, waiting: bool, after: int, now: datetime
) -> AppealsPage:
    """One page. About ten queries, and the host's for the reader's right to each appeal that waits."""
    found: list[tuple[Appealed, Any]] = []
    following = after
    for _look in range(MOST_LOOKS):
        page = list_appeals(course_key, waiting=waiting, after=following, limit=APPEALS)
        decisions = causes_of(one.decision_id for one in page)
        known = [(one, decisions[one.decision_id]) for one in page if one.decision_id in decisions]
        visible = {one.id for one in within_group([decision for _one, decision in known], course_key, group)}
        found += [(one, decision) for one, decision in known if decision.id in visible]
        following = page[-1].id if len(page) == APPEALS else 0
        if not following or len(found) >= APPEALS:
            break
    lines = lines_of([decision for _one, decision in found], course_key)
    name = names_of([one.decided_by for one, _decision in found])
    entries = tuple(
        Entry(
            appeal=one,
            line=line,
            why_not=_why_not(line, reader, course_key) if waiting else "",
            decided_by=name(one.decided_by) if one.decided_by else "",
        )
        for (one, _decision), line in zip(found, lines, strict=True)
    )
    return AppealsPage(waiting, entries, following, _only_one(entries, course_key) if waiting else "")


def _why_not(line: Line, reader: Any, course_key: CourseKey) -> str:
    try:
        check_may_decide(line.decision, by=reader, course_key=course_key)
    except NotAllowedError as error:
        return str(error)
    return ""


def _only_one(entries: tuple[Entry, ...], course_key: CourseKey) -> str:
    if not entries:
        return ""
    # Nobody sits behind the account in whose name rules act.
    team = set(moderators_of(course_key))
    if all(team - {entry.line.decision.actor_id, entry.line.decision.subject_id} for entry in entries):
        return ""
    return _(
        "Nobody else in this course has a role in its forum, so what you decided waits. An instructor can give somebody a role "
        "in the instructor dashboard, under Membership."
    )
