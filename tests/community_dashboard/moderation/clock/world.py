"""Posts of the projection made at random, and their figures counted the slow way."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from community_dashboard.moderation.projection.models import ForumPost


def thread(course_key: Any, number: int, *, at: datetime, author: Any, **more: Any) -> ForumPost:
    """One thread, not saved; a question that waits unless said otherwise."""
    fields = {"thread_type": "question", "title": f"Question {number}", "topic_id": "general", **more}
    if "waiting_since" not in fields and not fields.get("first_answer_at"):
        fields["waiting_since"] = at if fields["thread_type"] == "question" else None
    return ForumPost(
        course_key=course_key, kind="thread", post_id=str(number), number=number, thread_id=str(number), author=author,
        created_at=at, changed_at=at, **fields,
    )  # fmt: skip


def comment(course_key: Any, number: int, thread_id: int, *, at: datetime, author: Any, by_staff: bool) -> ForumPost:
    """One response, not saved."""
    return ForumPost(
        course_key=course_key, kind="comment", post_id=str(number), number=number, thread_id=str(thread_id),
        author=author, created_at=at, changed_at=at, by_staff=by_staff,
    )  # fmt: skip


def make_world(
    course_key: Any, *, learner: Any, team: list[Any], start: datetime, days: int, threads: int, seed: int
) -> list[ForumPost]:
    """Threads over so many days, some of them not to be counted, answered by a learner, the team, both or nobody."""
    draw = random.Random(seed)
    rows = []
    for number in range(1, threads + 1):
        at = start + timedelta(seconds=draw.randrange(days * 86_400))
        first = at + timedelta(seconds=int(draw.expovariate(1 / 30_000))) if draw.random() < 0.8 else None
        staff = at + timedelta(seconds=int(draw.expovariate(1 / 60_000))) if draw.random() < 0.5 else None
        end = start + timedelta(days=days)
        first, staff = (moment if moment and moment < end else None for moment in (first, staff))
        who = draw.choice(team)
        answers = [moment for moment in (first, staff) if moment]
        rows.append(
            thread(
                course_key, number, at=at, author=learner, topic_id=draw.choice(["general", "week1", "week2"]),
                group_id=draw.choice([0, 0, 7, 8]), thread_type=draw.choice(["question", "question", "discussion"]),
                first_answer_at=min(answers, default=None), first_staff_answer_at=staff,
                first_staff_answer_by=who.id if staff else 0,
                gone_at=at if draw.random() < 0.05 else None, masked=draw.random() < 0.05,
                by_staff=draw.random() < 0.05,
            )
        )  # fmt: skip
        if staff:
            rows.append(comment(course_key, 1_000_000 + number, number, at=staff, author=who, by_staff=True))
    ForumPost.objects.bulk_create(rows, batch_size=1000)
    return rows
