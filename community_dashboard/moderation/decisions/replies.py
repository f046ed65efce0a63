"""Answering: a free text, or one that the moderators of the course keep for use again, in the language of who asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.forum import forum_is_here
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.deeds import Deed
from community_dashboard.moderation.decisions.errors import BadFieldError, NoWayBackError
from community_dashboard.moderation.decisions.forum_now import mark_of
from community_dashboard.moderation.decisions.kept_replies import reply_of
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.orders import Order, read_order
from community_dashboard.moderation.decisions.refusals import told_plainly
from community_dashboard.moderation.decisions.variables import UnknownNameError, filled
from community_dashboard.moderation.projection.queries import find_post
from community_dashboard.moderation.projection.reading import rows_of
from community_dashboard.moderation.queue.queries import item_of
from community_dashboard.moderation.queue.reasons import reasons_in
from referral_xblock.api import get_host as get_people_host

# An answer leaves nothing to do about a post that stands in the queue for these alone.
ANSWERED = frozenset({Reason.UNANSWERED, Reason.URGENT, Reason.COURSE_ERROR})


class Reply(Deed):
    """REPLY: `body`, or `canned`, the number of a canned reply of this course, or both: its words, then those of `body`.

    With `filled`, `body` is what became of its words already.
    """

    strand = "answer"
    ordered = False

    def ask(self, order: Order) -> Mapping[str, Any]:
        """The log keeps a mark of the words; they stand in the forum."""
        if order.forum.closed or order.forum.thread_closed:
            raise BadFieldError("", _("This thread is closed, so nobody can answer in it. Please open it first."))
        text, canned = self.text_of(order)
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
        text, _canned = self.text_of(order)
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

    def text_of(self, order: Order) -> tuple[str, int | None]:
        """The words that are sent, and the number of the canned reply that they come from. Raises BadFieldError."""
        number = order.text("canned")
        if not number:
            return order.text("body"), None
        canned, own = reply_of(order.course_key, number), order.text("body")
        if own.strip() and order.text("filled"):  # its words stood in the field already, and were changed or not
            return own, canned.pk if canned else None
        if canned is None:
            raise BadFieldError("canned", _("This reply is no longer kept. Please choose another or write one."))
        try:
            with translation.override(canned.language):  # a topic without a title of its own is called in its language
                words = filled(canned.body, values_for(order))
        except UnknownNameError as error:
            raise BadFieldError("canned", _unfilled(error.name)) from error
        return f"{words}\n\n{own}" if own.strip() else words, canned.pk


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


def reply_words(*, by: Any, course_key: CourseKey, ref: PostRef, number: int, now: datetime) -> str:
    """The words of a canned reply as this moderator would send them to this post; nothing is written.

    Raises what `decide` raises: NotAllowedError, GoneError, BadFieldError. Some ten queries.
    """
    with told_plainly():
        fields = {"canned": str(number)}
        order = read_order(
            by=by,
            course_key=course_key,
            ref=ref,
            choice=Choice.REPLY,
            reason="",
            fields=fields,
            automatic=False,
            now=now,
        )
        return Reply().text_of(order)[0]


def _unfilled(name: str) -> str:
    return _(
        "This reply uses {%(name)s}, which is not known or not to be said here. Please write the answer yourself."
    ) % {"name": name}
