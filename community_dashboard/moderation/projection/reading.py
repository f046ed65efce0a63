"""Posts as the forum has them now: from its own tables in bulk, or through the host where the forum is in MongoDB."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Max
from django.db.models.functions import Left, Length
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import forum_is_here, lives_in_mongo
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.projection.texts import LOOKED_AT

log = logging.getLogger(__name__)
BATCH = 500

_OF_BOTH = {"course_id", "author_id", "created_at", "updated_at", "endorsed"}
_OF_A_THREAD = ("title", "thread_type", "commentable_id", "group_id", "closed", "pinned")
_OF_A_COMMENT = ("comment_thread_id", "parent_id", "endorsement")


@dataclass(frozen=True, slots=True)
class ReadPost:
    """One post as it stands in the forum. `body` is its beginning, `length` that of the whole."""

    ref: PostRef
    thread_id: str
    parent_id: str
    author_id: int | None
    topic_id: str
    group_id: int
    thread_type: str
    title: str
    body: str
    length: int
    created_at: datetime
    changed_at: datetime
    edited_at: datetime | None  # the last change by its author that the forum keeps
    edited_by_others_at: datetime | None
    closed: bool
    pinned: bool
    endorsed: bool
    endorsed_at: datetime | None
    reports: int


def in_batches(refs: Iterable[PostRef]) -> Iterator[list[PostRef]]:
    """The distinct posts in lists of 500, in their order."""
    distinct = list(dict.fromkeys(refs))
    for start in range(0, len(distinct), BATCH):
        yield distinct[start : start + BATCH]


def rows_of(kind: PostKind) -> Any:
    """All rows of the forum's table of this kind. The caller has made sure that the forum is here."""
    from forum.backends.mysql.models import Comment, CommentThread

    return (CommentThread if kind is PostKind.THREAD else Comment).objects.all()


def content_type_of(kind: PostKind) -> int:
    """How the forum's flags and edits name this kind. No query once it was asked."""
    return ContentType.objects.get_for_model(rows_of(kind).model).id


def numbers_of(refs: Iterable[PostRef], kind: PostKind) -> list[int]:
    """The numbers, in the forum's own tables, of those posts that are of this kind."""
    return [int(ref.id) for ref in refs if ref.kind is kind and ref.id.isdecimal() and not lives_in_mongo(ref.id)]


def read_posts(course_key: CourseKey, refs: Iterable[PostRef]) -> dict[PostRef, ReadPost]:
    """Those of the posts that are in this course's forum now. Three queries for each kind and 500 posts."""
    found: dict[PostRef, ReadPost] = {}
    if forum_is_here():
        for batch in in_batches(refs):
            for kind in PostKind:
                if numbers := numbers_of(batch, kind):
                    rows = rows_of(kind).filter(pk__in=numbers, course_id=str(course_key))
                    found.update((post.ref, post) for post in read_rows(kind, rows))
    return found


def read_rows(kind: PostKind, rows: Any) -> Iterator[ReadPost]:
    """The posts of some rows of the forum's tables. Three queries; call it with at most a few thousand."""
    fields = [*_OF_BOTH, *(_OF_A_THREAD if kind is PostKind.THREAD else _OF_A_COMMENT)]
    beginning = rows.annotate(beginning=Left("body", LOOKED_AT), size=Length("body"))
    if kind is PostKind.COMMENT:
        beginning = beginning.annotate(
            **{name: F(f"comment_thread__{name}") for name in ("thread_type", "commentable_id")},
            thread_group=F("comment_thread__group_id"),
        )
        fields += ["thread_type", "commentable_id", "thread_group"]
    read = list(beginning.values("pk", "beginning", "size", *fields))
    numbers = [row["pk"] for row in read]
    reports, edits = _reports(kind, numbers), _edits(kind, numbers)
    for row in read:
        yield _as_post(kind, row, reports.get(row["pk"], 0), edits.get(row["pk"], {}))


def _as_post(kind: PostKind, row: dict[str, Any], reports: int, edits: dict[int, datetime]) -> ReadPost:
    thread = kind is PostKind.THREAD
    author = row["author_id"]
    return ReadPost(
        ref=PostRef(kind, str(row["pk"])),
        thread_id=str(row["pk"] if thread else row["comment_thread_id"]),
        parent_id="" if thread else str(row["parent_id"] or ""),
        author_id=author,
        topic_id=row["commentable_id"] or "",
        group_id=row["group_id" if thread else "thread_group"] or 0,
        thread_type=row["thread_type"],
        title=row["title"] if thread else "",
        body=row["beginning"],
        length=row["size"],
        created_at=row["created_at"],
        changed_at=row["updated_at"],
        edited_at=edits.get(author),
        edited_by_others_at=max((at for editor, at in edits.items() if editor != author), default=None),
        closed=bool(thread and row["closed"]),
        pinned=bool(thread and row["pinned"]),
        endorsed=row["endorsed"] and not thread,
        endorsed_at=None if thread or not row["endorsed"] else _endorsed_at(row),
        reports=reports,
    )


def _endorsed_at(row: dict[str, Any]) -> datetime:
    """When it was endorsed, as far as the forum kept it: the row's last change otherwise."""
    try:
        at = datetime.fromisoformat(str((row["endorsement"] or {}).get("time") or ""))
    except ValueError:
        return row["updated_at"]
    return at if at.tzinfo else row["updated_at"]


def _reports(kind: PostKind, numbers: list[int]) -> dict[int, int]:
    from forum.backends.mysql.models import AbuseFlagger

    rows = AbuseFlagger.objects.filter(content_type_id=content_type_of(kind), content_object_id__in=numbers)
    return dict(rows.values_list("content_object_id").annotate(Count("pk")).order_by())


def last_editor(ref: PostRef) -> int | None:
    """Who last changed the body of a post; None where the forum's tables do not say. One query."""
    from forum.backends.mysql.models import EditHistory

    numbers = numbers_of([ref], ref.kind)
    rows = EditHistory.objects.filter(content_type_id=content_type_of(ref.kind), content_object_id__in=numbers)
    return rows.order_by("-pk").values_list("editor_id", flat=True).first()


def _edits(kind: PostKind, numbers: list[int]) -> dict[int, dict[int, datetime]]:
    """The last change of each post by each editor."""
    from forum.backends.mysql.models import EditHistory

    found: dict[int, dict[int, datetime]] = {}
    rows = EditHistory.objects.filter(content_type_id=content_type_of(kind), content_object_id__in=numbers)
    for number, editor, at in rows.values_list("content_object_id", "editor_id").annotate(Max("created_at")).order_by():
        found.setdefault(number, {})[editor] = at
    return found
