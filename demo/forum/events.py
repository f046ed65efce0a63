"""What the platform tells of its forum: the published events for new posts, its own signals for every act."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.utils.module_loading import import_string
from openedx_events.learning.data import DiscussionThreadData, UserData, UserPersonalData
from openedx_events.learning.signals import (
    FORUM_RESPONSE_COMMENT_CREATED,
    FORUM_THREAD_CREATED,
    FORUM_THREAD_RESPONSE_CREATED,
)

from community_dashboard.data import Post, PostKind, Topic
from demo.campus import queries as campus
from referral_xblock.data import Role

SIGNALS = "openedx.core.djangoapps.django_comment_common.signals."
BODY_SENT, TITLE_SENT = 2000, 1000  # the platform cuts what is longer
FORUM_ROLES = {
    Role.FORUM_MODERATOR: "Moderator",
    Role.GROUP_MODERATOR: "Group Moderator",
    Role.LEARNER: "Student",
}


def send_signal(name: str, *, user: Any, post: Post, course_key: Any) -> None:
    """The platform's own signal `name`, with the parts of its post that every receiver may rely on."""
    author = campus.person_named(post.author) if post.author else None
    carried = SimpleNamespace(
        id=post.ref.id,
        type=post.ref.kind.value,
        course_id=str(course_key),
        user_id=str(author.id) if author else None,
        username=post.author,
        title=post.title,
        body=post.body,
        thread_id=post.thread_id,
        parent_id=post.parent_id or None,
        commentable_id=post.topic_id,
        group_id=post.group_id,
    )
    import_string(SIGNALS + name).send(sender=None, user=user, post=carried)


def send_created(post: Post, *, user: Any, course_key: Any, topic: Topic | None, topic_id: str) -> None:
    """FORUM_THREAD_CREATED, FORUM_THREAD_RESPONSE_CREATED or FORUM_RESPONSE_COMMENT_CREATED, as the LMS fills them."""
    thread = post.ref.kind is PostKind.THREAD
    event = FORUM_RESPONSE_COMMENT_CREATED if post.parent_id else FORUM_THREAD_RESPONSE_CREATED
    roles = campus.roles(user, course_key)
    in_unit = topic is not None and bool(topic.usage_key)
    data = DiscussionThreadData(
        anonymous=False if thread else None,
        anonymous_to_peers=False if thread else None,
        body=post.body[:BODY_SENT],
        category_id=topic_id if in_unit else None,
        category_name=topic.title if in_unit and topic else None,
        commentable_id=topic_id,
        group_id=post.group_id if thread else None,
        id=post.ref.id,
        team_id=None,
        thread_type=post.thread_type or None,
        title=post.title[:TITLE_SENT] if thread else None,
        title_truncated=len(post.title) > TITLE_SENT if thread else None,
        truncated=len(post.body) > BODY_SENT,
        url="",
        discussion=None if thread else {"id": post.thread_id},
        user_course_roles=["staff"] if Role.COURSE_STAFF in roles else [],
        user_forums_roles=[name for role, name in FORUM_ROLES.items() if role in roles],
        user=UserData(
            id=user.id,
            is_active=user.is_active,
            pii=UserPersonalData(username=user.username, email=user.email, name=user.profile.name),
        ),
        course_id=str(course_key),
        options={"followed": False},
    )
    (FORUM_THREAD_CREATED if thread else event).send_event(thread=data)
