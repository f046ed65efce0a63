"""The mail to an author who was warned, silenced or banned: what, until when, why, and where to appeal."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from community_dashboard.moderation.sanctions.models import Kind, Sanction
from community_dashboard.moderation.sanctions.queries import described
from community_dashboard.moderation.sanctions.words import standing_of, warned
from referral_xblock.api import Letter, absolute, get_host, is_suppressed, one_line, post_letter, seen_course, spoken

log = logging.getLogger(__name__)

NAME = "sanction"  # of the message in edx-ace, and of the folder of its templates
APP = "community_dashboard"


def tell(*, sanction_id: int, now: datetime) -> bool:
    """Writes to the author, once at most, also with two workers; whether it was handed over. Never raises for a failed mail.

    Nobody is written to of what was taken back meanwhile, of a course that is gone, or whose mailbox wants no mail. Six queries.
    """
    row = Sanction.objects.filter(pk=sanction_id, told_at=None, lifted_at=None).select_related("user").first()
    if row is None or not settings.COMMUNITY_TELL_SANCTIONED:
        return False
    user, course = row.user, seen_course(row.course_key)
    if course is None or not user.is_active or not user.email or is_suppressed(user.email):
        return False
    language = spoken(get_host().languages([user.id]).get(user.id, "")) or spoken(course.language)
    language = language or settings.LANGUAGE_CODE
    with translation.override(language):
        what = warned() if row.kind == Kind.WARN else standing_of(described(row))
    path = reverse("community_dashboard:my_appeal", args=[str(row.course_key), row.decision_id])
    letter = Letter(
        name=NAME,
        app=APP,
        user_id=0,  # it is about the person's own standing: what they chose about a course's mail is not asked
        language=language,
        context={
            "course": one_line(course.title),
            "platform": one_line(settings.PLATFORM_NAME),
            "what": what,
            "reason": row.reason,
            "appeal_url": absolute(path),
            "language": language,
            "right_to_left": language.partition("-")[0] in settings.LANGUAGES_BIDI,
            "course_ids": [str(row.course_key)],
        },
        headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: no holiday notices in answer
    )
    with transaction.atomic(durable=True):
        if not Sanction.objects.filter(pk=row.pk, told_at=None, lifted_at=None).update(told_at=now):
            return False
    try:
        post_letter(letter, user.email)
    except Exception as error:  # whatever a mail server or a policy of the site says; its words may name the address
        log.error("The mail about a sanction could not be handed over (%s).", type(error).__name__)
        return False
    return True
