"""What is kept of a person about dropping out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.engagement.risk.models import RiskPolicy, RiskReading
from referral_xblock.api import OwnDataPart, in_pages


def own_risks(user_id: int) -> Iterator[OwnDataPart]:
    """Two lists. A query for 500 rows of each."""
    yield OwnDataPart(
        "chances_of_dropping_out",
        _(
            "How likely it is, by reckoning, that you drop out of a course, in thousandths, now and a week before, and from "
            "which figures of your learning it follows. Only the course’s team sees it; nothing is decided by it."
        ),
        in_pages(
            RiskReading.objects.filter(person=user_id),
            course="course_key",
            day="day",
            chance="chance",
            a_week_before="before",
            reasons="reasons",
        ),
    )
    yield OwnDataPart(
        "risk_settings_i_changed_last",
        _("Courses in which you last chose what dropping out means."),
        in_pages(RiskPolicy.objects.filter(changed_by_id=user_id), course="course_key", what="means", at="changed_at"),
    )
