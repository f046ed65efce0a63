"""Acts in the forum of a course: the published forum app does them, and the platform's events and signals follow."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from forum import api

from community_dashboard.data import Act, Post, PostKind, PostRef
from community_dashboard.host import forum_bans
from community_dashboard.host.errors import BadValueError, NotAllowedError
from demo.forum.events import send_created, send_signal
from demo.forum.reading import ForumReading, told_plainly
from referral_xblock.data import Role


class ForumActs(ForumReading):
    """Every act answers with the post as it is afterwards."""

    def start_thread(
        self, *, by: Any, course_key: Any, topic_id: str, title: str, body: str, thread_type: str = "discussion"
    ) -> Post:
        """A new thread; in a course with cohorts one of the author's cohort."""
        roles = self._enter(by=by, course_key=course_key, act=Act.START)
        topic = next((topic for topic in self.topics(course_key) if topic.id == topic_id), None)
        if topic is None:
            raise BadValueError(_("This course has no such topic."))
        if thread_type not in ("discussion", "question"):
            raise BadValueError(_("A thread is a discussion or a question."))
        group = self._own_group(by, course_key, roles)
        with told_plainly():
            _introduce(by, course_key)
            made = api.create_thread(
                _text(title), _text(body), str(course_key), str(by.id), commentable_id=topic_id, thread_type=thread_type,
                group_id=group[0] if group else None,
            )  # fmt: skip
            post = self._post(by, course_key, PostRef(PostKind.THREAD, made["id"]), roles)
            send_signal("thread_created", user=by, post=post, course_key=course_key)
            send_created(post, user=by, course_key=course_key, topic=topic, topic_id=topic_id)
        return post

    def reply(self, *, by: Any, course_key: Any, thread_id: str, body: str, parent_id: str = "") -> Post:
        """A response to a thread, or a reply to a response in it."""
        thread = PostRef(PostKind.THREAD, thread_id)
        roles = self._enter(by=by, course_key=course_key, act=Act.REPLY, ref=thread)
        with told_plainly():
            about = self._post(by, course_key, thread, roles)
            if about.closed:
                raise NotAllowedError(_("This thread is closed."))
            if parent_id:
                answered = self._post(by, course_key, PostRef(PostKind.COMMENT, parent_id), roles)
                if answered.thread_id != thread_id or answered.parent_id:
                    raise BadValueError(_("A reply answers a response of its own thread."))
            _introduce(by, course_key)
            create, to = (api.create_child_comment, parent_id) if parent_id else (api.create_parent_comment, thread_id)
            made = create(to, _text(body), str(by.id), str(course_key), False, False)
            post = self._post(by, course_key, PostRef(PostKind.COMMENT, made["id"]), roles)
            send_signal("comment_created", user=by, post=post, course_key=course_key)
            topic = next((topic for topic in self.topics(course_key) if topic.id == about.topic_id), None)
            send_created(post, user=by, course_key=course_key, topic=topic, topic_id=about.topic_id)
        return post

    def edit_post(
        self, *, by: Any, course_key: Any, ref: PostRef, reason: str, body: str | None = None, title: str | None = None
    ) -> Post:
        """Changes a text; the forum app keeps the one before, with the reason."""
        if reason not in self.edit_reasons():
            raise BadValueError(_("Please choose a reason."))
        new = {"body": _text(body)} if body is not None else {}
        if title is not None and ref.kind is PostKind.THREAD:
            new["title"] = _text(title)
        if not new:
            raise BadValueError(_("There is nothing to change."))
        if body is not None:
            new |= {"editing_user_id": str(by.id), "edit_reason_code": reason}
        return self._update(by, course_key, Act.EDIT, ref, new)

    def close_thread(self, *, by: Any, course_key: Any, thread_id: str, reason: str) -> Post:
        """Closes a thread to answers."""
        if reason not in self.close_reasons():
            raise BadValueError(_("Please choose a reason."))
        new = {"closed": True, "close_reason_code": reason, "closing_user_id": str(by.id)}
        return self._update(by, course_key, Act.CLOSE, PostRef(PostKind.THREAD, thread_id), new)

    def reopen_thread(self, *, by: Any, course_key: Any, thread_id: str) -> Post:
        """Opens it again."""
        return self._update(by, course_key, Act.CLOSE, PostRef(PostKind.THREAD, thread_id), {"closed": False})

    def pin_thread(self, *, by: Any, course_key: Any, thread_id: str, pinned: bool = True) -> Post:
        """Puts a thread at the top, or back in its place."""
        ref = PostRef(PostKind.THREAD, thread_id)
        roles = self._enter(by=by, course_key=course_key, act=Act.PIN, ref=ref)
        with told_plainly():
            _introduce(by, course_key)
            (api.pin_thread if pinned else api.unpin_thread)(str(by.id), thread_id, course_id=str(course_key))
            return self._post(by, course_key, ref, roles)

    def endorse(self, *, by: Any, course_key: Any, comment_id: str, endorsed: bool = True) -> Post:
        """Marks a response as the answer, or no longer."""
        new = {"endorsed": endorsed, "endorsement_user_id": str(by.id)}
        post = self._update(by, course_key, Act.ENDORSE, PostRef(PostKind.COMMENT, comment_id), new)
        if endorsed:
            send_signal("comment_endorsed", user=by, post=post, course_key=course_key)
        return post

    def move_thread(self, *, by: Any, course_key: Any, thread_id: str, topic_id: str) -> Post:
        """Moves a thread to another topic."""
        if topic_id not in {topic.id for topic in self.topics(course_key)}:
            raise BadValueError(_("This course has no such topic."))
        return self._update(by, course_key, Act.MOVE, PostRef(PostKind.THREAD, thread_id), {"commentable_id": topic_id})

    def flag_post(self, *, by: Any, course_key: Any, ref: PostRef) -> Post:
        """Reports a post."""
        post = self._flag(by, course_key, ref, Act.FLAG)
        send_signal(f"{ref.kind}_flagged", user=by, post=post, course_key=course_key)
        return post

    def clear_flags(self, *, by: Any, course_key: Any, ref: PostRef) -> Post:
        """Takes back the reports of everybody."""
        return self._flag(by, course_key, ref, Act.CLEAR_FLAGS)

    def delete_post(self, *, by: Any, course_key: Any, ref: PostRef) -> None:
        """Deletes a post and all below it."""
        roles = self._enter(by=by, course_key=course_key, act=Act.DELETE, ref=ref)
        with told_plainly():
            post = self._post(by, course_key, ref, roles)
            delete = api.delete_thread if ref.kind is PostKind.THREAD else api.delete_comment
            delete(ref.id, course_id=str(course_key))
            send_signal(f"{ref.kind}_deleted", user=by, post=post, course_key=course_key)

    def ban_person(self, *, by: Any, course_key: Any, user: Any, reason: str) -> None:
        """What the published forum app knows of bans: nothing so far, so DisabledError."""
        self._enter(by=by, course_key=course_key, act=Act.DELETE)
        forum_bans.ban(by=by, course_key=course_key, user=user, reason=reason)

    def lift_ban(self, *, by: Any, course_key: Any, user: Any, reason: str) -> None:
        """Likewise."""
        self._enter(by=by, course_key=course_key, act=Act.DELETE)
        forum_bans.lift(by=by, course_key=course_key, user=user, reason=reason)

    def _flag(self, by: Any, course_key: Any, ref: PostRef, act: Act) -> Post:
        roles = self._enter(by=by, course_key=course_key, act=act, ref=ref)
        flag = api.update_thread_flag if ref.kind is PostKind.THREAD else api.update_comment_flag
        how = {"action": "flag"} if act is Act.FLAG else {"action": "unflag", "update_all": True}
        with told_plainly():
            _introduce(by, course_key)
            flag(ref.id, user_id=str(by.id), course_id=str(course_key), **how)
            return self._post(by, course_key, ref, roles)

    def _update(self, by: Any, course_key: Any, act: Act, ref: PostRef, new: dict[str, Any]) -> Post:
        roles: frozenset[Role] = self._enter(by=by, course_key=course_key, act=act, ref=ref)
        update = api.update_thread if ref.kind is PostKind.THREAD else api.update_comment
        with told_plainly():
            if act not in self._post(by, course_key, ref, roles).acts:
                raise NotAllowedError(_("This cannot be done to this post, or its thread is closed."))
            update(ref.id, course_id=str(course_key), **new)
            post = self._post(by, course_key, ref, roles)
            send_signal(f"{ref.kind}_edited", user=by, post=post, course_key=course_key)
        return post


def _text(value: str) -> str:
    if not value.strip():
        raise BadValueError(_("Please write something."))
    return value


def _introduce(user: Any, course_key: Any) -> None:
    """Makes the account known to the forum app, as the LMS does when somebody first comes to the forum."""
    from forum.backends.mysql.models import ForumUser

    if not ForumUser.objects.filter(user_id=user.id).exists():
        api.create_user(str(user.id), user.username, course_id=str(course_key))
