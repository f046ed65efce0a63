"""What every kind of decision has: what it needs, how it is carried out, whether it holds, how it is taken back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from community_dashboard.moderation.decisions.errors import NoWayBackError
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.orders import Order


class Deed(ABC):
    """One or two choices. `strand` names what a decision of this kind is a step of.

    `outcome` goes into the record of author and reporters: "upheld" if the post was found wrong, "cleared" if right. Methods may
    raise DecisionError, and where they ask the forum, ForumError.
    """

    strand: str = "text"
    outcome: str = ""
    undoable = True
    # Whether the forum is asked: if not, what stayed begun was never carried out.
    in_forum = True
    # Whether `carry` finds out that the post is no longer as it was judged: then a job may judge what it read a moment ago.
    compares = False
    # Whether a later step of the strand stands in the way of undoing.
    ordered = True
    no_way_back: Any = _("This cannot be undone.")

    def ask(self, order: Order) -> Mapping[str, Any]:
        """What the order says beyond its choice, checked; the log keeps it, so no long texts. Raises BadFieldError."""
        return {}

    def settles(self, order: Order) -> bool:
        """Whether the queue has nothing left to ask about the post afterwards."""
        return False

    def is_same(self, order: Order, row: Decision) -> bool:
        """Whether the last step, which is done, was this order and still holds: then nothing is done again."""
        return row.choice == order.choice and row.fields == order.asked and self.holds(order, row)

    @abstractmethod
    def holds(self, order: Order, row: Decision) -> bool:
        """Whether the world is as this row wanted it."""

    def keep(self, order: Order, row: Decision) -> None:  # noqa: B027  (few kinds keep anything)
        """Keeps what would be lost; in the transaction in which the row is begun."""

    def drop(self, order: Order, row: Decision) -> None:  # noqa: B027
        """The order was not carried out: what was kept for it goes."""

    @abstractmethod
    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Does it, and answers with what is different afterwards. Done twice it does nothing more."""

    def found(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """What `carry` would have answered, of a row that was carried out although nobody wrote so."""
        return {}

    def take_back(self, order: Order, row: Decision) -> None:
        """Undoes it. Done twice it does nothing more. Raises NoWayBackError, ChangedError."""
        raise NoWayBackError(self.no_way_back)
