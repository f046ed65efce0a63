"""Decisions in words: for the log that the team reads, and for the author whom they are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.logbook import Logged
from community_dashboard.moderation.decisions.masks import OVERWRITTEN
from community_dashboard.moderation.decisions.why_hidden import WORDS

# What was done, as the log names it.
DONE: dict[str, Promise] = {
    Choice.APPROVE: pgettext_lazy("in the log", "Approved"),
    Choice.HOLD: pgettext_lazy("in the log", "Held"),
    Choice.HIDE: pgettext_lazy("in the log", "Hidden"),
    Choice.RESTORE: pgettext_lazy("in the log", "Restored"),
    Choice.EDIT: pgettext_lazy("in the log", "Edited"),
    Choice.CLOSE: pgettext_lazy("in the log", "Closed"),
    Choice.REOPEN: pgettext_lazy("in the log", "Opened again"),
    Choice.ENDORSE: pgettext_lazy("in the log", "Accepted as answer"),
    Choice.UNENDORSE: pgettext_lazy("in the log", "No longer the accepted answer"),
    Choice.PIN: pgettext_lazy("in the log", "Pinned"),
    Choice.UNPIN: pgettext_lazy("in the log", "Unpinned"),
    Choice.MOVE: pgettext_lazy("in the log", "Moved"),
    Choice.REPLY: pgettext_lazy("in the log", "Answered"),
    Choice.DELETE: pgettext_lazy("in the log", "Deleted"),
    Choice.WARN: pgettext_lazy("in the log", "Author warned"),
    Choice.SILENCE: pgettext_lazy("in the log", "Author silenced"),
    Choice.BAN: pgettext_lazy("in the log", "Author banned from the forum"),
    Choice.LIFT: pgettext_lazy("in the log", "Silence or ban lifted"),
    Choice.NOTE: pgettext_lazy("in the log", "Note on the author"),
    Choice.ASSIGN: pgettext_lazy("in the log", "Assigned"),
    Choice.SNOOZE: pgettext_lazy("in the log", "Snoozed"),
}

# The same, told to the author.
TOLD: dict[str, Promise] = {
    Choice.APPROVE: gettext_lazy("Your post was looked at and is shown again."),
    Choice.HOLD: gettext_lazy("Your post waits for a moderator. Until then other learners do not see its text."),
    Choice.HIDE: gettext_lazy("Your post was hidden. Other learners do not see its text."),
    Choice.RESTORE: gettext_lazy("Your post is shown again."),
    Choice.EDIT: gettext_lazy("A moderator changed the text of your post."),
    Choice.CLOSE: gettext_lazy("Your thread was closed to further answers."),
    Choice.REOPEN: gettext_lazy("Your thread is open to answers again."),
    Choice.MOVE: gettext_lazy("Your thread was moved to another topic."),
    Choice.DELETE: gettext_lazy("Your post was deleted."),
    Choice.WARN: gettext_lazy("A moderator warned you."),
    Choice.SILENCE: gettext_lazy(
        "A moderator silenced you: for a time you cannot post in the discussions of the course."
    ),
    Choice.BAN: gettext_lazy("You were banned from posting in the discussions of the course."),
    Choice.LIFT: gettext_lazy("You may post in the discussions of the course again."),
}

# The two sides of a state: as it is without, and with.
_SIDES: dict[str, tuple[Promise, Promise]] = {
    "closed": (
        pgettext_lazy("state of a post in the log", "open"),
        pgettext_lazy("state of a post in the log", "closed"),
    ),
    "pinned": (
        pgettext_lazy("state of a post in the log", "not pinned"),
        pgettext_lazy("state of a post in the log", "pinned"),
    ),
    "endorsed": (
        pgettext_lazy("state of a post in the log", "not accepted"),
        pgettext_lazy("state of a post in the log", "accepted answer"),
    ),
    "masked": (
        pgettext_lazy("state of a post in the log", "text shown"),
        pgettext_lazy("state of a post in the log", "text hidden"),
    ),
}


def reason_words(one: Logged) -> str:
    """Why, in words: the name of a code of the forum, or what the moderator wrote; "" if nothing is known. No query."""
    codes = {Choice.EDIT: get_host().edit_reasons, Choice.CLOSE: get_host().close_reasons}
    names: Mapping[str, str] = codes[Choice(one.choice)]() if one.choice in codes else {}
    if one.reason in names:
        return names[one.reason]
    if one.reason in WORDS:
        return str(WORDS[one.reason])
    if one.automatic and one.reason == OVERWRITTEN:
        return _("It was written over a masked text.")
    if one.automatic:
        return _("A rule of the course found it suspect.")
    return one.reason


def change_words(one: Logged, topics: Mapping[str, str]) -> str:
    """What was before and what after, of that which differs; "" if nothing is told. `topics` are names by id."""
    after = {name: one.fields[name] for name in ("until",) if name in one.fields} | dict(one.after)
    parts = [words for name in after if (words := _change(name, one.before.get(name), after[name], topics))]
    return " · ".join(parts)


def _change(name: str, before: Any, after: Any, topics: Mapping[str, str]) -> str:
    if name == "masked" and before is None:
        before = not after if after else None  # what hides says nothing of before: the text was shown
    if name in _SIDES and before is not None and bool(before) != bool(after):
        sides = _SIDES[name]
        return _("%(before)s → %(after)s") % {"before": sides[bool(before)], "after": sides[bool(after)]}
    if name == "until" and after:
        moment = parse_datetime(str(after))
        return (
            _("until %(moment)s") % {"moment": date_format(localtime(moment), "SHORT_DATETIME_FORMAT")}
            if moment
            else ""
        )
    if name == "topic_id" and before != after:
        told = {
            "before": topics.get(str(before), str(before or "–")),
            "after": topics.get(str(after), str(after or "–")),
        }
        return _("%(before)s → %(after)s") % told
    return ""
