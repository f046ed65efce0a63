"""Decisions about the work itself: who does it, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community_dashboard.moderation.decisions.acts_on_people import moment_of
from community_dashboard.moderation.decisions.deeds import Deed
from community_dashboard.moderation.decisions.errors import BadFieldError
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.orders import Order
from community_dashboard.moderation.queue import actions as queue
from community_dashboard.moderation.queue.queries import item_of


class Assign(Deed):
    """ASSIGN: `to`, the number of an account; without it the post is nobody's."""

    strand = "desk"
    in_forum = False

    def ask(self, order: Order) -> Mapping[str, Any]:
        """Somebody who is there. Whether they moderate the course is the queue's question."""
        to = order.text("to")
        if to and not (to.isdecimal() and get_user_model().objects.filter(pk=int(to)).exists()):
            raise BadFieldError("to", _("Please choose a moderator of this course."))
        return {"to": int(to) if to else None}

    def holds(self, order: Order, row: Decision) -> bool:
        """It is theirs."""
        item = item_of(order.course_key, order.post)
        return item is not None and item.assigned_to_id == row.fields.get("to")

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Gives it to them."""
        item = item_of(order.course_key, order.post)
        was = item.assigned_to_id if item else None
        self._give(order, row.fields["to"])
        return {"was": was}

    def take_back(self, order: Order, row: Decision) -> None:
        """Gives it back."""
        self._give(order, row.after.get("was"))

    def _give(self, order: Order, to: int | None) -> None:
        person = get_user_model().objects.filter(pk=to).first() if to else None
        queue.assign(by=order.by, course_key=order.course_key, ref=order.post, to=person, now=order.now)


class Snooze(Deed):
    """SNOOZE: `until`, a moment."""

    strand = "desk"
    in_forum = False
    undoable = False
    no_way_back = gettext_lazy("A post that was put off comes back by itself.")

    def ask(self, order: Order) -> Mapping[str, Any]:
        """A moment ahead."""
        until = moment_of(order.fields.get("until"))
        if until <= order.now:
            raise BadFieldError("until", _("Please choose a moment that is still to come."))
        return {"until": until.isoformat()}

    def holds(self, order: Order, row: Decision) -> bool:
        """It is away."""
        item = item_of(order.course_key, order.post)
        return item is not None and item.state == "snoozed"

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Puts it off."""
        until = moment_of(row.fields["until"])
        queue.snooze(by=order.by, course_key=order.course_key, ref=order.post, until=until, now=order.now)
        return dict(row.fields)
