"""What can be decided about an open post, as buttons and forms: each choice with what it needs besides being chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.authority import HELPERS_LONGEST_SILENCE
from community_dashboard.moderation.decisions.kept_replies import canned_replies
from community_dashboard.moderation.decisions.models import CannedReply
from community_dashboard.moderation.decisions.standing import moderators_of
from community_dashboard.moderation.queue.desk import Desk, names_of
from community_dashboard.moderation.queue.filters import DONE

SILENCE_DAYS = (1, 3, 7, 14, 30)
SNOOZE_HOURS = (4, 24, 72, 168)
# In the order of the page: what is decided most often first.
ORDER = (
    Choice.APPROVE,
    Choice.HIDE,
    Choice.RESTORE,
    Choice.ENDORSE,
    Choice.UNENDORSE,
    Choice.REPLY,
    Choice.EDIT,
    Choice.PIN,
    Choice.UNPIN,
    Choice.CLOSE,
    Choice.REOPEN,
    Choice.MOVE,
    Choice.DELETE,
    Choice.WARN,
    Choice.SILENCE,
    Choice.LIFT,
    Choice.BAN,
    Choice.NOTE,
    Choice.SNOOZE,
    Choice.ASSIGN,
)


FIRST = frozenset({Choice.APPROVE, Choice.HIDE, Choice.RESTORE, Choice.ENDORSE})
ABOUT_AUTHOR = frozenset({Choice.WARN, Choice.SILENCE, Choice.BAN, Choice.LIFT, Choice.NOTE})
ABOUT_WORK = frozenset({Choice.SNOOZE, Choice.ASSIGN})


@dataclass(frozen=True)
class Field:
    """One thing that a choice asks. `kind` is "text", "line", "options", "day" or "tick"."""

    name: str
    label: str
    kind: str
    value: str = ""
    options: Sequence[tuple[str, str]] = ()
    hint: str = ""


@dataclass(frozen=True)
class Ask:
    """One choice: the words on its button, and its fields."""

    choice: str
    words: str
    fields: tuple[Field, ...] = ()
    last: bool = False  # cannot be undone

    @property
    def group(self) -> str:
        """Where it stands: "first" among the buttons, then what is about the "post", its "author", or the "work"."""
        if self.choice in FIRST and not self.fields:
            return "first"
        return "author" if self.choice in ABOUT_AUTHOR else "work" if self.choice in ABOUT_WORK else "post"

    @property
    def quick(self) -> bool:
        """Whether what stands in its fields at first will often do."""
        return self.choice in (Choice.SNOOZE, Choice.ASSIGN)


def asks_of(
    desk: Desk,
    item: Any,
    may: Sequence[Choice],
    *,
    text: Any,
    topics: Mapping[str, str],
    language: str,
    sanctioned: bool,
) -> list[Ask]:
    """What this reader may decide now. Four queries for colleagues and their names, one for canned replies."""
    allowed = set(may) - {Choice.HOLD}
    if item.pk is None:  # nobody has to look at it: there is nothing to put off or to hand on
        allowed -= {Choice.ASSIGN, Choice.SNOOZE}
    if not sanctioned:
        allowed.discard(Choice.LIFT)
    if text is None:  # without a text in view nothing is decided about it
        allowed &= {Choice.ASSIGN, Choice.SNOOZE, Choice.NOTE}
    elif text.masked:  # of what is held, somebody says that it stays hidden; of what was decided, not again
        allowed.discard(Choice.HIDE if item.state == DONE else Choice.RESTORE)
    masked = bool(text and text.masked)
    asks = [
        Ask(
            choice.value,
            _words(choice, masked=masked),
            _fields(choice, desk, item, text, topics, language),
            choice is Choice.DELETE,
        )
        for choice in ORDER
        if choice in allowed
    ]
    if Choice.HIDE in allowed:
        why = Field("reason", _("Why"), "text", hint=_("The author reads this."))
        asks.append(Ask(Choice.HIDE.value, _("Hide, and say why"), (why,)))
    return asks


def _words(choice: Choice, *, masked: bool) -> str:
    if masked and choice in (Choice.APPROVE, Choice.HIDE):
        return _("Approve and show the post") if choice is Choice.APPROVE else _("Keep it hidden")
    return {
        Choice.APPROVE: _("Approve the post"),
        Choice.HIDE: _("Hide the post"),
        Choice.RESTORE: _("Show it again"),
        Choice.ENDORSE: _("Mark as the answer"),
        Choice.UNENDORSE: _("No longer the answer"),
        Choice.REOPEN: _("Open the thread again"),
        Choice.PIN: _("Pin the thread"),
        Choice.UNPIN: _("Unpin the thread"),
        Choice.REPLY: _("Answer"),
        Choice.EDIT: _("Edit the text"),
        Choice.CLOSE: _("Close the thread"),
        Choice.MOVE: _("Move to another topic"),
        Choice.SNOOZE: _("Look again later"),
        Choice.ASSIGN: _("Assign to somebody"),
        Choice.WARN: _("Warn the author"),
        Choice.SILENCE: _("Silence the author"),
        Choice.BAN: _("Ban the author"),
        Choice.LIFT: _("Let the author post again"),
        Choice.NOTE: _("Note on the author"),
        Choice.DELETE: _("Delete the post"),
    }[choice]


def _fields(
    choice: Choice, desk: Desk, item: Any, text: Any, topics: Mapping[str, str], language: str
) -> tuple[Field, ...]:
    read_by_author = _("The author reads this.")
    if choice is Choice.REPLY:
        replies = reply_options(canned_replies(desk.course_key), language)
        kept = [("", pgettext("a kept reply", "none")), *replies]
        body = Field("body", _("Your answer"), "text", hint=_("It appears in the forum under your name."))
        return (
            (Field("canned", _("Kept reply"), "options", options=kept, hint=_("Its words come before yours.")), body)
            if replies
            else (body,)
        )
    if choice is Choice.EDIT:
        title = (Field("title", _("Title"), "line", text.title),) if item.kind == "thread" else ()
        reasons = Field("reason", _("Reason"), "options", options=list(get_host().edit_reasons().items()))
        return (*title, Field("body", _("Text"), "text", text.body), reasons)
    if choice is Choice.CLOSE:
        return (Field("reason", _("Reason"), "options", options=list(get_host().close_reasons().items())),)
    if choice is Choice.MOVE:
        return (Field("topic_id", _("Topic"), "options", item.topic_id, list(topics.items())),)
    if choice is Choice.SNOOZE:
        return (
            Field("hours", _("Until"), "options", options=[(str(hours), _in_hours(hours)) for hours in SNOOZE_HOURS]),
        )
    if choice is Choice.ASSIGN:
        people = {*moderators_of(desk.course_key), desk.reader.id}
        names = names_of(people | ({item.assigned_to_id} if item.assigned_to_id else set()))
        others = sorted((name, number) for number, name in names.items() if number != desk.reader.id)
        options = [(str(desk.reader.id), _("me")), *((str(number), name) for name, number in others), ("", _("nobody"))]
        return (Field("to", _("To"), "options", str(item.assigned_to_id or desk.reader.id), options),)
    if choice is Choice.WARN:
        return (Field("reason", _("What you say to the author"), "text", hint=read_by_author),)
    if choice is Choice.SILENCE:
        most = HELPERS_LONGEST_SILENCE.days
        helpers = ngettext(
            "Community TAs and group moderators: %(days)s day at most.",
            "Community TAs and group moderators: %(days)s days at most.",
            most,
        ) % {"days": most}
        lengths = [(str(one), _days(one)) for one in SILENCE_DAYS]
        return (
            Field("days", pgettext("a silence", "For"), "options", options=lengths, hint=helpers),
            Field("until_day", _("or until the end of"), "day", hint=_("A day here counts, whatever is chosen above.")),
            Field("reason", _("Why"), "text", hint=read_by_author),
        )
    if choice is Choice.BAN:
        return (Field("reason", _("Why"), "text", hint=read_by_author),)
    if choice is Choice.NOTE:
        hint = _("For the team. The author finds it in the file of their own data.")
        return (Field("text", _("Note"), "text", hint=hint),)
    if choice is Choice.DELETE:
        hint = _("All answers below it go with it, and nothing brings them back. Hiding can be undone.")
        why = Field("reason", _("Why"), "text", hint=read_by_author)
        return (
            why,
            Field("sure", _("Yes, delete it for ever"), "tick", "yes", hint=hint),
        )
    return ()


def reply_options(replies: Iterable[CannedReply], language: str) -> list[tuple[str, str]]:
    """The number and the words of each to choose from, those in this language first."""
    ordered = sorted(replies, key=lambda reply: _spoken(reply) != language)
    return [(str(reply.pk), _called(reply, language)) for reply in ordered]


def _called(reply: CannedReply, language: str) -> str:
    """The abbreviation stands first: typed in the list, it leads to the reply."""
    named = f"{reply.shortcut} · {reply.title}" if reply.shortcut else reply.title
    return named if language in ("", _spoken(reply)) else f"{named} ({reply.language})"


def _spoken(reply: CannedReply) -> str:
    """Posts are in a language, not in one of a country."""
    return reply.language.partition("-")[0]


def _in_hours(hours: int) -> str:
    if hours % 24 == 0:
        days = hours // 24
        return ngettext("tomorrow at this time", "in %(days)s days", days) % {"days": days}
    return ngettext("in an hour", "in %(hours)s hours", hours) % {"hours": hours}


def _days(number: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", number) % {"days": number}
