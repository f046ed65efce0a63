"""Where reconciliation looks: each source reads one table of the platform, of a published app or our own, page by page.

A page is read from the place that the last one reached. Rows younger than a few minutes wait for the next time: a row with
a lower number may still be in a transaction that has not ended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any

from completion.models import BlockCompletion
from opaque_keys.edx.django.models import CourseKeyField
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity import facts, forum, stages
from community_dashboard.activity.facts import NewActivity
from community_dashboard.activity.kinds import POSTS, Kind
from community_dashboard.activity.models import Activity
from community_dashboard.host.chosen import get_host
from referral_xblock.api import brought_after, shares_after

SETTLED = timedelta(minutes=10)


@dataclass(frozen=True)
class Page:
    """What one page of a source tells."""

    activities: list[NewActivity]
    reached: str  # the place after it
    looked_at: int  # rows read
    more: bool
    recorded: int = 0  # facts that reading itself put in the place of others


@dataclass(frozen=True)
class Source:
    """One table. `read(reached, size, now)` gives the page after that place; "" is the beginning."""

    name: str  # stands in the table of places: never renamed
    read: Callable[[str, int, datetime], Page]
    again: bool = False  # rows change after they were read: from the beginning once a day


def sources() -> list[Source]:
    """Every source that this site has."""
    own_forum = [
        Source("threads", read_threads),
        Source("comments", read_comments),
        Source("flags", read_flags),
        Source("edits", read_edits),
        Source("subscriptions", read_subscriptions),
        *(Source(f"gone.{kind}", _reader_of_gone_posts(kind), again=True) for kind in POSTS),
        Source("gone.flagged", read_gone_flags, again=True),
    ]
    return [
        Source("completions", read_completions),
        Source("enrolments", read_enrolments, again=True),
        Source("shares", read_shares),
        Source("credits", read_credits, again=True),
        Source("gone.credits", read_gone_credits, again=True),
        *(own_forum if forum.forum_is_here() else []),
    ]


def read_completions(reached: str, size: int, now: datetime) -> Page:
    """Blocks that somebody completed. One query."""
    rows = BlockCompletion.objects.all()
    found, place, more = _settled(rows, reached, size, now, "created")
    return Page(
        [
            facts.completed(user_id=row.user_id, course_key=row.context_key, block_key=row.block_key, at=row.created)
            for row in found
            if row.completion > 0 and isinstance(row.context_key, CourseKey)
        ],
        place,
        len(found),
        more,
    )


def read_enrolments(reached: str, size: int, now: datetime) -> Page:
    """Who is in the courses of the record, course by course, and who of them has passed or is certified. Four queries.

    The platform keeps the date of the first enrolment and of passing. Of a certificate it keeps the date of the last time
    that it was made, which is that of the first unless it was made again. Of leaving it keeps none.
    """
    course, _, after = reached.partition("|")
    course_key = CourseKey.from_string(course) if course else _course_after(CourseKeyField.Empty)
    if course_key is None:
        return Page([], "", 0, False)
    members = get_host().roster(course_key, after=int(after or 0), limit=size)
    standings = get_host().standings([member.user_id for member in members], course_key)
    found = [
        facts.enrolled(user_id=member.user_id, course_key=course_key, first_at=member.created)
        for member in members
        if member.created
    ]
    found += [
        facts.passed(user_id=user_id, course_key=course_key, at=standing.passed_at)
        for user_id, standing in standings.items()
        if standing.passed_at
    ]
    found += [
        facts.certified(user_id=user_id, course_key=course_key, at=standing.certified_at)
        for user_id, standing in standings.items()
        if standing.certified_at
    ]
    if len(members) == size:
        return Page(found, f"{course_key}|{members[-1].row_id}", size, True)
    following = _course_after(course_key)
    return Page(found, f"{following}|0" if following else "", len(members), following is not None)


def _course_after(course_key: Any) -> CourseKey | None:
    rows = Activity.objects.filter(course_key__gt=course_key).order_by("course_key")
    return rows.values_list("course_key", flat=True).first()


def read_shares(reached: str, size: int, now: datetime) -> Page:
    """Shares of links, of days that are over. Two queries."""
    rows = shares_after(int(reached or 0), limit=size)
    settled = list(takewhile(lambda row: row.day < (now - SETTLED).astimezone(UTC).date(), rows))
    place = str(settled[-1].id) if settled else reached
    return Page(stages.shares_of(settled), place, len(settled), len(settled) == size)


def read_credits(reached: str, size: int, now: datetime) -> Page:
    """Friends whose enrolment is credited to somebody now. Seven queries."""
    found, last = brought_after(int(reached or 0), limit=size)
    return Page([], str(last), len(found), bool(last), recorded=stages.give_back(found))


def read_gone_credits(reached: str, size: int, now: datetime) -> Page:
    """Credits in the record that do not stand any more. Three queries, five more where there are any."""
    rows = _recorded(Kind.BROUGHT, reached, size)
    gone = stages.take_back(rows)
    return replace(_page_of_gone(rows, size, [], reached), recorded=gone)


def read_threads(reached: str, size: int, now: datetime) -> Page:
    """Threads of the forum, without their texts. One query."""
    from forum.backends.mysql.models import CommentThread

    rows = CommentThread.objects.only("author_id", "course_id", "created_at")
    found, place, more = _settled(rows, reached, size, now, "created_at")
    return Page(forum.posts_of(found), place, len(found), more)


def read_comments(reached: str, size: int, now: datetime) -> Page:
    """Answers and comments of the forum, without their texts. One query."""
    from forum.backends.mysql.models import Comment

    rows = Comment.objects.only(
        "author_id", "course_id", "created_at", "updated_at", "parent_id", "endorsed", "endorsement"
    )
    found, place, more = _settled(rows, reached, size, now, "created_at")
    return Page(forum.posts_of(found), place, len(found), more)


def read_flags(reached: str, size: int, now: datetime) -> Page:
    """Reports that stand. Three queries."""
    from forum.backends.mysql.models import AbuseFlagger

    found, place, more = _settled(AbuseFlagger.objects.all(), reached, size, now, "flagged_at")
    return Page(forum.flags_of(found), place, len(found), more)


def read_edits(reached: str, size: int, now: datetime) -> Page:
    """Changes of texts, without the texts. Three queries."""
    from forum.backends.mysql.models import EditHistory

    rows = EditHistory.objects.only("content_type_id", "content_object_id", "editor_id", "created_at")
    found, place, more = _settled(rows, reached, size, now, "created_at")
    return Page(forum.edits_of(found), place, len(found), more)


def read_subscriptions(reached: str, size: int, now: datetime) -> Page:
    """Threads that are followed. Two queries."""
    from forum.backends.mysql.models import Subscription

    found, place, more = _settled(Subscription.objects.all(), reached, size, now, "created_at")
    return Page(forum.subscriptions_of(found), place, len(found), more)


def read_gone_flags(reached: str, size: int, now: datetime) -> Page:
    """Reports in the record that stand no longer, dated when that was noticed. Two queries."""
    from forum.backends.mysql.models import AbuseFlagger

    recorded = _recorded(Kind.FLAGGED, reached, size)
    asked = [row for row in recorded if row.user_id and row.object_id and not forum.lives_in_mongo(row.object_id)]
    standing = {
        (forum.kind_of_content(flag.content_type_id), str(flag.content_object_id), flag.user_id, flag.flagged_at)
        for flag in AbuseFlagger.objects.filter(
            content_object_id__in={row.object_id for row in asked}, user_id__in={row.user_id for row in asked}
        )
    }
    return _page_of_gone(
        recorded,
        size,
        [
            facts.unflagged(
                post=(row.object_kind, row.object_id),
                flagger_id=row.user_id,
                flagged_at=row.happened_at,
                user_id=None,
                course_key=row.course_key,
                at=now,
            )
            for row in asked
            if (row.object_kind, row.object_id, row.user_id, row.happened_at) not in standing
        ],
        reached,
    )


def _reader_of_gone_posts(kind: Kind) -> Callable[[str, int, datetime], Page]:
    def read(reached: str, size: int, now: datetime) -> Page:
        """Posts in the record that the forum no longer has, dated when that was noticed. Three queries."""
        recorded = _recorded(kind, reached, size)
        posts = {
            (row.object_kind, row.object_id): row
            for row in recorded
            if row.object_id and not forum.lives_in_mongo(row.object_id)
        }
        there = forum.there(posts)
        gone = [
            facts.deleted(post=post, user_id=None, course_key=row.course_key, at=now)
            for post, row in posts.items()
            if post not in there
        ]
        return _page_of_gone(recorded, size, gone, reached)

    return read


def _recorded(kind: Kind, reached: str, size: int) -> list[Activity]:
    return list(Activity.objects.filter(kind=kind.value, id__gt=int(reached or 0)).order_by("id")[:size])


def _page_of_gone(recorded: list[Activity], size: int, gone: list[NewActivity], reached: str) -> Page:
    place = str(recorded[-1].id) if recorded else reached
    return Page(gone, place, len(recorded), len(recorded) == size)


def _settled(rows: Any, reached: str, size: int, now: datetime, moment: str) -> tuple[list[Any], str, bool]:
    """The next rows by number, up to the first that is too young; the place after them; whether there may be more."""
    found = rows.filter(pk__gt=int(reached or 0)).order_by("pk")[:size]
    settled = list(takewhile(lambda row: getattr(row, moment) <= now - SETTLED, found))
    return settled, (str(settled[-1].pk) if settled else reached), len(settled) == size
