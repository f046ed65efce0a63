"""Acts in the forum of the LMS: each is one call of the platform's discussion API in the name of the account.

Permission, the platform's own tracking and its signals are the discussion API's; see the table in `host.interface.ForumActs`.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community_dashboard.data import Act, Post, PostKind, PostRef
from community_dashboard.host import forum_bans
from community_dashboard.host.edx_platform.forum_reading import ForumReading, request_of
from community_dashboard.host.edx_platform.posts import as_post
from community_dashboard.host.edx_platform.refusals import told_plainly
from community_dashboard.host.errors import BadValueError, DisabledError
from community_dashboard.host.forum_rules import check


class ForumActs(ForumReading):
    """Every act answers with the post as it is afterwards."""

    def start_thread(
        self, *, by: Any, course_key: Any, topic_id: str, title: str, body: str, thread_type: str = "discussion"
    ) -> Post:
        """`create_thread`."""
        from lms.djangoapps.discussion.rest_api.api import create_thread

        roles = check(self, by=by, course_key=course_key, act=Act.START)
        data = {
            "course_id": str(course_key),
            "topic_id": topic_id,
            "type": thread_type,
            "title": title,
            "raw_body": body,
        }
        with told_plainly():
            return as_post(create_thread(request_of(by), data), roles)

    def reply(self, *, by: Any, course_key: Any, thread_id: str, body: str, parent_id: str = "") -> Post:
        """`create_comment`; from Verawood on the account then follows the thread."""
        from lms.djangoapps.discussion.rest_api.api import create_comment

        ref = PostRef(PostKind.THREAD, thread_id)
        roles = check(self, by=by, course_key=course_key, act=Act.REPLY, ref=ref)
        data = {"thread_id": thread_id, "raw_body": body} | ({"parent_id": parent_id} if parent_id else {})
        with told_plainly():
            return as_post(create_comment(request_of(by), data), roles)

    def edit_post(
        self, *, by: Any, course_key: Any, ref: PostRef, reason: str, body: str | None = None, title: str | None = None
    ) -> Post:
        """`raw_body`, `title`, `edit_reason_code`; the platform takes no reason from the author, who then gives none."""
        if reason not in self.edit_reasons():
            raise BadValueError(_("Please choose a reason."))
        new = {"raw_body": body} if body is not None else {}
        if title is not None and ref.kind is PostKind.THREAD:
            new["title"] = title
        if not new:
            raise BadValueError(_("There is nothing to change."))
        return self._update(by, course_key, Act.EDIT, ref, new | {"edit_reason_code": reason})

    def close_thread(self, *, by: Any, course_key: Any, thread_id: str, reason: str) -> Post:
        """`closed` with `close_reason_code`: without a reason the forum would answer with an error."""
        if reason not in self.close_reasons():
            raise BadValueError(_("Please choose a reason."))
        new = {"closed": True, "close_reason_code": reason}
        return self._update(by, course_key, Act.CLOSE, PostRef(PostKind.THREAD, thread_id), new)

    def reopen_thread(self, *, by: Any, course_key: Any, thread_id: str) -> Post:
        """`closed`."""
        return self._update(by, course_key, Act.CLOSE, PostRef(PostKind.THREAD, thread_id), {"closed": False})

    def pin_thread(self, *, by: Any, course_key: Any, thread_id: str, pinned: bool = True) -> Post:
        """`pinned`."""
        return self._update(by, course_key, Act.PIN, PostRef(PostKind.THREAD, thread_id), {"pinned": pinned})

    def endorse(self, *, by: Any, course_key: Any, comment_id: str, endorsed: bool = True) -> Post:
        """`endorsed`."""
        return self._update(by, course_key, Act.ENDORSE, PostRef(PostKind.COMMENT, comment_id), {"endorsed": endorsed})

    def move_thread(self, *, by: Any, course_key: Any, thread_id: str, topic_id: str) -> Post:
        """`topic_id`; the platform would take any text, so it must be one of the course's topics."""
        if topic_id not in {topic.id for topic in self.topics(course_key)}:
            raise BadValueError(_("This course has no such topic."))
        return self._update(by, course_key, Act.MOVE, PostRef(PostKind.THREAD, thread_id), {"topic_id": topic_id})

    def flag_post(self, *, by: Any, course_key: Any, ref: PostRef) -> Post:
        """`abuse_flagged`."""
        return self._update(by, course_key, Act.FLAG, ref, {"abuse_flagged": True})

    def clear_flags(self, *, by: Any, course_key: Any, ref: PostRef) -> Post:
        """`abuse_flagged` from somebody who moderates: the reports of everybody go."""
        return self._update(by, course_key, Act.CLEAR_FLAGS, ref, {"abuse_flagged": False})

    def delete_post(self, *, by: Any, course_key: Any, ref: PostRef) -> None:
        """`delete_thread` or `delete_comment`."""
        from lms.djangoapps.discussion.rest_api.api import delete_comment, delete_thread

        check(self, by=by, course_key=course_key, act=Act.DELETE, ref=ref)
        with told_plainly():
            (delete_thread if ref.kind is PostKind.THREAD else delete_comment)(request_of(by), ref.id)

    def ban_person(self, *, by: Any, course_key: Any, user: Any, reason: str) -> None:
        """`forum.api.ban_user`, by those who may delete."""
        check(self, by=by, course_key=course_key, act=Act.DELETE)
        if not self.keeps_bans(course_key):
            raise DisabledError
        forum_bans.ban(by=by, course_key=course_key, user=user, reason=reason)

    def lift_ban(self, *, by: Any, course_key: Any, user: Any, reason: str) -> None:
        """`forum.api.unban_user`."""
        check(self, by=by, course_key=course_key, act=Act.DELETE)
        if not self.keeps_bans(course_key):
            raise DisabledError
        forum_bans.lift(by=by, course_key=course_key, user=user, reason=reason)

    def _update(self, by: Any, course_key: Any, act: Act, ref: PostRef, new: dict[str, Any]) -> Post:
        from lms.djangoapps.discussion.rest_api.api import update_comment, update_thread

        roles = check(self, by=by, course_key=course_key, act=act, ref=ref)
        update = update_thread if ref.kind is PostKind.THREAD else update_comment
        with told_plainly():
            try:
                return as_post(update(request_of(by), ref.id, new), roles)
            except ValidationError as error:
                # Checked before anything is written: the author of a post may give no reason for editing it.
                if not hasattr(error, "error_dict") or set(error.error_dict) != {"edit_reason_code"}:
                    raise
                del new["edit_reason_code"]
            return as_post(update(request_of(by), ref.id, new), roles)
