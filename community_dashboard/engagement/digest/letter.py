"""The digest as a mail in the reader's language: text and tables that mail programs show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from community_dashboard.charts.figures import Figure
from community_dashboard.engagement.digest.contents import Contents
from referral_xblock.api import Course, Letter, absolute, one_line

NAME = "weekly"  # of the message in edx-ace, and of the folder of its templates
APP = "community_dashboard"
UNSET = "SET-ME-PLEASE"  # what an LMS has where nobody has set an address


def write(*, user: Any, course: Course, contents: Contents, key: str, language: str) -> Letter:
    """To one person of the team; `key` is that of their row. No query."""
    stop = absolute(reverse("community_dashboard:stop_weekly_digest", args=[key]))
    postal = getattr(settings, "CONTACT_MAILING_ADDRESS", "")
    address = [str(course.key)]
    return Letter(
        name=NAME,
        app=APP,
        user_id=user.id,
        language=language,
        context={
            "course": one_line(course.title),
            "platform": one_line(settings.PLATFORM_NAME),
            "days": contents.days,
            "figures": [_table(figure, url) for figure, url in contents.figures],
            "overview_url": absolute(reverse("community_dashboard:overview", args=address)),
            "digest_url": absolute(reverse("community_dashboard:learner_digest", args=address)),
            "stop_url": stop,
            "postal_address": "" if postal == UNSET else one_line(postal),
            "language": language,
            "right_to_left": language.partition("-")[0] in settings.LANGUAGES_BIDI,
            "course_ids": address,
        },
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notices in answer
        },
    )


def _table(figure: Figure, url: str) -> dict[str, Any]:
    """Text and addresses only: edx-ace may write the context down."""
    return {
        "title": figure.title,
        "finding": one_line(figure.finding),
        "url": absolute(url),
        "columns": list(figure.columns),
        "rows": [
            {"name": one_line(row.name), "numbers": [number.text for number in row.numbers]} for row in figure.rows
        ],
        "note": figure.note,
    }
