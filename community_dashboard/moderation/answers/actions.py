"""One reply to several threads: a decision for each, all linked to the first."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostRef
from community_dashboard.moderation.answers.queries import MOST_OPEN
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.errors import DecisionError
from community_dashboard.moderation.projection.queries import posts_in
from community_dashboard.moderation.projection.threads import answered_by_team_since

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of one thread. `sentence` says why it was not answered; `decision_id` is its row in the log."""

    ref: PostRef
    row: Any | None  # of the projection, as it was before
    decision_id: int | None = None
    comment_id: str = ""
    sentence: str = ""

    @property
    def answered(self) -> bool:
        """Whether the reply stands there."""
        return self.decision_id is not None


def answer_all(
    *,
    by: Any,
    course_key: CourseKey,
    refs: Sequence[PostRef],
    body: str,
    seen_at: datetime,
    now: datetime,
) -> list[Outcome]:
    """Replies to each of these posts of this course with the same words; says of each what became of it.

    The right is asked for each. One that fails keeps no other from being answered. A thread that somebody else of the team has
    answered since `seen_at` is left alone, and the same order given again writes nothing. At most twenty posts; the cost of so
    many decisions and three queries.
    """
    wanted = list(dict.fromkeys(refs))[: MOST_OPEN + 1]
    rows = posts_in(course_key, wanted)
    threads = {row.thread_id for row in rows.values()}
    taken = answered_by_team_since(course_key, threads, seen_at, but=by.id)
    outcomes: list[Outcome] = []
    cause: int | None = None
    for ref in wanted:
        row = rows.get(ref)
        if row is None:
            outcomes.append(Outcome(ref, None, sentence=_("This post is no longer there.")))
        elif row.thread_id in taken:
            outcomes.append(Outcome(ref, row, sentence=_("Somebody of the team has answered here meanwhile.")))
        else:
            outcome = _answer(by=by, course_key=course_key, ref=ref, row=row, body=body, cause=cause, now=now)
            cause = cause or outcome.decision_id
            outcomes.append(outcome)
    return outcomes


def _answer(
    *, by: Any, course_key: CourseKey, ref: PostRef, row: Any, body: str, cause: int | None, now: datetime
) -> Outcome:
    try:
        decision = decide(
            by=by, course_key=course_key, ref=ref, choice=Choice.REPLY, fields={"body": body}, cause=cause, now=now
        )
    except DecisionError as error:
        return Outcome(ref, row, sentence=str(error))
    return Outcome(ref, row, decision.pk, str(decision.after.get("comment_id", "")))
