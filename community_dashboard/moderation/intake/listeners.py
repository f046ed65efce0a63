"""The forum's tables and the platform's signals leave the posts that changed. Imported by our `listeners`, in the LMS alone.

A learner's request pays for noting a number and for one message after its commit: no query, hence no savepoint either.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from community_dashboard.activity import forum
from community_dashboard.data import PostKind
from community_dashboard.moderation.intake.noting import note
from community_dashboard.moderation.signals import FILLED

log = logging.getLogger(__name__)


def _never_raises(listener: Callable[..., None]) -> Callable[..., None]:
    @wraps(listener)
    def tolerant(*arguments: Any, **named: Any) -> None:
        try:
            listener(*arguments, **named)
        except Exception:
            log.exception("A changed post was not noted; reconciliation finds it.")

    return tolerant


@receiver(post_save, sender="forum.CommentThread", dispatch_uid="community.note_thread")
@receiver(post_save, sender="forum.Comment", dispatch_uid="community.note_comment")
@receiver(post_delete, sender="forum.CommentThread", dispatch_uid="community.note_gone_thread")
@receiver(post_delete, sender="forum.Comment", dispatch_uid="community.note_gone_comment")
@_never_raises
def on_post(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """A post was written, changed or deleted. A thread's last activity follows its comments: they are told themselves."""
    if update_fields is None or set(update_fields) - {"last_activity_at"}:
        kind, number = forum.post_of(instance)
        note(kind, number, instance.course_id)


@receiver(post_save, sender="forum.AbuseFlagger", dispatch_uid="community.note_flag")
@receiver(post_delete, sender="forum.AbuseFlagger", dispatch_uid="community.note_lifted_flag")
@receiver(post_save, sender="forum.HistoricalAbuseFlagger", dispatch_uid="community.note_old_flag")
@receiver(post_delete, sender="forum.HistoricalAbuseFlagger", dispatch_uid="community.note_forgotten_flag")
@receiver(post_save, sender="forum.EditHistory", dispatch_uid="community.note_edit")
@_never_raises
def on_mark(instance: Any, **kwargs: Any) -> None:
    """A post was reported, a report taken back, or a text changed. These rows do not tell the course."""
    if kind := forum.kind_of_content(instance.content_type_id):
        note(kind, instance.content_object_id)


@receiver(FILLED, dispatch_uid="community.look_at_filled_course")
@_never_raises
def on_filled(course_key: Any, **kwargs: Any) -> None:
    """The posts of a course that were there before us have been read: those that still matter are looked at."""
    from community_dashboard.moderation.intake.tasks import look_at_filled_course

    look_at_filled_course.delay(str(course_key))


@_never_raises
def note_told_post(post: Any, **kwargs: Any) -> None:
    """A signal of the platform: it is needed where the forum is in MongoDB; the tables tell of all others."""
    if forum.lives_in_mongo(post.id):
        kind = PostKind.THREAD if post.type == "thread" else PostKind.COMMENT
        note(kind.value, post.id, post.course_id)
