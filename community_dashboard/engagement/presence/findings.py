"""The sentence above the weeks of the team, made from their numbers. It says no more than they do."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community_dashboard.charts.numbers import whole
from community_dashboard.engagement.presence.weeks import PresenceWeek

NAMED = 3  # weeks without a word that a sentence names


def of_presence(weeks: Sequence[PresenceWeek]) -> str:
    """How often learners could read something of the team, and in which weeks they could not."""
    if not weeks:
        return _("There are no figures of this course yet.")
    words, silent = sum(week.words for week in weeks), [week for week in weeks if week.silent]
    if not words:
        return ngettext(
            "The team wrote nothing that learners could read in this week.",
            "The team wrote nothing that learners could read in these %(weeks)s weeks.",
            len(weeks),
        ) % {"weeks": whole(len(weeks))}
    said = ngettext(
        "The team wrote to the learners %(words)s time",
        "The team wrote to the learners %(words)s times",
        words,
    ) % {"words": whole(words)}
    if not silent:
        return _("%(said)s, and did so in every week that is over.") % {"said": said}
    if len(silent) > NAMED:
        without = ngettext(
            "%(number)s of %(weeks)s weeks went by without a word",
            "%(number)s of %(weeks)s weeks went by without a word",
            len(silent),
        ) % {"number": whole(len(silent)), "weeks": whole(len(weeks))}
        last = date_format(silent[-1].monday, "DATE_FORMAT")
        return _("%(said)s; %(without)s, the last was that of %(day)s.") % {
            "said": said,
            "without": without,
            "day": last,
        }
    named = _(" and ").join(date_format(week.monday, "DATE_FORMAT") for week in silent)
    without = ngettext(
        "the week of %(days)s went by without a word", "the weeks of %(days)s went by without a word", len(silent)
    ) % {"days": named}
    return _("%(said)s; %(without)s.") % {"said": said, "without": without}
