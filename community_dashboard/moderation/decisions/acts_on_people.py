"""Decisions about an author: warn, silence, ban, lift, note. What follows of them is the matter of `sanctions`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.authority import longest_silence
from community_dashboard.moderation.decisions.deeds import Deed
from community_dashboard.moderation.decisions.errors import BadFieldError
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.orders import Order
from community_dashboard.moderation.decisions.standing import check
from community_dashboard.moderation.sanctions import actions as sanctions
from community_dashboard.moderation.sanctions.queries import sanction_on

LONGEST_WORDS = 500


class _AboutPerson(Deed):
    """Needs an author, and words that the author reads: `reason`."""

    strand = "person"
    in_forum = False
    ordered = False

    def ask(self, order: Order) -> Mapping[str, Any]:
        """Words, and not too many."""
        order.author  # noqa: B018  (raises NoAuthorError)
        self._words("reason", order.reason)
        return {}

    def is_same(self, order: Order, row: Decision) -> bool:
        """The same words about the same post."""
        about = (row.kind, row.post_id) == ((order.ref.kind.value, order.ref.id) if order.ref else ("", ""))
        return about and row.reason == order.reason and super().is_same(order, row)

    def take_back(self, order: Order, row: Decision) -> None:
        """As `sanctions` takes it back."""
        sanctions.take_back(by=order.by, decision_id=row.pk, now=order.now)

    def _words(self, name: str, words: str, most: int = LONGEST_WORDS) -> str:
        if not words.strip():
            raise BadFieldError(name, _("Please say why: the author reads it."))
        if len(words) > most:
            raise BadFieldError(name, _("Please use at most %(number)s characters.") % {"number": most})
        return words.strip()

    def _about(self, order: Order, row: Decision) -> dict[str, Any]:
        about = {"by": order.by, "course_key": order.course_key, "user": order.author}
        return about | {"decision_id": row.pk, "now": order.now}


class Warn(_AboutPerson):
    """WARN."""

    def holds(self, order: Order, row: Decision) -> bool:
        """What was said was said."""
        return row.state == "done"

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Tells the author."""
        sanctions.warn(**self._about(order, row), reason=row.reason)
        return {}


class Silence(_AboutPerson):
    """SILENCE: `until`, a moment."""

    def ask(self, order: Order) -> Mapping[str, Any]:
        """A moment ahead; helpers silence for two weeks at most."""
        super().ask(order)
        until = moment_of(order.fields.get("until"))
        longest = longest_silence(order.parts)
        if until <= order.now:
            raise BadFieldError("until", _("A silence ends in the future. Please choose a later moment."))
        if until > order.now + sanctions.LONGEST_SILENCE:
            raise BadFieldError("until", _("A silence ends within a year. A ban has no end."))
        if longest is not None and until > order.now + longest:
            sentence = _("Your role in the forum can silence somebody for %(days)s days at most.")
            raise BadFieldError("until", sentence % {"days": longest.days})
        return {"until": until.isoformat()}

    def holds(self, order: Order, row: Decision) -> bool:
        """It is in force."""
        return sanction_on(order.author.id, order.course_key, order.now) is not None

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Silences the author."""
        until = moment_of(row.fields["until"])
        sanctions.silence(**self._about(order, row), until=until, reason=row.reason)
        return dict(row.fields)


class Ban(_AboutPerson):
    """BAN."""

    def is_same(self, order: Order, row: Decision) -> bool:
        """Banned is banned, whatever the words."""
        return row.choice == order.choice and self.holds(order, row)

    def holds(self, order: Order, row: Decision) -> bool:
        """It is in force."""
        found = sanction_on(order.author.id, order.course_key, order.now)
        return found is not None and found.kind == Choice.BAN.value

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Bans the author from the course's forum."""
        sanctions.ban(**self._about(order, row), reason=row.reason)
        return {}


class Lift(_AboutPerson):
    """LIFT: ends a silence or a ban. Words are not needed."""

    def ask(self, order: Order) -> Mapping[str, Any]:
        """There must be something to lift; a ban is lifted by who may ban."""
        found = sanction_on(order.author.id, order.course_key, order.now)
        if found is not None and found.kind == Choice.BAN.value:
            about = {"subject": order.author, "post_group": 0, "course_key": order.course_key}
            check(Choice.BAN, by=order.by, **about)
        return {}

    def is_same(self, order: Order, row: Decision) -> bool:
        """Lifted is lifted."""
        return row.choice == order.choice and self.holds(order, row)

    def holds(self, order: Order, row: Decision) -> bool:
        """Nothing is in force."""
        return sanction_on(order.author.id, order.course_key, order.now) is None

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Lifts it."""
        return {"lifted": sanctions.lift(**self._about(order, row))}


class Note(_AboutPerson):
    """NOTE: `text`, for the team. The author reads it in the own data, so it says what can be said."""

    strand = "note"

    def ask(self, order: Order) -> Mapping[str, Any]:
        """Words."""
        order.author  # noqa: B018  (raises NoAuthorError)
        return {"text": self._words("text", order.text("text"), sanctions.LONGEST_NOTE)}

    def holds(self, order: Order, row: Decision) -> bool:
        """What was written was written."""
        return row.state == "done"

    def carry(self, order: Order, row: Decision) -> Mapping[str, Any]:
        """Writes it down."""
        sanctions.note(**self._about(order, row), text=row.fields["text"])
        return {}


def moment_of(value: Any) -> datetime:
    """A moment from a field: a datetime, or its ISO text with a time zone. Raises BadFieldError."""
    try:
        found = value if isinstance(value, datetime) else parse_datetime(str(value or ""))
    except ValueError:
        found = None
    if found is None or not is_aware(found):
        raise BadFieldError("until", _("Please choose a day and a time."))
    return found
