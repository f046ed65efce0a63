"""The forum of a course, read from the published forum app; permission by the roles of the campus."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from forum import api
from forum.utils import ForumV2RequestError

from community_dashboard.data import Act, Forum, Post, PostKind, PostPage, PostRef, Topic
from community_dashboard.host.errors import BadValueError, DisabledError, GoneError
from community_dashboard.host.forum_bans import keeps_bans
from community_dashboard.host.forum_rules import MODERATORS, check
from community_dashboard.host.keys import is_course
from demo.campus import queries as campus
from demo.courseware import queries as courseware
from demo.forum.posts import as_post
from referral_xblock.data import Role

log = logging.getLogger(__name__)

GENERAL = "course"
# The codes are the platform's, the names ours.
EDIT_REASONS = {
    "grammar-spelling": gettext_lazy("Spelling or grammar"),
    "needs-clarity": gettext_lazy("Hard to understand"),
    "academic-integrity": gettext_lazy("Gives away an answer"),
    "inappropriate-language": gettext_lazy("Rude language"),
    "format-change": gettext_lazy("Formatting"),
    "post-type-change": gettext_lazy("Question or discussion"),
    "contains-pii": gettext_lazy("Personal data"),
    "violates-guidelines": gettext_lazy("Against the rules of the community"),
}
CLOSE_REASONS = {
    "academic-integrity": gettext_lazy("Gives away an answer"),
    "read-only": gettext_lazy("For reading only"),
    "duplicate": gettext_lazy("Asked before"),
    "off-topic": gettext_lazy("Off topic"),
}


@contextmanager
def told_plainly() -> Iterator[None]:
    """Runs its body in a savepoint and turns what the forum app raises into a ForumError."""
    try:
        with transaction.atomic():
            yield
    except ForumV2RequestError as error:
        log.info("The forum refused.", exc_info=True)
        raise (GoneError if "exist" in str(error) else BadValueError) from error


class ForumReading:
    """What is there, and who may see it."""

    def forum(self, course_key: Any) -> Forum:
        """Every course of the campus has a forum. One query."""
        if not is_course(course_key) or courseware.course(course_key) is None:
            return Forum(False, False, _("This course has no forum."))
        return Forum(True, True)

    def topics(self, course_key: Any) -> list[Topic]:
        """One for the whole course, and one for each of its units. Two queries."""
        if not self.forum(course_key).enabled:
            return []
        units = courseware.units(course_key)
        return [Topic(GENERAL, _("General")), *(Topic(key.block_id, title, str(key)) for key, title in units)]

    def edit_reasons(self) -> dict[str, str]:
        """Reason codes for editing somebody's text. No query."""
        return {code: str(name) for code, name in EDIT_REASONS.items()}

    def close_reasons(self) -> dict[str, str]:
        """Reason codes for closing a thread. No query."""
        return {code: str(name) for code, name in CLOSE_REASONS.items()}

    def keeps_bans(self, course_key: Any) -> bool:
        """Whether the published forum app does."""
        return is_course(course_key) and keeps_bans()

    def course_of_post(self, ref: PostRef, course_key: Any) -> str | None:
        """Key of the course the post is in; None if it is gone. One query."""
        if not ref.id.isdecimal():
            return None
        row = _rows(ref.kind).filter(id=ref.id).values_list("course_id", flat=True).first()
        return str(row) if row else None

    def list_threads(
        self,
        *,
        by: Any,
        course_key: Any,
        page: int = 1,
        page_size: int = 20,
        topic_id: str = "",
        author: str = "",
        flagged: bool = False,
        unanswered: bool = False,
    ) -> PostPage:
        """Threads, the last active first. The forum app looks at every thread of the course, then asks for each shown."""
        roles = self._enter(by=by, course_key=course_key, act=Act.CLEAR_FLAGS if flagged else Act.READ)
        writer = campus.person_named(author) if author else None
        if author and writer is None:
            return PostPage((), page, 0, 0)
        asked = {
            "author_id": str(writer.id) if writer else None,
            "commentable_ids": [topic_id] if topic_id else None,
            "flagged": flagged or None,
            "unanswered": unanswered or None,
            "group_ids": self._own_group(by, course_key, roles),
        }
        with told_plainly():
            found = api.get_user_threads(
                course_id=str(course_key),
                user_id=str(by.id),
                sort_key="activity",
                page=page,
                per_page=page_size,
                **{name: value for name, value in asked.items() if value is not None},
            )
        if found["page"] != page:  # past the end the forum app answers with its last page
            return PostPage((), page, 0, 0)
        posts = tuple(as_post(data, roles, by=by) for data in found["collection"])
        return PostPage(posts, page, found["num_pages"], found["thread_count"])

    def list_comments(
        self, *, by: Any, course_key: Any, thread_id: str, parent_id: str = "", page: int = 1, page_size: int = 20
    ) -> PostPage:
        """Responses to a thread, or replies to a response, the oldest first. The forum app asks for each shown."""
        thread = PostRef(PostKind.THREAD, thread_id)
        roles = self._enter(by=by, course_key=course_key, act=Act.READ, ref=thread)
        skip = (page - 1) * page_size
        wanted = {"with_responses": True, "merge_question_type_responses": True}
        wanted |= (
            {"recursive": True, "resp_limit": 10_000} if parent_id else {"resp_skip": skip, "resp_limit": page_size}
        )
        with told_plainly():
            answer = api.get_thread(thread_id, params=wanted, course_id=str(course_key))
        shown, total = answer.get("children", []), answer.get("resp_total", 0)
        if parent_id:
            below = [child for response in shown if response["id"] == parent_id for child in response["children"]]
            shown, total = below[skip : skip + page_size], len(below)
        posts = tuple(as_post(data, roles, by=by, closed=answer["closed"]) for data in shown)
        return PostPage(posts, page, -(-total // page_size), total)

    def read_post(self, *, by: Any, course_key: Any, ref: PostRef) -> Post:
        """One post. Some 20 queries of the forum app."""
        roles = self._enter(by=by, course_key=course_key, act=Act.READ, ref=ref)
        with told_plainly():
            return self._post(by, course_key, ref, roles)

    def _enter(self, *, by: Any, course_key: Any, act: Act, ref: PostRef | None = None) -> frozenset[Role]:
        """The roles of an account that may do this. Raises as `check` does, and DisabledError for a course without forum."""
        roles = check(self, by=by, course_key=course_key, act=act, ref=ref)
        if not self.forum(course_key).enabled:
            raise DisabledError
        return roles

    def _own_group(self, by: Any, course_key: Any, roles: frozenset[Role]) -> list[int] | None:
        """The cohort to which a list is limited: that of learners, and of group moderators; None for all."""
        if roles & (MODERATORS - {Role.GROUP_MODERATOR}):
            return None
        cohort = self.cohort_of(by, course_key)
        return [cohort.id] if cohort else None

    def _post(self, by: Any, course_key: Any, ref: PostRef, roles: frozenset[Role]) -> Post:
        if ref.kind is PostKind.THREAD:
            return as_post(api.get_thread(ref.id, course_id=str(course_key)), roles, by=by)
        data = api.get_parent_comment(ref.id, course_id=str(course_key))
        thread = _rows(PostKind.THREAD).filter(id=data["thread_id"]).values_list("closed", flat=True)
        return as_post(data, roles, by=by, closed=bool(thread.first()))


def _rows(kind: PostKind) -> Any:
    from forum.backends.mysql.models import Comment, CommentThread

    return (CommentThread if kind is PostKind.THREAD else Comment).objects.all()
