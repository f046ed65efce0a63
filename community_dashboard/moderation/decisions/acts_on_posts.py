"""What keeps order in a forum: edit, close, endorse, pin, move, delete. Each is one verb of the host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community_dashboard.data import PostKind
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.deeds import Deed
from community_dashboard.moderation.decisions.errors import BadFieldError, ChangedError, GoneError
from community_dashboard.moderation.decisions.forum_now import are_alike, mark_of
from community_dashboard.moderation.decisions.ledger import UNDO_DAYS
from community_dashboard.moderation.decisions.masking import CLOSED
from community_dashboard.moderation.decisions.masks import check_seen, is_masked, kept_of, put_text
from community_dashboard.moderation.decisions.models import Decision, EarlierText, KeptOriginal
from community_dashboard.moderation.decisions.orders import Order

WARNING = gettext_lazy(
    "Deleting is for ever and takes all answers below with it; hiding can be undone. Please confirm that you want to delete."
)


class Edit(Deed):
    """EDIT: `body`, for threads also `title`; `reason` is one of the forum's codes."""

    def ask(self, order: Order) -> Mapping[str, Any]:
        """The log keeps a mark of the new text, not the text."""
        forum = order.forum
        if is_masked(kept_of(order.post), forum):
            raise BadFieldError("", _("The post is hidden. Please restore it before you edit it."))
        check_seen(order, forum.title, forum.body)
        if forum.closed or forum.thread_closed:
            raise BadFieldError("", CLOSED)
        if order.reason not in order.host.edit_reasons():
            raise BadFieldError("reason", _("Please choose a reason."))
        title, body = self._new(order)
        if not body.strip() or (order.post.kind is PostKind.THREAD and not title.strip()):
            raise BadFieldError("body", _("Please write something."))
        return {"new": mark_of(title, body)}

    def settles(self, order: Order) -> bool:
        """What was wrong with it is mended."""
        return True

    def holds(self, order: Order, row: Decision) -> bool:
        """The new text stands there."""
        now = order.seen
        return now is not None and mark_of(now.title, now.body) == row.fields.get("new")

    def keep(self, order: Order, row: Decision) -> None:
        """Keeps the text before."""
        forum = order.forum
        EarlierText.objects.create(
            decision=row,
            author=order.subject,
            title=forum.title,
            body=forum.body,
            delete_after=row.made_at + UNDO_DAYS,
        )

    def drop(self, order: Order, row: Decision) -> None:
        """The forum has it."""
        EarlierText.objects.filter(decision=row).delete()

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Changes the text."""
        put_text(order, *self._new(order))
        return {}

    def take_back(self, order: Order, row: Decision) -> None:
        """Puts the earlier text back, if nobody has written since."""
        earlier, now = EarlierText.objects.filter(decision=row).first(), order.read()
        if now is None:
            raise GoneError
        if earlier is not None and are_alike((now.title, now.body), (earlier.title, earlier.body)):
            return
        if earlier is None or mark_of(now.title, now.body) != row.fields.get("new"):
            raise ChangedError
        put_text(order, earlier.title, earlier.body)

    def _new(self, order: Order) -> tuple[str, str]:
        forum = order.forum
        title = order.text("title") if "title" in order.fields and order.post.kind is PostKind.THREAD else forum.title
        return title, order.text("body") if "body" in order.fields else forum.body


class Switch(Deed):
    """CLOSE and REOPEN, PIN and UNPIN, ENDORSE and UNENDORSE: a state with two sides."""

    def __init__(self, state: str, *, on: Choice, kind: PostKind) -> None:
        self.strand = self.state = state
        self.on, self.kind = on, kind

    def ask(self, order: Order) -> Mapping[str, Any]:
        """Closing needs one of the forum's codes."""
        order.forum  # noqa: B018  (raises GoneError)
        if order.post.kind is not self.kind or (self.state == "endorsed" and order.parent_id):
            raise BadFieldError("", _("This cannot be done to a post of this kind."))
        if order.choice is Choice.CLOSE and order.reason not in order.host.close_reasons():
            raise BadFieldError("reason", _("Please choose a reason."))
        if self.state == "endorsed" and order.forum.thread_closed:
            raise BadFieldError("", CLOSED)
        return {}

    def settles(self, order: Order) -> bool:
        """A thread that is closed needs nothing more."""
        return order.choice is Choice.CLOSE

    def holds(self, order: Order, row: Decision) -> bool:
        """The forum has this side."""
        return order.seen is not None and getattr(order.seen, self.state) == (row.choice == self.on)

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Switches."""
        self._switch(order, on=order.choice is self.on, reason=order.reason)
        return {self.state: order.choice is self.on}

    def take_back(self, order: Order, row: Decision) -> None:
        """To the side on which it was before."""
        now, was = order.read(), bool(row.before.get(self.state))
        if now is None:
            raise GoneError
        if getattr(now, self.state) != was:
            self._switch(order, on=was, reason=row.before.get("close_reason") or "")

    def _switch(self, order: Order, *, on: bool, reason: str) -> None:
        host, about = order.host, {"by": order.by, "course_key": order.course_key}
        if self.state == "endorsed":
            host.endorse(**about, comment_id=order.post.id, endorsed=on)
        elif self.state == "pinned":
            host.pin_thread(**about, thread_id=order.post.id, pinned=on)
        elif on:
            codes = host.close_reasons()
            host.close_thread(
                **about, thread_id=order.post.id, reason=reason if reason in codes else next(iter(codes), "")
            )
        else:
            host.reopen_thread(**about, thread_id=order.post.id)


class Move(Deed):
    """MOVE: `topic_id`, one of the course's topics."""

    strand = "topic"

    def ask(self, order: Order) -> Mapping[str, Any]:
        """A thread, a topic of this course, an open thread."""
        if order.post.kind is not PostKind.THREAD:
            raise BadFieldError("", _("Only a whole thread can be moved."))
        if order.text("topic_id") not in {topic.id for topic in order.host.topics(order.course_key)}:
            raise BadFieldError("topic_id", _("This course has no such topic."))
        if order.forum.closed:
            raise BadFieldError("", CLOSED)
        return {"topic_id": order.text("topic_id")}

    def holds(self, order: Order, row: Decision) -> bool:
        """It is there."""
        return order.seen is not None and order.seen.topic_id == row.fields.get("topic_id")

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Moves the thread."""
        self._move(order, row.fields["topic_id"])
        return dict(row.fields)

    def take_back(self, order: Order, row: Decision) -> None:
        """Back to where it was, unless somebody moved it again."""
        now, was = order.read(), row.before.get("topic_id", "")
        if now is None:
            raise GoneError
        if now.topic_id == was:
            return
        if now.topic_id != row.fields.get("topic_id"):
            raise ChangedError(_("The thread was moved again meanwhile. Nothing was changed."))
        self._move(order, was)

    def _move(self, order: Order, topic_id: str) -> None:
        order.host.move_thread(by=order.by, course_key=order.course_key, thread_id=order.post.id, topic_id=topic_id)


class Delete(Deed):
    """DELETE: for ever, with all answers below it. Needs `sure`."""

    outcome = "upheld"
    undoable = False
    no_way_back = gettext_lazy("The forum deletes for ever: a deleted post cannot come back.")

    def ask(self, order: Order) -> Mapping[str, Any]:
        """Asks before it is too late."""
        kept, forum = kept_of(order.post), order.seen
        if forum is not None:
            shown = (kept.title, kept.body) if kept and is_masked(kept, forum) else (forum.title, forum.body)
            check_seen(order, *shown)
        if order.text("sure") != "yes":
            raise BadFieldError("sure", WARNING)
        return {}

    def settles(self, order: Order) -> bool:
        """Nothing is left to look at."""
        return True

    def holds(self, order: Order, row: Decision) -> bool:
        """It is gone."""
        return order.seen is None

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Deletes it; what we keep of a hidden text goes with it."""
        order.host.delete_post(by=order.by, course_key=order.course_key, ref=order.post)
        KeptOriginal.objects.filter(kind=order.post.kind.value, post_id=order.post.id).delete()
        return {"gone": True}
