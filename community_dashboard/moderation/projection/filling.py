"""A course that was there before us is read in the background: threads, comments, then the facts of the threads.

Every page and the place it has reached are one transaction: what is killed goes on where it stopped, and two at once take
turns. Posts that are written meanwhile come through the signals.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import forum_is_here
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.projection.facts import write_facts
from community_dashboard.moderation.projection.models import Filling, ForumPost
from community_dashboard.moderation.projection.reading import read_rows, rows_of
from community_dashboard.moderation.projection.rows import Authors, row_of
from community_dashboard.moderation.projection.writing import insert_new
from community_dashboard.moderation.signals import FILLED

PAGE = 1_000
SILENT_FOR = timedelta(minutes=5)  # whoever was at it and says nothing for so long is dead
RECENT = timedelta(days=7)  # posts of so long before the filling are looked at by moderation

THREADS, COMMENTS, FACTS, LOOK, DONE = PostKind.THREAD.value, PostKind.COMMENT.value, "facts", "look", ""
_AFTER = {THREADS: COMMENTS, COMMENTS: FACTS, FACTS: LOOK, LOOK: DONE}


def begin_filling(*, course_key: CourseKey, now: datetime) -> bool:
    """Asks for the course to be read, once; whether this was the first time. One query, after the first time."""
    if Filling.objects.filter(course_key=course_key).exists():
        return False
    total = sum(rows_of(kind).filter(course_id=str(course_key)).count() for kind in PostKind) if forum_is_here() else 0
    _row, first = Filling.objects.get_or_create(
        course_key=course_key, defaults={"step": THREADS, "total": total, "begun_at": now, "seen_at": now}
    )
    if first:
        transaction.on_commit(lambda: send_filling(course_key), robust=True)
    return first


def send_filling(course_key: CourseKey) -> None:
    """Sends the task that reads the course."""
    from community_dashboard.moderation.projection.tasks import fill_course

    fill_course.delay(str(course_key))


def fill(*, course_key: CourseKey, clock: Callable[[], datetime], pages: int | None = None) -> bool:
    """Reads on from where it stopped, at most so many pages of 1,000 posts; whether the course is read to its end.

    Sends FILLED when it is. Some ten queries a page; half a second of a worker.
    """
    authors = Authors(course_key)
    turned = 0
    while pages is None or turned < pages:
        if _turn(course_key, authors, clock()):
            return True
        turned += 1
    return False


def to_be_continued(*, now: datetime) -> list[CourseKey]:
    """Courses whose filling has begun, is not at its end, and at which nobody is. One query."""
    rows = Filling.objects.filter(finished_at=None, seen_at__lt=now - SILENT_FOR)
    return list(rows.values_list("course_key", flat=True))


def courses_not_asked_for() -> list[CourseKey]:
    """Courses in which something was written that nobody has asked to fill. Two queries."""
    asked = set(Filling.objects.values_list("course_key", flat=True))
    return [
        key for key in ForumPost.objects.order_by().values_list("course_key", flat=True).distinct() if key not in asked
    ]


def to_be_looked_at() -> list[CourseKey]:
    """Filled courses of which moderation has not seen what was there before. One query."""
    return list(Filling.objects.filter(step=LOOK).order_by("id").values_list("course_key", flat=True))


def to_look_at(course_key: CourseKey, *, limit: int = 500) -> list[PostRef]:
    """The next posts of a filled course that moderation has not seen: reported, waiting or recent ones. Four queries."""
    row = Filling.objects.filter(course_key=course_key, step=LOOK).first()
    return [ref for _number, ref in _waiting_for_a_look(row, limit)] if row else []


def looked_at(*, course_key: CourseKey, now: datetime, limit: int = 500) -> bool:
    """Notes that those posts were seen; whether they were the last. Five queries."""
    row = Filling.objects.filter(course_key=course_key, step=LOOK).first()
    if row is None:
        return True
    seen = _waiting_for_a_look(row, limit)
    row.seen_at = now
    if len(seen) < limit:
        row.step = DONE
    if seen:
        row.reached = seen[-1][0]
    row.save()
    return row.step == DONE


def _waiting_for_a_look(row: Filling, limit: int) -> list[tuple[int, PostRef]]:
    posts = ForumPost.objects.filter(course_key=row.course_key, gone_at=None, id__gt=row.reached)
    found = {}
    for some in (
        posts.filter(reports__gt=0),
        posts.filter(waiting_since__isnull=False),
        posts.filter(kind__in=[kind.value for kind in PostKind], created_at__gte=row.begun_at - RECENT),
    ):
        for number, kind, post_id in some.order_by("id").values_list("id", "kind", "post_id")[:limit]:
            found[number] = PostRef(PostKind(kind), post_id)
    return sorted(found.items())[:limit]


def _turn(course_key: CourseKey, authors: Authors, now: datetime) -> bool:
    """One page; whether it was the last."""
    with transaction.atomic():
        row = Filling.objects.select_for_update().filter(course_key=course_key).first()
        if row is None or row.finished_at is not None:
            return True
        more = _facts(row) if row.step == FACTS else _posts(row, authors)
        if not more:
            row.step, row.reached = _AFTER[row.step], 0
            row.finished_at = now if row.step == LOOK else None
        row.seen_at = now
        row.save()
        if row.finished_at is not None:
            transaction.on_commit(lambda: FILLED.send_robust(sender=None, course_key=course_key))
    return row.finished_at is not None


def _posts(row: Filling, authors: Authors) -> bool:
    """The next page of threads or comments; whether there may be more."""
    kind = PostKind(row.step)
    last = rows_of(kind).aggregate(last=Max("pk"))["last"] if forum_is_here() else None
    window, rows = PAGE, None
    while last is not None and row.reached < last:
        # By the number, so that the database walks along its table and neither sorts nor jumps.
        end = row.reached + window
        rows = rows_of(kind).filter(course_id=str(row.course_key), pk__gt=row.reached, pk__lte=end).order_by("pk")
        posts = list(read_rows(kind, rows[: 2 * PAGE]))
        row.reached = int(posts[-1].ref.id) if len(posts) == 2 * PAGE else end
        if posts:
            authors.look_up(post.author_id for post in posts)
            made = [row_of(row.course_key, post, authors, None) for post in posts]
            insert_new(made)
            row.done += len(made)
            break
        window *= 2  # nothing of this course far and wide
    return last is not None and row.reached < last


def _facts(row: Filling) -> bool:
    """The facts of the next threads; whether there may be more."""
    threads = list(
        ForumPost.objects.select_for_update()
        .filter(course_key=row.course_key, kind=PostKind.THREAD.value, number__gt=row.reached)
        .order_by("number")[:PAGE]
    )
    write_facts(threads)
    if threads:
        row.reached = threads[-1].number
    return len(threads) == PAGE
