"""What a course's urgency learns from: the decisions of its moderators, and what they said of single posts.

| what happened | what it teaches | how clearly |
|---|---|---|
| a moderator said that a post is urgent, or that it is not | that | 3 |
| a post that reads as urgent was answered, assigned, moved, pinned, closed or mended | urgent | 1 |
| a post that reads as urgent was approved, put off, hidden, deleted, or its author judged | not urgent | 1 |
| a post that does not was decided on, whatever way | not urgent | ½ |

Nobody is asked to teach: the queue is worked through, and now and then somebody says what the signs had wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostRef
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.decided import courses_decided_in, decided_posts
from community_dashboard.moderation.projection.queries import posts_in
from community_dashboard.moderation.queue.actions import set_findings
from community_dashboard.moderation.queue.errors import NotYoursError
from community_dashboard.moderation.queue.queries import item_of
from community_dashboard.moderation.queue.reach import reach_of
from community_dashboard.moderation.urgency.actions import keep_learned, mark
from community_dashboard.moderation.urgency.judging import judge
from community_dashboard.moderation.urgency.learning import MOST, Example, can_learn
from community_dashboard.moderation.urgency.queries import find_urgent, marks_of

HELPED = frozenset({Choice.REPLY, Choice.ASSIGN, Choice.MOVE, Choice.PIN, Choice.CLOSE, Choice.EDIT, Choice.ENDORSE})
SAID, SEEN, PASSED = 3.0, 1.0, 0.5
REMEMBERED = timedelta(days=400)  # the run before teaches too


def say_urgent(*, by: Any, course_key: CourseKey, ref: PostRef, urgent: bool, now: datetime) -> bool:
    """A moderator says whether a post of this course is urgent: the queue is told at once, and the course learns from it.

    False if the post is not there. Raises PermissionDenied for who does not moderate, NotYoursError outside the own cohort.
    """
    reach, item = reach_of(by, course_key), item_of(course_key, ref)
    if reach.acts and reach.acts_in_group is not None and (item is None or not reach.may_act_on(item)):
        raise NotYoursError
    if not mark(by=by, course_key=course_key, ref=ref, urgent=urgent, now=now):
        return False
    findings = find_urgent(course_key, {ref: ("", "")}, {ref: now})[ref]
    set_findings(course_key=course_key, ref=ref, source="urgency", findings=findings, now=now)
    return True


def learn_in_courses(*, since: datetime, now: datetime) -> int:
    """Every course in which something was decided since learns; how many did. Nothing without scikit-learn."""
    if not can_learn():
        return 0
    return sum(learn_in(course_key=course_key, now=now) for course_key in courses_decided_in(since=since))


def learn_in(*, course_key: CourseKey, now: datetime) -> bool:
    """This course learns from all it remembers; False if that is too little. Ten queries and about two seconds at most."""
    return keep_learned(course_key=course_key, examples=examples_of(course_key, now=now), now=now) is not None


def examples_of(course_key: CourseKey, *, now: datetime) -> Sequence[Example]:
    """What there is to learn from, the clearest and then the newest first, at most `MOST`.

    Of a post its title and the beginning of its text are read, as its author wrote them, and no longer once it is gone.
    """
    marks = marks_of(course_key, MOST)
    decided = decided_posts(course_key, since=now - REMEMBERED, most=2 * MOST)
    rows = posts_in(course_key, [*marks, *decided])
    examples = []
    for ref in [*marks, *(ref for ref in decided if ref not in marks)][:MOST]:
        row = rows.get(ref)
        if row is None or row.gone_at is not None or row.by_staff:
            continue
        urgent, weight = (marks[ref], SAID) if ref in marks else _taught(row, decided[ref])
        examples.append(Example(row.title, row.excerpt, urgent, weight))
    return examples


def _taught(row: Any, choices: Sequence[Choice]) -> tuple[bool, float]:
    if not judge(row.title, row.excerpt).is_urgent:
        return False, PASSED
    return bool(HELPED.intersection(choices)), SEEN
