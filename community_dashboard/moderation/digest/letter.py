"""The digest as a mail in the reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from community_dashboard.moderation.digest.contents import Contents, Line
from community_dashboard.moderation.phone.links import phone_path
from referral_xblock.api import Course, Letter, absolute, one_line

NAME = "digest"  # of the message in edx-ace, and of the folder of its templates
APP = "community_dashboard"
UNSET = "SET-ME-PLEASE"  # what an LMS has where nobody has set an address


def write(
    *, user: Any, course: Course, contents: Contents, key: str, language: str, zone: str, now: datetime
) -> Letter:
    """To one moderator; `key` is that of their row. No query."""
    course_key = course.key
    stop = absolute(reverse("community_dashboard:stop_digest", args=[key]))
    postal = getattr(settings, "CONTACT_MAILING_ADDRESS", "")
    return Letter(
        name=NAME,
        app=APP,
        user_id=user.id,
        language=language,
        context={
            "course": one_line(course.title),
            "platform": one_line(settings.PLATFORM_NAME),
            "waiting": contents.waiting,
            "mine": contents.mine,
            "unanswered": contents.unanswered,
            "past": contents.past,
            "soon": contents.soon,
            "first": [_line(line, course_key, zone) for line in contents.first],
            "own": [_line(line, course_key, zone) for line in contents.own],
            "phone_url": absolute(phone_path(user, course_key, now=now)),
            "queue_url": absolute(reverse("community_dashboard:moderation", args=[str(course_key)])),
            "health_url": absolute(reverse("community_dashboard:moderation_health", args=[str(course_key)])),
            "stop_url": stop,
            "postal_address": "" if postal == UNSET else one_line(postal),
            "language": language,
            "right_to_left": language.partition("-")[0] in settings.LANGUAGES_BIDI,
            "course_ids": [str(course_key)],
        },
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notices in answer
        },
    )


def _line(line: Line, course_key: Any, zone: str) -> dict[str, Any]:
    """Text and addresses only: edx-ace may write the context down."""
    path = reverse("community_dashboard:moderation_item", args=[str(course_key), line.kind, line.post_id])
    return {
        "title": one_line(line.title),
        "why": one_line(line.why),
        "since": line.since.astimezone(ZoneInfo(zone)),
        "url": absolute(path),
    }
