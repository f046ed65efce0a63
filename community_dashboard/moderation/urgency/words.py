"""What is told about a sign, in the reader's language. Each is the rest of a sentence: "Urgent: the time runs out, …"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SIGNS: dict[str, Promise] = {
    "distress": gettext_lazy("the author may be in distress"),
    "harm": gettext_lazy("somebody may be harmed, or private data shown"),
    "health": gettext_lazy("it speaks of somebody’s health"),
    "closes": gettext_lazy("something closes soon"),
    "hours_left": gettext_lazy("it counts in hours or minutes"),
    "needed_by": gettext_lazy("something is needed by a day"),
    "last_chance": gettext_lazy("it was the last attempt, or a mistake"),
    "graded": gettext_lazy("it is about graded work or a certificate"),
    "cannot": gettext_lazy("the author cannot go on"),
    "broken": gettext_lazy("something does not work"),
    "outage": gettext_lazy("the site may be down"),
    "locked_out": gettext_lazy("the author is locked out"),
    "lost": gettext_lazy("work or grades are gone"),
    "money": gettext_lazy("it is about money that was paid"),
    "accused": gettext_lazy("the author is accused of cheating"),
    "many": gettext_lazy("others have it too"),
    "key_wrong": gettext_lazy("right answers may be counted wrong"),
    "starts_now": gettext_lazy("it begins in a moment"),
    "asks_team": gettext_lazy("it asks what to do"),
    "plea": gettext_lazy("it asks for help at once"),
    "official": gettext_lazy("it asks for the team"),
    "shouts": gettext_lazy("it is written with excitement"),
    "learned_words": gettext_lazy("its words are like those of posts that were urgent in this course"),
    # Errors in the course.
    "contradiction": gettext_lazy("it finds a contradiction"),
    "error_named": gettext_lazy("it names a mistake"),
    "wrong_part": gettext_lazy("it calls a part of the course wrong"),
    "broken_link": gettext_lazy("a link does not work"),
    "broken_media": gettext_lazy("a video, a sound or a text to it does not work"),
    "says_but": gettext_lazy("it holds one statement against another"),
    "should_be": gettext_lazy("it says what should stand there instead"),
    "not_accepted": gettext_lazy("a right answer is not accepted"),
    "access": gettext_lazy("somebody cannot perceive a part of the course"),
    "solution_shown": gettext_lazy("a solution is shown too early"),
    "last_year": gettext_lazy("something is left over from an earlier run"),
    "please_check": gettext_lazy("it asks to check or correct"),
}


def urgency_words(code: str, facts: Mapping[str, Any]) -> str:
    """One finding of ours as a sentence. `facts["signs"]` are the codes of its signs, parted by commas."""
    if code == "marked_urgent":
        return _("A moderator said that it is urgent.")
    known = [str(SIGNS[sign]) for sign in str(facts.get("signs", "")).split(",") if sign in SIGNS]
    if code == "course_error":
        if not known:
            return _("It seems to report an error in the course.")
        return _("It seems to report an error in the course: %(signs)s.") % {"signs": ", ".join(known)}
    if not known:
        return _("It reads like posts that were urgent in this course.")
    return _("Somebody may need help soon: %(signs)s.") % {"signs": ", ".join(known)}
