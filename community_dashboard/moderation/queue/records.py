"""What is known of reporters and authors, from the record of activity and from what the queue decided before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import forum_is_here, lives_in_mongo
from community_dashboard.activity.queries import posts_reported_by
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.queue.models import QueueItem
from community_dashboard.moderation.queue.score import Record

READ_REPORTERS = 50  # two thousand reports on one post cost no more than fifty


def author_record(course_key: CourseKey, user_id: int | None, *, but: PostRef | None = None) -> Record:
    """How an author's posts in this course were judged before, without the post itself. One query by an index."""
    if user_id is None:
        return Record()
    judged = QueueItem.objects.filter(author=user_id, course_key=course_key).exclude(outcome="")
    if but is not None:
        judged = judged.exclude(kind=but.kind.value, post_id=but.id)
    counts = judged.aggregate(judged=Count("id"), wrong=Count("id", filter=Q(outcome="upheld")))
    return Record(counts["wrong"], counts["judged"])


def reporter_records(course_key: CourseKey, ref: PostRef) -> list[Record]:
    """How earlier reports in this course by those who reported this post were judged, at most fifty people.

    Three queries, four for the first report that this process sees. Nobody for a post outside the forum's own tables.
    """
    people = _reporters(ref)
    if not people:
        return []
    this = (ref.kind.value, ref.id)
    earlier = {person: posts - {this} for person, posts in posts_reported_by(people, course_key).items()}
    outcomes = _outcomes(course_key, {post for posts in earlier.values() for post in posts})
    return [_record(outcomes[post] for post in earlier.get(person, ()) if post in outcomes) for person in people]


def _reporters(ref: PostRef) -> list[int]:
    if not forum_is_here() or lives_in_mongo(ref.id) or not ref.id.isdecimal():
        return []
    from forum.backends.mysql.models import AbuseFlagger, Comment, CommentThread

    model = CommentThread if ref.kind is PostKind.THREAD else Comment
    flags = AbuseFlagger.objects.filter(
        content_type=ContentType.objects.get_for_model(model), content_object_id=int(ref.id)
    )
    return list(flags.order_by("id").values_list("user_id", flat=True)[:READ_REPORTERS])


def _record(outcomes: Iterable[str]) -> Record:
    told = list(outcomes)
    return Record(told.count("upheld"), len(told))


def _outcomes(course_key: CourseKey, posts: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    by_kind = defaultdict(list)
    for kind, post_id in posts:
        by_kind[kind].append(post_id)
    wanted = Q()
    for kind, ids in by_kind.items():
        wanted |= Q(kind=kind, post_id__in=ids)
    if not wanted:
        return {}
    rows = QueueItem.objects.filter(wanted, course_key=course_key).exclude(outcome="")
    return {(kind, post_id): outcome for kind, post_id, outcome in rows.values_list("kind", "post_id", "outcome")}
