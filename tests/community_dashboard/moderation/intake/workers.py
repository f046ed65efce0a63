"""Real processes that reconcile one forum: `python -m …workers <rounds> <seed>`.

Each round changes the forum behind the listeners' back and ends a reconciliation at a random moment. In the end one goes through,
and all rows are compared with those that come out if everything is read from nothing. See tests/killing.py.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.killing import Work, killed_at_random, own_database, tell

COURSES = ("course-v1:Test+Bees101+2026", "course-v1:Test+Birds+2026")


def main(rounds: int, seed: int) -> None:
    """Prints what happened; raises if a row is wrong."""
    own_database()
    from community_dashboard.moderation.intake import noting
    from community_dashboard.moderation.projection import reconciliation

    reconciliation.PAGE = 4  # many places at which a run may end
    noting._send = lambda course_key, posts: None  # nobody is told of anything
    chance = random.Random(seed)
    forums = _make_forums(chance)
    works = _rounds(rounds, chance, forums)
    tell(killed_at_random(works, chance=chance, seconds=1.0, at_most=6.0, growth=1.3))
    later = _now() + timedelta(days=2)  # whatever happened has settled
    _reconcile(later)
    _compare(forums, later)


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()  # the forum writes down its own changes by this clock


def _make_forums(chance: random.Random) -> list[Any]:
    """Two courses with forums that are filled and looked at."""
    from community_dashboard.moderation.projection.filling import begin_filling, fill
    from tests.community_dashboard.moderation.projection.conftest import ForumOf
    from tests.people import make_cast, make_course

    cast, forums = None, []
    for key in COURSES:
        course_key = make_course(key).course_key
        cast = cast or make_cast(course_key)
        forum = ForumOf(course_key)
        forum.people = (cast.bo, cast.chen, cast.dara)
        forum.posts = []
        for _ in range(15):
            _write(chance, forum)
        begin_filling(course_key=course_key, now=_now())
        fill(course_key=course_key, clock=_now)
        forums.append(forum)
    _reconcile(_now())
    return forums


def _rounds(rounds: int, chance: random.Random, forums: list[Any]) -> Iterator[Work]:
    for _ in range(rounds):
        for forum in forums:
            for _change in range(12):
                _change_something(chance, forum)
        yield lambda: _reconcile(_now())


def _reconcile(now: Any) -> Any:
    from community_dashboard.moderation.intake.arrival import reconcile_forum

    return reconcile_forum(clock=lambda: now, thorough=True)


def _write(chance: random.Random, forum: Any) -> None:
    from community_dashboard.data import PostKind

    by = chance.choice(forum.people)
    threads = [ref for ref in forum.posts if ref.kind is PostKind.THREAD]
    if not threads or chance.random() < 0.4:
        forum.posts.append(
            forum.thread(by, f"Bee {chance.randrange(1000)}", thread_type=chance.choice(["question", "discussion"]))
        )
    else:
        forum.posts.append(forum.answer(chance.choice(threads), by, f"They dance {chance.randrange(1000)} times."))


def _change_something(chance: random.Random, forum: Any) -> None:
    """Writes, edits, reports, endorses, pins or deletes."""
    from community_dashboard.data import PostKind

    by, ref, what = chance.choice(forum.people), chance.choice(forum.posts), chance.random()
    thread = ref.kind is PostKind.THREAD
    if what < 0.35:
        _write(chance, forum)
    elif what < 0.65:
        forum.edit(ref, by, body=f"Edited {chance.randrange(1000)}")
    elif what < 0.8:
        forum.flag(ref, by)
    elif what < 0.9:
        if thread:
            forum.pin(ref, by, pinned=chance.random() < 0.7)
        else:
            forum.edit(ref, by, endorsed=chance.random() < 0.7, endorsement_user_id=str(by.id))
    elif len(forum.posts) > 10:
        forum.delete(ref)
        forum.posts = [one for one in forum.posts if _is_there(one)]


def _is_there(ref: Any) -> bool:
    from community_dashboard.moderation.projection.reading import rows_of

    return rows_of(ref.kind).filter(pk=ref.id).exists()


def _compare(forums: list[Any], now: Any) -> None:
    from community_dashboard.moderation.projection.actions import project
    from community_dashboard.moderation.projection.models import ForumPost
    from community_dashboard.moderation.projection.reconciliation import Found, reconcile
    from community_dashboard.moderation.queue.models import QueueItem

    assert reconcile(now=now, read=lambda key, refs: None, thorough=True) == Found()
    assert not ForumPost.objects.exclude(unexamined_since=None).exists()
    for reported in ForumPost.objects.filter(reports__gt=0, gone_at=None):
        assert QueueItem.objects.get(kind=reported.kind, post_id=reported.post_id).state == "open"
    there = {(ref.kind.value, ref.id) for forum in forums for ref in forum.posts}
    kept = _rows()
    assert {(row["kind"], row["post_id"]) for row in kept} == there
    ForumPost.objects.all().delete()
    for forum in forums:
        project(course_key=forum.course_key, refs=forum.posts, now=now)
    for one, fresh in zip(kept, _rows(), strict=True):
        assert one == fresh, {name: (one[name], fresh[name]) for name in one if one[name] != fresh[name]}


def _rows() -> list[dict[str, Any]]:
    from community_dashboard.moderation.projection.models import ForumPost

    rows = ForumPost.objects.filter(gone_at=None).order_by("kind", "number").values()
    return [{name: value for name, value in row.items() if name not in ("id", "unexamined_since")} for row in rows]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
