"""Answering: a free text, or one that the moderators of the course keep for use again, in the language of who asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import forum_is_here
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.decisions.authority import ACTING
from community_dashboard.moderation.decisions.deeds import Deed
from community_dashboard.moderation.decisions.errors import BadFieldError, GoneError, NotAllowedError, NoWayBackError
from community_dashboard.moderation.decisions.forum_now import mark_of
from community_dashboard.moderation.decisions.models import CannedReply, Decision
from community_dashboard.moderation.decisions.orders import Order
from community_dashboard.moderation.decisions.standing import parts_of
from community_dashboard.moderation.decisions.variables import NAMES, UnknownNameError, filled, names_in
from community_dashboard.moderation.projection.queries import find_post
from community_dashboard.moderation.projection.reading import rows_of
from community_dashboard.moderation.queue.queries import item_of
from community_dashboard.moderation.queue.reasons import reasons_in
from referral_xblock.api import get_host as get_people_host

# An answer leaves nothing to do about a post that stands in the queue for these alone.
ANSWERED = frozenset({Reason.UNANSWERED, Reason.URGENT, Reason.COURSE_ERROR})
LONGEST_TITLE, LONGEST_SHORTCUT, LONGEST_BODY = 120, 20, 20_000


class Reply(Deed):
    """REPLY: `body`, or `canned`, the number of a canned reply of this course."""

    strand = "answer"
    ordered = False

    def ask(self, order: Order) -> Mapping[str, Any]:
        """The log keeps a mark of the words; they stand in the forum."""
        if order.forum.closed or order.forum.thread_closed:
            raise BadFieldError("", _("This thread is closed, so nobody can answer in it. Please open it first."))
        text, canned = self._text(order)
        if not text.strip():
            raise BadFieldError("body", _("Please write something."))
        return {"mark": mark_of("", text)} | ({"canned": canned} if canned else {})

    def settles(self, order: Order) -> bool:
        """A question is answered; a report is not."""
        item = item_of(order.course_key, order.post)
        return item is not None and set(reasons_in(item.reasons)) <= ANSWERED

    def holds(self, order: Order, row: Decision) -> bool:
        """The answer stands in the forum."""
        if row.after.get("comment_id"):
            return True
        return self._find(row) is not None

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Answers: a thread with a response, a response or a reply with a reply to the response."""
        parent = (order.parent_id or order.post.id) if order.post.kind is PostKind.COMMENT else ""
        text, _canned = self._text(order)
        made = order.host.reply(
            by=order.by, course_key=order.course_key, thread_id=order.thread_id, body=text, parent_id=parent
        )
        return {"comment_id": made.ref.id}

    def found(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """For a row that stayed begun: the answer that was written after all."""
        return {"comment_id": self._find(row) or ""}

    def take_back(self, order: Order, row: Decision) -> None:
        """Deletes the answer, unless somebody has answered it."""
        ref = PostRef(PostKind.COMMENT, row.after.get("comment_id", ""))
        if order.host.course_of_post(ref, order.course_key) is None:
            return
        if order.host.read_post(by=order.by, course_key=order.course_key, ref=ref).comments:
            raise NoWayBackError(_("Somebody has answered this reply already. It can be edited or hidden instead."))
        order.host.delete_post(by=order.by, course_key=order.course_key, ref=ref)

    def _find(self, row: Decision) -> str | None:
        """The comment by this moderator in this thread with these words. One query by the author's index."""
        if not forum_is_here() or not row.thread_id.isdecimal():
            return None
        rows = rows_of(PostKind.COMMENT).filter(
            author_id=row.actor_id, comment_thread_id=int(row.thread_id), created_at__gte=row.made_at
        )
        for number, body in rows.values_list("pk", "body"):
            if mark_of("", body) == row.fields.get("mark"):
                return str(number)
        return None

    def _text(self, order: Order) -> tuple[str, int | None]:
        number = order.text("canned")
        if not number:
            return order.text("body"), None
        rows = CannedReply.objects.filter(course_key=order.course_key)
        canned = rows.filter(pk=int(number)).first() if number.isdecimal() else None
        if canned is None:
            raise BadFieldError("canned", _("This reply is no longer kept. Please choose another or write one."))
        if order.text("body").strip():  # chosen, filled and then changed by hand
            return order.text("body"), canned.pk
        try:
            return filled(canned.body, values_for(order)), canned.pk
        except UnknownNameError as error:
            raise BadFieldError("canned", _unfilled(error.name)) from error


def values_for(order: Order) -> dict[str, str]:
    """What the names in a canned reply stand for here; "" for what is not known or not to be said.

    An author who posted anonymously is not named, neither to peers nor at all. Three queries besides the host's topics.
    """
    row = find_post(order.course_key, order.post)
    course = get_people_host().course(order.course_key)
    topics = {topic.id: topic.title for topic in order.host.topics(order.course_key)}
    named = order.subject is not None and not order.forum.anonymous
    return {
        "name": order.subject.username if named and order.subject else "",
        "unit": topics.get(row.topic_id, "") if row else "",
        "course": course.title if course else "",
        "moderator": order.by.username,
    }


def canned_replies(course_key: CourseKey, *, language: str = "") -> list[CannedReply]:
    """The canned replies of a course by title, those in this language first. One query."""
    rows = CannedReply.objects.filter(course_key=course_key).order_by("title", "id")
    return sorted(rows, key=lambda reply: reply.language != language)


def keep_reply(
    *,
    by: Any,
    course_key: CourseKey,
    language: str,
    title: str,
    body: str,
    shortcut: str = "",
    number: int | None = None,
    now: datetime,
) -> CannedReply:
    """Keeps an answer for use again, or changes the one of this number. Raises NotAllowedError, BadFieldError, GoneError."""
    _check_moderates(by, course_key)
    title, shortcut = title.strip(), shortcut.strip()
    if language not in dict(settings.LANGUAGES):
        raise BadFieldError("language", _("Please choose a language."))
    if not title or len(title) > LONGEST_TITLE:
        raise BadFieldError("title", _("Please give it a short name."))
    if len(shortcut) > LONGEST_SHORTCUT:
        raise BadFieldError("shortcut", _("Please use at most %(number)s characters.") % {"number": LONGEST_SHORTCUT})
    if not body.strip():
        raise BadFieldError("body", _("Please write something."))
    if len(body) > LONGEST_BODY:
        raise BadFieldError("body", _("Please use at most %(number)s characters.") % {"number": LONGEST_BODY})
    try:
        names_in(body)
    except UnknownNameError as error:
        raise BadFieldError("body", _unknown(error.name)) from error
    reply = CannedReply(course_key=course_key)
    if number is not None:
        found = CannedReply.objects.filter(course_key=course_key, pk=number).first()
        if found is None:
            raise GoneError(_("This reply is no longer kept. Please choose another or write one."))
        reply = found
    reply.language, reply.title, reply.shortcut, reply.body = language, title, shortcut, body
    reply.author, reply.changed_at = by, now
    try:
        with transaction.atomic():
            reply.save()
    except IntegrityError as error:
        raise BadFieldError("title", _("There is a reply of this name already.")) from error
    return reply


def drop_reply(*, by: Any, course_key: CourseKey, number: int) -> None:
    """Deletes a canned reply; nothing happens if it is gone. Raises NotAllowedError."""
    _check_moderates(by, course_key)
    CannedReply.objects.filter(course_key=course_key, pk=number).delete()


def _check_moderates(by: Any, course_key: CourseKey) -> None:
    if not getattr(by, "id", None) or not parts_of([by.id], course_key)[by.id] & ACTING:
        raise NotAllowedError


def _unknown(name: str) -> str:
    known = ", ".join(f"{{{one}}}" for one in NAMES)
    if not name:
        return _("A brace stands alone. Please write it twice if it is meant as it stands.")
    return _("{%(name)s} is not known. Known are: %(known)s.") % {"name": name, "known": known}


def _unfilled(name: str) -> str:
    return _(
        "This reply uses {%(name)s}, which is not known or not to be said here. Please write the answer yourself."
    ) % {"name": name}
