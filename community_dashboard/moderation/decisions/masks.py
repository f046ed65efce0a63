"""What stands in the place of a masked post, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import forum_is_here, lives_in_mongo
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.errors import ChangedError, GoneError, NoWayBackError
from community_dashboard.moderation.decisions.forum_now import ForumNow, are_alike, from_tables, mark_of
from community_dashboard.moderation.decisions.ledger import UNDO_DAYS
from community_dashboard.moderation.decisions.models import KeptOriginal
from community_dashboard.moderation.decisions.orders import Order
from community_dashboard.moderation.decisions.remembering import recall
from community_dashboard.moderation.projection.actions import unmask_known
from community_dashboard.moderation.projection.reading import last_editor
from referral_xblock.api import absolute
from referral_xblock.api import get_host as get_people_host

ORIGINAL = "original"  # what is kept of a post, among what a job remembers
KEPT = UNDO_DAYS
# Nobody may have looked at a held post for a whole summer: that is not its author's fault.
HELD_KEPT = timedelta(days=365)
A_MOMENT = timedelta(seconds=10)
OVERWRITTEN = "overwritten"  # why the acting account holds what an author wrote over our sentence
EDIT_REASON = "violates-guidelines"  # of the platform's codes; a site may have others


def kept_of(ref: PostRef) -> KeptOriginal | None:
    """What is kept of a post. One query."""
    return KeptOriginal.objects.filter(kind=ref.kind.value, post_id=ref.id).first()


def all_kept(refs: Sequence[PostRef]) -> dict[PostRef, KeptOriginal | None]:
    """The same of some; each asked for is in the answer. One query for each kind."""
    found: dict[PostRef, KeptOriginal | None] = dict.fromkeys(refs)
    for kind in PostKind:
        if ids := [ref.id for ref in refs if ref.kind is kind]:
            rows = KeptOriginal.objects.filter(kind=kind.value, post_id__in=ids)
            found |= {PostRef(kind, row.post_id): row for row in rows}
    return found


def is_masked(kept: KeptOriginal | None, now: ForumNow | None) -> bool:
    """Whether the forum shows our sentence, untouched, in the place of what we keep."""
    return (
        kept is not None
        and now is not None
        and kept.restored_at is None
        and (kept.mask_title, kept.mask_body) == (now.title, now.body)
    )


def is_overwritten_by(author_id: int | None, *, course_key: CourseKey, ref: PostRef, now: datetime) -> bool | None:
    """Whether the author wrote over our sentence; False if somebody else did, or nobody can tell; None if it stands or is gone.

    Three queries. In MongoDB nobody can tell. Nor of a title that is the same as the one we masked a moment ago: a site that
    changes what it is given must not keep us writing for ever.
    """
    if not forum_is_here() or lives_in_mongo(ref.id):
        return False
    kept, there = kept_of(ref), from_tables(course_key, ref)
    if kept is None or there is None or kept.restored_at is not None or is_masked(kept, there):
        return None
    if there.body.strip() == kept.mask_body.strip():
        return not are_alike((kept.title, kept.body), (there.title, there.body)) or now - kept.masked_at > A_MOMENT
    return author_id is not None and last_editor(ref) == author_id


def edit_reason(order: Order) -> str:
    """The reason that the forum is given for a change of ours: one of its codes."""
    codes = order.host.edit_reasons()
    return order.reason if order.reason in codes else EDIT_REASON if EDIT_REASON in codes else next(iter(codes), "")


def check_seen(order: Order, title: str, body: str) -> None:
    """ChangedError if the order was given on another text than this one. Without `seen` nothing was said."""
    seen = order.text("seen")
    if seen and seen != mark_of(title, body):
        raise ChangedError


def restore(order: Order, *, newer_stays: bool = False) -> bool:
    """Puts back what is kept of the post, byte for byte; False if there was nothing to put back.

    Where somebody wrote over our sentence, that text stays if it was looked at (`newer_stays`), otherwise it is a ChangedError.
    Raises NoWayBackError where the original is no longer kept.
    """
    kept, now = kept_of(order.post), order.read()
    if now is None:
        raise GoneError
    if kept is None:
        if any((now.title, now.body) == text for text in masks_of(order)):
            raise NoWayBackError(_("The original text of this post is no longer kept."))
        return False
    if kept.restored_at is not None:
        return False
    masked = is_masked(kept, now)
    if not masked and not newer_stays and not are_alike((kept.title, kept.body), (now.title, now.body)):
        raise ChangedError
    unmask_known(course_key=order.course_key, ref=order.post)
    if masked:
        put_text(order, kept.title, kept.body)
    KeptOriginal.objects.filter(pk=kept.pk).update(restored_at=order.now, delete_after=order.now + KEPT)
    return masked


def put_text(order: Order, title: str, body: str) -> None:
    """Writes title and body through the host's edit verb."""
    threads = {"title": title} if order.post.kind is PostKind.THREAD else {}
    order.host.edit_post(
        by=order.by, course_key=order.course_key, ref=order.post, reason=edit_reason(order), body=body, **threads
    )


def mask_for(choice: Choice, kind: PostKind, course_key: Any) -> tuple[str, str]:
    """What stands in the place of a masked post, in the course's language; comments have no title."""
    return recall(("mask", choice, kind), [course_key], lambda keys: {key: _mask(choice, kind, key) for key in keys})[
        course_key
    ]


def _mask(choice: Choice, kind: PostKind, course_key: Any) -> tuple[str, str]:
    course = get_people_host().course(course_key)
    with translation.override((course.language if course else "") or settings.LANGUAGE_CODE):
        if choice is Choice.HOLD:
            title, body = _("Waiting for a moderator"), _("This post is waiting for a moderator.")
        else:
            title, body = _("Hidden by a moderator"), _("A moderator has hidden this post.")
        # Its author may know no other way to that page.
        own = _("If it is yours, you can read why, and object, at %(address)s") % {
            "address": absolute(reverse("referral_xblock:me"))
        }
    return (title if kind is PostKind.THREAD else ""), f"{body}\n\n{own}"


def masks_of(order: Order) -> list[tuple[str, str]]:
    """Every sentence of ours that may stand in the place of this post."""
    return [mask_for(choice, order.post.kind, order.course_key) for choice in (Choice.HOLD, Choice.HIDE)]
