"""The invitation as a mail: words in the course's language, both forms from templates, and the headers that mail programs read.

The templates stand where edx-ace looks for them, so that a theme can replace them, and are the same without it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from referral_xblock.consent.mail_tokens import unsubscribe_path
from referral_xblock.data import Course
from referral_xblock.sharing.panel import absolute, spoken

NAME = "invitation"  # of the message in edx-ace, and of the folder of its templates
APP = "referral_xblock"
UNSET = "SET-ME-PLEASE"  # what an LMS has where nobody has set an address
LONGEST_SUMMARY = 400


@dataclass(frozen=True)
class Letter:
    """A mail to nobody yet."""

    language: str
    context: dict[str, Any]  # of its templates: text, booleans and addresses only
    headers: dict[str, str]
    name: str = NAME
    user_id: int = 0  # 0: to nobody's account, so that nobody's choices about a course's mail are asked
    app: str = APP  # whose templates it is made of


def write(*, name: str, course: Course, url: str, mailbox: str) -> Letter:
    """The invitation of the learner who chose to be called `name`; `url` is the learner's link. No query.

    For a course that is not open to the public it tells no more than the invitation page does.
    """
    stop = absolute(unsubscribe_path(mailbox))
    language = language_of(course)
    postal = getattr(settings, "CONTACT_MAILING_ADDRESS", "")
    return Letter(
        language=language,
        context={
            "inviter": one_line(name),
            "platform": one_line(settings.PLATFORM_NAME),
            "course": one_line(course.title) if course.open_to_public else "",
            "summary": _summary(course) if course.open_to_public else "",
            "url": url,
            "stop_url": stop,
            "postal_address": "" if postal == UNSET else one_line(postal),
            "language": language,
            "right_to_left": language.partition("-")[0] in settings.LANGUAGES_BIDI,
            "course_ids": [],  # nobody's choice about a course's bulk mail is asked: the reader need not have an account
        },
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notices in answer
        },
    )


def language_of(course: Course) -> str:
    """The course's language where this site speaks it, else the site's own."""
    return spoken(course.language) or settings.LANGUAGE_CODE


def one_line(text: str) -> str:
    """The text without line breaks and control characters: it stands in a header. No-break spaces stay."""
    kept = (one if one.isprintable() or unicodedata.category(one) == "Zs" else " " for one in text)
    return re.sub(" +", " ", "".join(kept)).strip()


def _summary(course: Course) -> str:
    text = one_line(course.summary)
    return text if len(text) <= LONGEST_SUMMARY else text[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"


def preview(*, name: str, course: Course) -> dict[str, str]:
    """Subject and text as the invited person will read them, with dots where the personal addresses stand. No query."""
    letter = write(name=name, course=course, url="…", mailbox="")
    context = letter.context | {"stop_url": "…"}
    with translation.override(letter.language):
        subject, text = (render_to_string(template_path(part), context) for part in ("subject.txt", "body.txt"))
    return {"subject": one_line(subject), "text": text.strip(), "language": letter.language}


def template_path(part: str, name: str = NAME, app: str = APP) -> str:
    """Where edx-ace looks for this part of the message: subject.txt, body.txt, body.html, head.html or from_name.txt."""
    return f"{app}/edx_ace/{name}/email/{part}"
