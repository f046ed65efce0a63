"""Who asks the same as an open post, and who was answered already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.answers.index import Nearby, nearby
from community_dashboard.moderation.answers.likeness import Question, is_learned, likeness, same_from
from community_dashboard.moderation.projection.queries import bodies_of, find_post, posts_in
from community_dashboard.moderation.projection.threads import best_answers, thread_refs
from community_dashboard.moderation.queue.reach import Reach

COMPARED = 200
MOST_OPEN, MOST_ANSWERED = 19, 6  # with the post itself, twenty are answered at once


@dataclass(frozen=True)
class Likely:
    """A thread that asks the same. `row` is its row of the projection, `answer` that of its best answer."""

    ref: PostRef
    row: Any
    percent: int  # how alike, 50 to 100
    answer: Any | None = None


@dataclass(frozen=True)
class Same:
    """What was found for one post. `learned` says by which measure."""

    post: Any
    open: list[Likely]
    answered: list[Likely]
    learned: bool


def find_same(course_key: CourseKey, ref: PostRef, *, reach: Reach) -> Same | None:
    """The threads of this course that ask what the post asks, within the reader's reach; None if the post is not there.

    Seven queries, one over the course's index, whatever the number of threads.
    """
    post = find_post(course_key, ref)
    if post is None or post.gone_at is not None or not _visible([post], course_key, reach):
        return None
    learned, asked = is_learned(), Question(post.title, post.excerpt)
    if not asked.words:
        return Same(post, [], [], learned)
    near = nearby(course_key, asked, most=COMPARED)
    alike = _alike(course_key, post, asked, near, reach, learned=learned)
    answered = [row for row, _percent in alike if row.accepted_at or row.first_staff_answer_at]
    answers = best_answers(course_key, [row.post_id for row in answered])
    found = [
        Likely(PostRef(PostKind.THREAD, row.post_id), row, percent, answers.get(row.post_id)) for row, percent in alike
    ]
    still_open = [one for one in found if one.answer is None and not one.row.closed and not _is_answered(one.row)]
    return Same(post, still_open[:MOST_OPEN], [one for one in found if one.answer is not None][:MOST_ANSWERED], learned)


def answer_text(course_key: CourseKey, comment_id: str) -> str:
    """The text of an answer that stands in this course; "" if there is none. Two queries."""
    ref = PostRef(PostKind.COMMENT, comment_id)
    row = find_post(course_key, ref)
    return "" if row is None or row.masked or row.gone_at else bodies_of(course_key, [ref]).get(ref, "")


def may_see(course_key: CourseKey, rows: Iterable[Any], reach: Reach) -> set[int]:
    """Which of these rows of the projection the reader may see, by their number. No query but for a Group Moderator."""
    return {row.pk for row in _visible(list(rows), course_key, reach)}


def _alike(
    course_key: CourseKey, post: Any, asked: Question, near: Nearby, reach: Reach, *, learned: bool
) -> list[tuple[Any, int]]:
    """Rows of threads with their likeness in percent, the most alike first."""
    rows = posts_in(course_key, thread_refs({*near.threads, *near.sample}))
    own = post.thread_id
    found = [rows[ref] for ref in thread_refs(near.threads) if ref in rows and ref.id != own]
    found = [row for row in found if row.gone_at is None and not row.masked and _speak_alike(row, post)]
    found = _visible(found, course_key, reach)
    background = [
        Question(rows[ref].title, rows[ref].excerpt)
        for ref in thread_refs(near.sample)
        if ref in rows and ref.id not in set(near.threads) and ref.id != own
    ]
    values = likeness(asked, [Question(row.title, row.excerpt) for row in found], background, learned=learned)
    limit = same_from(learned=learned)
    alike = [(row, round(100 * value)) for row, value in zip(found, values, strict=True) if value >= limit]
    return sorted(alike, key=lambda one: (-one[1], one[0].created_at))


def _speak_alike(row: Any, post: Any) -> bool:
    return not row.language or not post.language or row.language == post.language


def _is_answered(row: Any) -> bool:
    return row.waiting_since is None and row.answers > 0


def _visible(rows: list[Any], course_key: CourseKey, reach: Reach) -> list[Any]:
    if reach.sees_group is None:
        return rows
    authors = {row.author_id for row in rows if row.author_id}
    cohorts = get_host().cohorts_of(authors, course_key) if authors else {}
    return [row for row in rows if reach.sees_group in (row.group_id, cohorts.get(row.author_id))]
