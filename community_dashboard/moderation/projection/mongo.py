"""Posts of a forum in MongoDB: there are no tables to read, so the host is asked, one post at a time, as the acting account."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import lives_in_mongo
from community_dashboard.data import Post, PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.host.errors import ForumError, GoneError
from community_dashboard.moderation.projection.reading import ReadPost

log = logging.getLogger(__name__)


def read_through_host(course_key: CourseKey, refs: Iterable[PostRef]) -> tuple[dict[PostRef, ReadPost], set[PostRef]]:
    """Those of the posts in MongoDB that are there, and those of which nobody can tell at present.

    Two calls of the host for a comment, one for a thread. Nothing can be read without the account of COMMUNITY_ACTING_ACCOUNT.
    How often a post was reported is not told there: 1 stands for at least one.
    """
    asked = [ref for ref in dict.fromkeys(refs) if lives_in_mongo(ref.id)]
    account = _acting_account() if asked else None
    if account is None:
        return {}, set(asked)
    threads: dict[str, Post] = {}
    posts: dict[PostRef, Post] = {}
    unknown: set[PostRef] = set()
    for ref in asked:
        try:
            posts[ref] = _read(account, course_key, ref)
            thread_id = posts[ref].thread_id
            if thread_id not in threads:
                thread = PostRef(PostKind.THREAD, thread_id)
                threads[thread_id] = posts[ref] if ref == thread else _read(account, course_key, thread)
        except GoneError:
            posts.pop(ref, None)
        except ForumError:
            log.warning("A post cannot be read from the forum at present.", exc_info=True)
            posts.pop(ref, None)
            unknown.add(ref)
    names = {post.author for post in posts.values()}
    authors = dict(get_user_model().objects.filter(username__in=names).values_list("username", "id"))
    found = {ref: _as_read(post, threads[post.thread_id], authors) for ref, post in posts.items() if post.created}
    return found, unknown


def _acting_account() -> Any:
    name = settings.COMMUNITY_ACTING_ACCOUNT
    return get_user_model().objects.filter(username=name, is_active=True).first() if name else None


def _read(account: Any, course_key: CourseKey, ref: PostRef) -> Post:
    return get_host().read_post(by=account, course_key=course_key, ref=ref)


def _as_read(post: Post, thread: Post, authors: dict[str, int]) -> ReadPost:
    changed = post.updated or post.created
    endorsed = post.endorsed and post.ref.kind is PostKind.COMMENT
    return ReadPost(
        ref=post.ref,
        thread_id=post.thread_id,
        parent_id=post.parent_id,
        author_id=authors.get(post.author),
        topic_id=thread.topic_id,
        group_id=thread.group_id or 0,
        thread_type=thread.thread_type,
        title=post.title,
        body=post.body,
        length=len(post.body),
        created_at=post.created,
        changed_at=changed,
        edited_at=None,
        edited_by_others_at=None,
        closed=post.closed and post.ref.kind is PostKind.THREAD,
        pinned=post.pinned,
        endorsed=endorsed,
        endorsed_at=changed if endorsed else None,
        reports=int(post.flagged),
    )
