"""From the shapes of the discussion API to ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from community_dashboard.data import Act, Post, PostKind, PostPage, PostRef
from community_dashboard.host.forum_rules import acts_on
from referral_xblock.api import Role

FIELD_OF = {
    Act.EDIT: "raw_body",
    Act.CLOSE: "closed",
    Act.PIN: "pinned",
    Act.ENDORSE: "endorsed",
    Act.FLAG: "abuse_flagged",
    Act.CLEAR_FLAGS: "abuse_flagged",
    Act.MOVE: "topic_id",
}


def as_post(data: Mapping[str, Any], roles: frozenset[Role]) -> Post:
    """A thread or comment of the discussion API; `acts` are those that both our rules and the platform allow."""
    thread = "thread_id" not in data
    kind = PostKind.THREAD if thread else PostKind.COMMENT
    # Of a comment in a closed thread, nothing but the report can be changed.
    closed = bool(data.get("closed")) if thread else set(data.get("editable_fields", ())) <= {"abuse_flagged"}
    possible = acts_on(kind, roles, reply=bool(data.get("parent_id")), closed=closed)
    return Post(
        ref=PostRef(kind, str(data["id"])),
        thread_id=str(data["id"] if thread else data["thread_id"]),
        parent_id=str(data.get("parent_id") or ""),
        author=data.get("author") or "",
        title=data.get("title") or "",
        body=data.get("raw_body") or "",
        created=moment(data.get("created_at")),
        updated=moment(data.get("updated_at")),
        thread_type=data.get("type") or "" if thread else "",
        topic_id=data.get("topic_id") or "",
        group_id=data.get("group_id"),
        pinned=bool(data.get("pinned")),
        closed=bool(data.get("closed")),
        endorsed=bool(data.get("has_endorsed" if thread else "endorsed")),
        flagged=bool(data.get("abuse_flagged") or data.get("abuse_flagged_any_user")),
        votes=int(data.get("vote_count") or 0),
        comments=max(int(data.get("comment_count") or 1) - 1, 0) if thread else int(data.get("child_count") or 0),
        acts=frozenset(act for act in possible if _platform_allows(act, data)),
    )


def as_page(answer: Mapping[str, Any], roles: frozenset[Role], page: int) -> PostPage:
    """A page of the discussion API's `results` and `pagination`."""
    results: Iterable[Mapping[str, Any]] = answer.get("results", ())
    about = answer.get("pagination", {})
    posts = tuple(as_post(data, roles) for data in results)
    return PostPage(posts, page, int(about.get("num_pages", 1)), int(about.get("count", len(posts))))


def moment(value: Any) -> datetime | None:
    """A time as the forum writes it, or as it is."""
    return value if isinstance(value, datetime) or value is None else parse_datetime(str(value))


def _platform_allows(act: Act, data: Mapping[str, Any]) -> bool:
    if act is Act.DELETE:
        return bool(data.get("can_delete"))
    return act not in FIELD_OF or FIELD_OF[act] in data.get("editable_fields", ())
