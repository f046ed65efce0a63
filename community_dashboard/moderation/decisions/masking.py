"""Hiding and holding: the forum has no such thing, so the text is replaced by a sentence of ours and kept until it comes back.

No decision overwrites what somebody wrote over our sentence before it was looked at; only the acting account does, so that nobody
undoes a decision by writing. A decision that was made on another text than the one in the forum is refused with ChangedError
(`fields["seen"]` says on which, see `queries.text_to_judge`). Made with the newer text in view, hiding keeps that one as the
original, and the older one for as long as the decision can be undone; approving leaves it as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.deeds import Deed
from community_dashboard.moderation.decisions.errors import BadFieldError, ChangedError, GoneError
from community_dashboard.moderation.decisions.forum_now import are_alike
from community_dashboard.moderation.decisions.masks import (
    HELD_KEPT,
    KEPT,
    ORIGINAL,
    all_kept,
    check_seen,
    is_masked,
    kept_of,
    mask_for,
    put_text,
    restore,
)
from community_dashboard.moderation.decisions.models import Decision, EarlierText, KeptOriginal
from community_dashboard.moderation.decisions.orders import Order
from community_dashboard.moderation.decisions.remembering import recall
from community_dashboard.moderation.projection.actions import mask_known, unmask_known
from community_dashboard.moderation.queue.queries import item_of

CLOSED = gettext_lazy("This thread is closed, so the forum lets nobody change its posts. Please open it first.")


class Mask(Deed):
    """HIDE and HOLD."""

    outcome = "upheld"
    compares = True

    def ask(self, order: Order) -> Mapping[str, Any]:
        """The text must be the one that was seen; a closed thread takes no change."""
        kept = order.kept = recall(ORIGINAL, [order.post], all_kept)[order.post]
        masked = is_masked(kept, order.forum)
        check_seen(order, *((kept.title, kept.body) if kept and masked else (order.forum.title, order.forum.body)))
        if (order.forum.closed or order.forum.thread_closed) and not (masked and order.choice is Choice.HOLD):
            raise BadFieldError("", CLOSED)
        return {"was": [order.forum.title, order.forum.body]} if masked else {}

    def settles(self, order: Order) -> bool:
        """What is held waits for somebody."""
        return order.choice is Choice.HIDE

    def is_same(self, order: Order, row: Decision) -> bool:
        """Hidden is hidden, whatever the reason; and what is hidden need not be held."""
        by_us = row.choice == Choice.HIDE or row.choice == order.choice
        return by_us and is_masked(
            kept_of(order.post), order.read()
        )  # read now: nothing is compared where nothing is done

    def holds(self, order: Order, row: Decision) -> bool:
        """Our sentence stands there."""
        return is_masked(kept_of(order.post), order.seen)

    def keep(self, order: Order, row: Decision) -> None:
        """Keeps the text. Of a masked post the original stays; a text that somebody wrote over our mask replaces it."""
        title, body = mask_for(order.choice, order.post.kind, order.course_key)
        kept, forum = order.kept, order.forum  # nobody has decided on the text since: the step was ours
        rows = KeptOriginal.objects.filter(pk=kept.pk if kept else None)
        lasts = row.made_at + (KEPT if order.choice is Choice.HIDE else HELD_KEPT)
        words = {"mask_title": title, "mask_body": body, "decision": row, "delete_after": lasts}
        if kept is not None and is_masked(kept, forum):
            rows.update(**words)
        else:
            if kept is not None and kept.restored_at is None:
                EarlierText.objects.create(
                    decision=row, author=order.subject, title=kept.title, body=kept.body, delete_after=lasts
                )
            words |= {"title": forum.title, "body": forum.body, "masked_at": row.made_at, "restored_at": None}
            words |= {"course_key": order.course_key, "author": order.subject}
            if not (kept and rows.update(**words)):
                kept = KeptOriginal.objects.create(kind=order.post.kind.value, post_id=order.post.id, **words)
        for name, value in words.items():
            setattr(kept, name, value)
        order.kept = kept
        mask_known(course_key=order.course_key, ref=order.post, title=title, body=body)

    def drop(self, order: Order, row: Decision) -> None:
        """The forum has what it had before, and so have we."""
        kept, now = kept_of(order.post), order.read()
        if kept is None or kept.decision_id != row.pk or is_masked(kept, now):
            return
        rows, earlier = KeptOriginal.objects.filter(pk=kept.pk), EarlierText.objects.filter(decision=row).first()
        if "was" in row.fields:
            self._wear(order, kept, row)
        elif earlier is not None:
            rows.update(title=earlier.title, body=earlier.body)
            earlier.delete()
        else:
            rows.delete()
            unmask_known(course_key=order.course_key, ref=order.post)

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Puts our sentence there, unless somebody wrote something else since the order was judged."""
        kept, now = order.kept or kept_of(order.post), order.read()
        if now is None:
            raise GoneError
        if kept is None or is_masked(kept, now):
            return {"masked": True}
        if order.seen is not None and (now.title, now.body) != (order.seen.title, order.seen.body):
            raise ChangedError
        put_text(order, kept.mask_title, kept.mask_body)
        return {"masked": True}

    def take_back(self, order: Order, row: Decision) -> None:
        """Puts the original back; of a post that had been held before it was hidden, the sentence of the held."""
        if "was" not in row.fields:
            self._show(order, row)
            return
        kept, now = kept_of(order.post), order.read()
        if now is None:
            raise GoneError
        if kept is None or kept.restored_at is not None or [now.title, now.body] == row.fields["was"]:
            return
        if not is_masked(kept, now):
            raise ChangedError
        self._wear(order, kept, row)
        put_text(order, *row.fields["was"])

    def _show(self, order: Order, row: Decision) -> None:
        """Puts back what this decision took out: where a later one found a newer text over it, the one that was before."""
        masks = {"decision__strand": row.strand, "decision__choice__in": [Choice.HIDE, Choice.HOLD]}
        later = list(EarlierText.objects.filter(**masks, decision__step__gt=row.step).order_by("decision__step"))
        kept, now = kept_of(order.post), order.read()
        if not later or kept is None or kept.restored_at is None:
            restore(order)
            return
        if now is None:
            raise GoneError
        if not any(are_alike((one.title, one.body), (now.title, now.body)) for one in (kept, *later)):
            raise ChangedError
        if not are_alike((later[0].title, later[0].body), (now.title, now.body)):
            put_text(order, later[0].title, later[0].body)

    def _wear(self, order: Order, kept: KeptOriginal, row: Decision) -> None:
        """Remembers the sentence that stood there before this decision as the one that stands there."""
        title, body = row.fields["was"]
        KeptOriginal.objects.filter(pk=kept.pk).update(
            mask_title=title, mask_body=body, delete_after=kept.masked_at + HELD_KEPT
        )
        mask_known(course_key=order.course_key, ref=order.post, title=title, body=body)


