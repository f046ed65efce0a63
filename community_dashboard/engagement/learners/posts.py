"""One post of a learner, as the platform's forum shows it to who asks."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import nh3
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.host.errors import GoneError

LONGEST = 20_000  # characters that are shown


@dataclass(frozen=True)
class ShownPost:
    """The words of a post. All texts are hostile until a template escapes them."""

    title: str  # of the thread
    author: str  # username; "" if the post is anonymous to this reader
    text: str  # without markup
    created: datetime | None
    is_thread: bool


def post_for(reader: Any, course_key: CourseKey, ref: PostRef) -> ShownPost:
    """A post of this course and the title of its thread. Two reads of the forum. Raises ForumError with a sentence."""
    host = get_host()
    if host.course_of_post(ref, course_key) != str(course_key):
        raise GoneError
    post = host.read_post(by=reader, course_key=course_key, ref=ref)
    thread = post
    if ref.kind is PostKind.COMMENT:
        above = PostRef(PostKind.THREAD, post.thread_id)
        thread = host.read_post(by=reader, course_key=course_key, ref=above)
    words = html.unescape(nh3.clean(post.body, tags=set())).strip()[:LONGEST]
    return ShownPost(thread.title, post.author, words, post.created, ref.kind is PostKind.THREAD)
