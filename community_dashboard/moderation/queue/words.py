"""The queue in words: reasons, parts of a score, who looks at what. Made where they are shown, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.shield.sentences import finding_words as shield_words
from community_dashboard.moderation.urgency.words import urgency_words

Told = Mapping[str, Any]

REASONS: dict[Reason, Promise] = {
    Reason.REPORTED: pgettext_lazy("why a post is in the queue", "reported"),
    Reason.HELD: pgettext_lazy("why a post is in the queue", "held"),
    Reason.WATCHED: pgettext_lazy("why a post is in the queue", "watched word"),
    Reason.SUSPECT: pgettext_lazy("why a post is in the queue", "suspect"),
    Reason.IMPERSONATION: pgettext_lazy("why a post is in the queue", "name like staff"),
    Reason.FIRST_POST: pgettext_lazy("why a post is in the queue", "first post"),
    Reason.URGENT: pgettext_lazy("why a post is in the queue", "urgent"),
    Reason.UNANSWERED: pgettext_lazy("why a post is in the queue", "unanswered"),
    Reason.EDITED: pgettext_lazy("why a post is in the queue", "edited after a decision"),
    Reason.COURSE_ERROR: pgettext_lazy("why a post is in the queue", "error in the course"),
}

# What a finding says where its source has no sentence of its own.
FINDINGS: dict[Reason, Promise] = {
    Reason.REPORTED: gettext_lazy("Learners reported it."),
    Reason.HELD: gettext_lazy("A rule holds it: learners do not see it until somebody looks."),
    Reason.WATCHED: gettext_lazy("It has a word that this course watches."),
    Reason.SUSPECT: gettext_lazy("A rule finds it suspect."),
    Reason.IMPERSONATION: gettext_lazy("The author’s name looks like that of the course’s staff."),
    Reason.FIRST_POST: gettext_lazy("It is the first post of this author."),
    Reason.URGENT: gettext_lazy("Somebody may need help soon."),
    Reason.UNANSWERED: gettext_lazy("The question waits longer than the course’s target."),
    Reason.EDITED: gettext_lazy("Its author changed it after it had been approved."),
    Reason.COURSE_ERROR: gettext_lazy("It seems to report an error in the course."),
}

_OVER_A_MASK = gettext_lazy("Its author wrote a new text over a masked one.")
# A text over our sentence, by what could be done about it.
OVERWRITTEN: dict[str, tuple[Promise, ...]] = {
    "overwritten": (_OVER_A_MASK,),
    "overwritten.held": (gettext_lazy("The new text is masked too: learners do not see it until somebody looks."),),
    "overwritten.no_account": (
        _OVER_A_MASK,
        gettext_lazy("It would be held, but this site names no account that may do it."),
    ),
    "overwritten.refused": (
        _OVER_A_MASK,
        gettext_lazy("It should be held, but the forum or the role of the acting account did not allow it."),
    ),
    "overwritten.others": (gettext_lazy("Somebody wrote a new text over a masked one."),),
}


def finding_words(reason: Reason, code: str, facts: Told) -> str:
    """One finding as a sentence: that of its source where it has one."""
    if reason is Reason.REPORTED and facts.get("reports"):
        return _reports(facts)
    if code in OVERWRITTEN:
        return " ".join(str(sentence) for sentence in OVERWRITTEN[code])
    if reason in (Reason.URGENT, Reason.COURSE_ERROR):
        return urgency_words(code, facts) or str(FINDINGS[reason])
    return shield_words(code, facts) or str(FINDINGS[reason])


def part_words(name: str, code: str, facts: Told) -> str:
    """One part of a score as a sentence. `facts` as the score wrote them."""
    if name == "finding":
        told = {key: value for key, value in facts.items() if key != "reason"}
        return finding_words(Reason(facts["reason"]), code, told)
    return PARTS[code](facts)


def points_words(points: float) -> str:
    """ "+12", "−3": with a sign, as the reader's language writes figures."""
    rounded = round(points)
    return f"{'−' if rounded < 0 else '+'}{number_format(abs(rounded))}"


def since_words(since: datetime, now: datetime) -> str:
    """ "2 hours": how long ago, in the largest unit alone."""
    return timesince(since, now, depth=1)


def claim_words(name: str, since: datetime, now: datetime) -> str:
    """ "Bo has been looking at this for 2 minutes." """
    if (now - since).total_seconds() < 60:
        return _("%(name)s has just opened this.") % {"name": name}
    return _("%(name)s has been looking at this for %(time)s.") % {"name": name, "time": since_words(since, now)}


def _reports(facts: Told) -> str:
    return ngettext("%(reports)s learner reported it.", "%(reports)s learners reported it.", int(facts["reports"])) % {
        "reports": number_format(facts["reports"])
    }


def _reports_with_record(facts: Told) -> str:
    sentence = ngettext(
        "%(judged)s of their earlier reports was looked at; moderators agreed with %(agreed)s.",
        "%(judged)s of their earlier reports were looked at; moderators agreed with %(agreed)s.",
        int(facts["judged"]),
    )
    told = {"judged": number_format(facts["judged"]), "agreed": number_format(facts["agreed"])}
    return f"{_reports(facts)} {sentence % told}"


def _author_trouble(facts: Told) -> str:
    return ngettext(
        "Of the author’s %(posts)s posts, %(judged)s was looked at before and %(wrong)s found wrong.",
        "Of the author’s %(posts)s posts, %(judged)s were looked at before and %(wrong)s found wrong.",
        int(facts["judged"]),
    ) % {name: number_format(facts[name]) for name in ("posts", "judged", "wrong")}


def _author_quiet(facts: Told) -> str:
    return ngettext(
        "The author wrote %(posts)s post in this course; none was found wrong.",
        "The author wrote %(posts)s posts in this course; none was found wrong.",
        int(facts["posts"]),
    ) % {"posts": number_format(facts["posts"])}


def _reach(facts: Told) -> str:
    return ngettext(
        "%(answers)s answer stands below it.", "%(answers)s answers stand below it.", int(facts["answers"])
    ) % {"answers": number_format(facts["answers"])}


def _age(facts: Told) -> str:
    return ngettext("It has waited for %(hours)s hour.", "It has waited for %(hours)s hours.", int(facts["hours"])) % {
        "hours": number_format(facts["hours"])
    }


PARTS: dict[str, Callable[[Told], str]] = {
    "reports": _reports,
    "reports_with_record": _reports_with_record,
    "author_trouble": _author_trouble,
    "author_quiet": _author_quiet,
    "reach": _reach,
    "pinned": lambda facts: _("It stands at the top of the forum."),
    "age": _age,
}

# What each key of `keys.DEFAULTS` does.
KEYS: dict[str, Promise] = {
    "next": gettext_lazy("Next post"),
    "previous": gettext_lazy("Post before"),
    "approve": gettext_lazy("Approve the post"),
    "hide": gettext_lazy("Hide the post"),
    "restore": gettext_lazy("Show it again"),
    "endorse": gettext_lazy("Mark as the answer"),
    "close": gettext_lazy("Close the thread"),
    "pin": gettext_lazy("Pin the thread"),
    "reply": gettext_lazy("Answer"),
    "edit": gettext_lazy("Edit the text"),
    "move": gettext_lazy("Move to another topic"),
    "silence": gettext_lazy("Silence the author"),
    "warn": gettext_lazy("Warn the author"),
    "snooze": gettext_lazy("Look again later"),
    "assign": gettext_lazy("Assign to somebody"),
    "note": gettext_lazy("Note on the author"),
    "undo": gettext_lazy("Undo the last decision"),
    "help": gettext_lazy("List of the keys"),
}
