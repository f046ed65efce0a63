"""A course with a forum in which a question was asked, answered, thanked for and reported; nothing of it is projected yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from forum import api
from forum.backends.mysql.models import Comment, CommentThread, ForumUser

from community_dashboard.data import PostKind, PostRef


@dataclass
class ForumOf:
    """Posts in the forum's own tables, at moments that the test gives; what is done with them goes through the forum's API."""

    course_key: Any
    known: set[int] = field(default_factory=set)

    def thread(self, author: Any, title: str = "Bees", body: str = "Why so many bees?", *, at: Any = None, **more: Any):
        """A new thread; `more` are columns."""
        about = {"title": title, "body": body, "author": author, "commentable_id": "course"} | more
        return self._made(PostKind.THREAD, CommentThread(course_id=str(self.course_key), **about), at)

    def answer(self, thread: PostRef, author: Any, body: str = "They dance.", *, at: Any = None, **more: Any):
        """A response to a thread."""
        about = {"comment_thread_id": int(thread.id), "body": body, "author": author} | more
        return self._made(PostKind.COMMENT, Comment(course_id=str(self.course_key), **about), at)

    def reply(self, answer: PostRef, author: Any, body: str = "Do they?", *, at: Any = None, **more: Any):
        """A reply to a response."""
        above = Comment.objects.get(pk=answer.id)
        about = {"comment_thread_id": above.comment_thread_id, "parent_id": above.pk, "depth": 1}
        Comment.objects.filter(pk=above.pk).update(child_count=above.child_count + 1)
        return self._made(
            PostKind.COMMENT, Comment(course_id=str(self.course_key), body=body, author=author, **about, **more), at
        )

    def flag(self, ref: PostRef, by: Any) -> None:
        """Somebody reports a post."""
        act = api.update_thread_flag if ref.kind is PostKind.THREAD else api.update_comment_flag
        act(ref.id, "flag", user_id=self._known(by), course_id=str(self.course_key))

    def unflag_all(self, ref: PostRef, by: Any) -> None:
        """A moderator sets all reports aside."""
        act = api.update_thread_flag if ref.kind is PostKind.THREAD else api.update_comment_flag
        act(ref.id, "unflag", user_id=self._known(by), update_all=True, course_id=str(self.course_key))

    def pin(self, ref: PostRef, by: Any, *, pinned: bool = True) -> None:
        """Puts a thread at the top, or back in its place."""
        (api.pin_thread if pinned else api.unpin_thread)(self._known(by), ref.id, course_id=str(self.course_key))

    def edit(self, ref: PostRef, by: Any, **new: Any) -> None:
        """Changes a text as the platform does: with the editor where the body changes."""
        act = api.update_thread if ref.kind is PostKind.THREAD else api.update_comment
        more = {"editing_user_id": self._known(by), "edit_reason_code": "needs-clarity"} if "body" in new else {}
        act(ref.id, course_id=str(self.course_key), **new, **more)

    def delete(self, ref: PostRef) -> None:
        """Deletes a post and all below it."""
        (api.delete_thread if ref.kind is PostKind.THREAD else api.delete_comment)(
            ref.id, course_id=str(self.course_key)
        )

    def _known(self, user: Any) -> str:
        if user.id not in self.known and not ForumUser.objects.filter(user=user).exists():
            api.create_user(str(user.id), user.username, course_id=str(self.course_key))
        self.known.add(user.id)
        return str(user.id)

    def _made(self, kind: PostKind, row: Any, at: Any) -> PostRef:
        row.save()
        if at is not None:
            type(row).objects.filter(pk=row.pk).update(created_at=at, updated_at=at)
        return PostRef(kind, str(row.pk))


@pytest.fixture
def forum_of():
    """`forum_of(course_key)`: the forum of that course."""
    return ForumOf


@pytest.fixture
def forum(course_key) -> ForumOf:
    """The forum of the tiny course."""
    return ForumOf(course_key)
