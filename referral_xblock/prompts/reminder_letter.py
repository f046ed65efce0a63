"""The reminder as a mail, in the reader's language."""

from __future__ import annotations

from django.conf import settings

from referral_xblock.consent.mail_tokens import unsubscribe_path
from referral_xblock.consent.queries import mailboxes_of
from referral_xblock.data import Course, Person
from referral_xblock.sharing.invitation_letter import UNSET, Letter, language_of, one_line
from referral_xblock.sharing.panel import absolute, spoken

NAME = "reminder"  # of the message in edx-ace, and of the folder of its templates


def write(*, person: Person, course: Course, friends: int, language: str, days: int) -> Letter:
    """To one inviter of so many friends. `language` is the reader's, "" where nobody knows: then the course's. No query."""
    stop = absolute(unsubscribe_path(mailboxes_of(person.email)[0]))
    spoken_language = spoken(language) or language_of(course)
    postal = getattr(settings, "CONTACT_MAILING_ADDRESS", "")
    return Letter(
        name=NAME,
        user_id=person.id,
        language=spoken_language,
        context={
            "friends": friends,
            "days": days,
            "platform": one_line(settings.PLATFORM_NAME),
            "course": one_line(course.title),
            "url": absolute("/community/me/"),
            "stop_url": stop,
            "postal_address": "" if postal == UNSET else one_line(postal),
            "language": spoken_language,
            "right_to_left": spoken_language.partition("-")[0] in settings.LANGUAGES_BIDI,
            "course_ids": [course.key],  # who wants no mail of this course gets none, by the platform's own policy
        },
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notices in answer
        },
    )
