"""Puts conversations into the forum's own tables by bulk insert, and has the dashboard read the forum as it finds it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.kept_replies import keep_reply
from community_dashboard.moderation.intake.arrival import look_at_course
from community_dashboard.moderation.projection.filling import begin_filling, fill
from demo.campus.models import Enrolment
from demo.conversations.drawing import Conversation, Writer, draw_conversations
from demo.courseware.queries import units

TEXTS = Path(__file__).with_name("texts.json")
BATCH = 500
Say = Callable[[str], None]


def is_quiet(course_key: Any) -> bool:
    """Whether nobody has written in this course's forum. One query."""
    from forum.backends.mysql.models import CommentThread

    return not CommentThread.objects.filter(course_id=str(course_key)).exists()


def load_conversations(
    *, course_key: Any, team: Sequence[Any], crowd: str, seed: int, now: datetime, progress: Say
) -> None:
    """Has the crowd (whose usernames match `crowd`) talk for eight weeks, the first of the `team` moderate, the dashboard read.

    Some twenty statements for the forum; then what the dashboard does with a forum that was there before it.
    """
    texts = json.loads(TEXTS.read_text(encoding="utf-8"))
    people = Enrolment.objects.filter(course_key=course_key, active=True, user__username__regex=crowd).order_by(
        "user_id"
    )
    rows = people.values_list("user_id", "user__profile__language", "created")
    writers = [Writer(user_id, language, created) for user_id, language, created in rows]
    said = draw_conversations(texts, writers=writers, team=[one.id for one in team], now=now, seed=seed)
    if not said:
        return
    threads, comments = _write(said, course_key)
    progress(f"  {threads:,} threads, {comments:,} answers in the forum")
    begin_filling(course_key=course_key, now=now)
    fill(course_key=course_key, clock=timezone.now)
    _moderate(course_key, team[0], now)
    for kept in texts["kept"]:
        keep_reply(by=team[0], course_key=course_key, now=now - timedelta(days=9), **kept)
    look_at_course(course_key=course_key, clock=timezone.now)


@transaction.atomic
def _write(said: Sequence[Conversation], course_key: Any) -> tuple[int, int]:
    from forum.backends.mysql.models import Comment, CommentThread, ForumUser

    people = {one.by for one in said} | {answer.by for one in said for answer in one.answers}
    people |= {user_id for one in said for user_id, _at in one.reporters}
    names = dict(get_user_model().objects.filter(id__in=people).values_list("id", "username"))
    known = set(ForumUser.objects.values_list("user_id", flat=True))
    ForumUser.objects.bulk_create([ForumUser(user_id=user_id) for user_id in sorted(people - known)], batch_size=BATCH)
    topics = {key.block_id for key, _title in units(course_key)}
    threads = CommentThread.objects.bulk_create(
        [
            CommentThread(
                author_id=one.by,
                author_username=names[one.by],
                course_id=str(course_key),
                title=one.title,
                body=one.body,
                thread_type=one.kind,
                context="course",
                commentable_id=one.topic if one.topic in topics else "course",
                last_activity_at=one.answers[-1].at if one.answers else one.at,
            )
            for one in said
        ],
        batch_size=BATCH,
    )
    spoken = [(thread, answer) for thread, one in zip(threads, said, strict=True) for answer in one.answers]
    comments = Comment.objects.bulk_create(
        [
            Comment(
                author_id=answer.by,
                author_username=names[answer.by],
                course_id=str(course_key),
                body=answer.body,
                comment_thread=thread,
                depth=0,
                endorsed=bool(answer.endorsed_by),
                endorsement={"user_id": str(answer.endorsed_by), "time": answer.at.isoformat()}
                if answer.endorsed_by
                else {},
            )
            for thread, answer in spoken
        ],
        batch_size=BATCH,
    )
    # The forum stamps every row with the moment of writing; these were written before.
    moments = [one.at for one in said] + [answer.at for _thread, answer in spoken]
    for row, at in zip([*threads, *comments], moments, strict=True):
        row.created_at = row.updated_at = at
    for row in comments:
        row.sort_key = str(row.pk)
    CommentThread.objects.bulk_update(threads, ["created_at", "updated_at"], batch_size=BATCH)
    Comment.objects.bulk_update(comments, ["created_at", "updated_at", "sort_key"], batch_size=BATCH)
    _report(threads, said)
    return len(threads), len(comments)


def _report(threads: Sequence[Any], said: Sequence[Conversation]) -> None:
    from django.contrib.contenttypes.models import ContentType
    from forum.backends.mysql.models import AbuseFlagger

    kind = ContentType.objects.get_for_model(type(threads[0]))
    rows = [
        AbuseFlagger(content_type=kind, content_object_id=thread.pk, user_id=user_id, flagged_at=at)
        for thread, one in zip(threads, said, strict=True)
        for user_id, at in one.reporters
    ]
    AbuseFlagger.objects.bulk_create(rows, batch_size=BATCH)


def _moderate(course_key: Any, moderator: Any, now: datetime) -> None:
    """A little of what the moderator did before today, so that the log is not empty: two threads closed, one pinned."""
    from forum.backends.mysql.models import CommentThread

    old = CommentThread.objects.filter(
        course_id=str(course_key), created_at__lt=now - timedelta(weeks=2), context="course"
    )
    done = [(Choice.CLOSE, "duplicate"), (Choice.PIN, ""), (Choice.CLOSE, "off-topic")]
    numbers = old.order_by("created_at").values_list("pk", flat=True)[1 : 1 + len(done)]
    for days, (number, (choice, reason)) in enumerate(zip(numbers, done, strict=False), start=8):
        decide(
            by=moderator,
            course_key=course_key,
            ref=PostRef(PostKind.THREAD, str(number)),
            choice=choice,
            reason=reason,
            now=now - timedelta(days=days),
        )
