"""The shield in words, made in the reader's language: what each rule looks for, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community_dashboard.moderation.shield.rules import Mode, Sign

NAMES: dict[Sign, Promise] = {
    Sign.SHORTENER: gettext_lazy("Shortened links"),
    Sign.CONTACT: gettext_lazy("Contact outside the forum"),
    Sign.HOSTED_PAGE: gettext_lazy("Pages that anybody can put up"),
    Sign.LINK: gettext_lazy("Links to little-known places"),
    Sign.BARE_LINK: gettext_lazy("Hardly anything but a link"),
    Sign.QR_PICTURE: gettext_lazy("QR codes and pictures without words"),
    Sign.LINK_BUILDING: gettext_lazy("Praise with a link"),
    Sign.TRADE: gettext_lazy("Selling, lending, winning, cheating"),
    Sign.SPEAKS_FOR_TEAM: gettext_lazy("Speaks for the course’s team"),
    Sign.PRESSURE: gettext_lazy("Pressure"),
    Sign.DISGUISE: gettext_lazy("Disguised letters and addresses"),
    Sign.SAME_TEXT: gettext_lazy("The same text in many threads"),
    Sign.STAFF_NAME: gettext_lazy("A name like that of the team"),
    Sign.AUTHOR_BURST: gettext_lazy("Many posts of one author"),
    Sign.INSTANT_REPLY: gettext_lazy("Answers within seconds"),
    Sign.NEW_AUTHOR: gettext_lazy("New authors"),
    Sign.ALERT: gettext_lazy("The course is under attack"),
}
MEANINGS: dict[Sign, Promise] = {
    Sign.SHORTENER: gettext_lazy("An address such as bit.ly that hides where it leads."),
    Sign.CONTACT: gettext_lazy(
        "The reader is to write to somebody on a messenger or by mail, or to join a group there. Study groups do it too."
    ),
    Sign.HOSTED_PAGE: gettext_lazy("Shared documents, forms, free web pages. Learners share them for group work too."),
    Sign.LINK: gettext_lazy(
        "No source that many courses use; more points for endings that are mostly bought for spam."
    ),
    Sign.BARE_LINK: gettext_lazy("An address with fewer than 20 letters around it."),
    Sign.QR_PICTURE: gettext_lazy(
        "A picture that says it is a code to be scanned; fewer points for any picture from elsewhere without words."
    ),
    Sign.LINK_BUILDING: gettext_lazy("Praise that would fit any post, followed by a link."),
    Sign.TRADE: gettext_lazy("Money, loans, betting, bought certificates, answers to exams."),
    Sign.SPEAKS_FOR_TEAM: gettext_lazy("Tells the reader in the name of support, staff or moderators what to do."),
    Sign.PRESSURE: gettext_lazy("An account to be verified, a certificate that waits, access that will be lost."),
    Sign.DISGUISE: gettext_lazy("Letters of other alphabets, words spelt with gaps, addresses broken up."),
    Sign.SAME_TEXT: gettext_lazy("The same words within a day, whatever the link or number in them."),
    Sign.STAFF_NAME: gettext_lazy(
        "The author’s name has a role in it, or is that of somebody of the team; most points for both together."
    ),
    Sign.AUTHOR_BURST: gettext_lazy("Many posts within the hour."),
    Sign.INSTANT_REPLY: gettext_lazy("An answer within ten seconds of a new thread."),
    Sign.NEW_AUTHOR: gettext_lazy(
        "An account younger than three days, or nothing in the course yet that has stood for a day."
    ),
    Sign.ALERT: gettext_lazy("Many posts were held within the hour: weaker signs are then enough."),
}
POINTS: dict[Sign, str] = {
    Sign.SHORTENER: "45", Sign.CONTACT: "25–40", Sign.HOSTED_PAGE: "25", Sign.LINK: "10–25", Sign.BARE_LINK: "20",
    Sign.QR_PICTURE: "20–50", Sign.LINK_BUILDING: "45", Sign.TRADE: "40", Sign.SPEAKS_FOR_TEAM: "30", Sign.PRESSURE: "25",
    Sign.DISGUISE: "40", Sign.SAME_TEXT: "45", Sign.STAFF_NAME: "30–60", Sign.AUTHOR_BURST: "30", Sign.INSTANT_REPLY: "30",
    Sign.NEW_AUTHOR: "15", Sign.ALERT: "10",
}  # fmt: skip
MODES: dict[Mode, Promise] = {
    Mode.HOLD: gettext_lazy("counts towards holding"),
    Mode.FLAG: gettext_lazy("only shown to moderators"),
    Mode.OFF: gettext_lazy("off"),
}


def finding_words(code: str, facts: Mapping[str, Any]) -> str:
    """What the shield found, by the code of its finding; "" for a code that is not the shield's."""
    if code == "shield.staff_name":
        return _("The author’s name, %(name)s, looks like that of the course’s team.") % {"name": facts.get("name", "")}
    if code == "shield.watched":
        return _("It has words that this course watches: %(words)s.") % {"words": facts.get("words", "")}
    if not code.startswith(("shield.", "sanction.")):
        return ""
    if code.startswith("sanction."):
        said = _("Its author may not post at present.")
    else:
        said = _("The rules see in it: %(signs)s.") % {"signs": _listed(str(facts.get("signs", "")))}
    if code.endswith(".no_account"):
        return f"{said} " + _("It would be held, but this site names no account that may do it.")
    if code.endswith(".refused"):
        return f"{said} " + _("It should be held, but the forum or the role of the acting account did not allow it.")
    return f"{said} " + _("Learners do not read it until somebody looks.") if code.endswith(".held") else said


def _listed(signs: str) -> str:
    known = {sign.value: str(name) for sign, name in NAMES.items()}
    return ", ".join(known[sign] for sign in signs.split(",") if sign in known)
