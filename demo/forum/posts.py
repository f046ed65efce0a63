"""From the shapes of the forum app to those that the dashboard reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime

from community_dashboard.data import Post, PostKind, PostRef
from community_dashboard.host.forum_rules import MODERATORS, acts_on
from referral_xblock.data import Role


def as_post(data: Mapping[str, Any], roles: frozenset[Role], *, by: Any, closed: bool = False) -> Post:
    """A thread or comment of the forum app as somebody with these roles sees it; `closed` is that of a comment's thread."""
    thread = data.get("type") == "thread"
    kind = PostKind.THREAD if thread else PostKind.COMMENT
    parent = data.get("parent_id")
    parent_id = "" if parent in (None, "None") else str(parent)
    moderates = bool(roles & MODERATORS)
    hidden = data["anonymous"] or (data["anonymous_to_peers"] and not moderates)
    flaggers = {str(flagger) for flagger in data.get("abuse_flaggers", ())}
    return Post(
        ref=PostRef(kind, str(data["id"])),
        thread_id=str(data["id"] if thread else data["thread_id"]),
        parent_id=parent_id,
        author="" if hidden else data["username"],
        title=data.get("title") or "",
        body=data["body"],
        created=parse_datetime(str(data["created_at"])),
        updated=parse_datetime(str(data["updated_at"])),
        thread_type=data.get("thread_type") or "",
        topic_id=data.get("commentable_id") or "" if thread else "",
        group_id=data.get("group_id"),
        pinned=bool(data.get("pinned")),
        closed=bool(data.get("closed")),
        endorsed=bool(data.get("endorsed")),
        flagged=bool(flaggers) if moderates else str(by.id) in flaggers,
        votes=int((data.get("votes") or {}).get("up_count", 0)),
        comments=int(data.get("comments_count" if thread else "child_count") or 0),
        acts=acts_on(kind, roles, reply=bool(parent_id), closed=bool(data.get("closed")) if thread else closed),
    )