class Unmask(Deed):
    """APPROVE and RESTORE: what was masked comes back; approving also clears the reports."""

    outcome = "cleared"

    def ask(self, order: Order) -> Mapping[str, Any]:
        """The text must be the one that was seen, and a masked one must be there to come back."""
        kept, forum = kept_of(order.post), order.forum
        if is_masked(kept, forum):
            check_seen(order, kept.title, kept.body)
            if forum.closed or forum.thread_closed:
                raise BadFieldError("", CLOSED)
            return {}
        check_seen(order, forum.title, forum.body)
        back = kept is not None and are_alike((kept.title, kept.body), (forum.title, forum.body))
        ours = kept is None or kept.restored_at is not None or back
        if not ours and not order.text("seen"):
            raise ChangedError  # somebody wrote over our sentence: that text has to be looked at
        return {}

    def settles(self, order: Order) -> bool:
        """Somebody has looked."""
        return True

    def is_same(self, order: Order, row: Decision) -> bool:
        """Approved, not masked again since, and the queue asks nothing new."""
        item = item_of(order.course_key, order.post)
        return row.choice == order.choice and self.holds(order, row) and (item is None or item.state == "done")

    def holds(self, order: Order, row: Decision) -> bool:
        """Nothing of ours stands in the forum."""
        kept = kept_of(order.post)
        return kept is None or kept.restored_at is not None

    def keep(self, order: Order, row: Decision) -> None:
        """Nothing; but what is not hidden cannot be restored."""
        if order.choice is Choice.RESTORE and self.holds(order, row):
            raise BadFieldError("", _("There is nothing to restore: the post is not hidden."))

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Puts the original back and clears the reports."""
        was_masked = restore(order, newer_stays=not is_masked(kept_of(order.post), order.seen))
        if order.choice is Choice.APPROVE:
            order.host.clear_flags(by=order.by, course_key=order.course_key, ref=order.post)
        return {"masked": False, "was_masked": was_masked}

    def take_back(self, order: Order, row: Decision) -> None:
        """Masks again what was masked; reports that were cleared do not come back, but the queue's item does."""
        if not row.after.get("was_masked"):
            return
        kept, now = kept_of(order.post), order.read()
        if now is None:
            raise GoneError
        if kept is None or not are_alike((kept.title, kept.body), (now.title, now.body)):
            if is_masked(kept, now):
                return
            raise ChangedError
        KeptOriginal.objects.filter(pk=kept.pk).update(restored_at=None, delete_after=order.now + HELD_KEPT)
        mask_known(course_key=order.course_key, ref=order.post, title=kept.mask_title, body=kept.mask_body)
        put_text(order, kept.mask_title, kept.mask_body)
