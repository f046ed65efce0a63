"""What this domain holds of a person: that they changed the rules of a course."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from referral_xblock.own_data import Part, in_pages
from referral_xblock.policy.models import CoursePolicy


def own_rules(user_id: int) -> Iterator[Part]:
    """One list, one query."""
    yield Part(
        "rules_i_changed_last",
        _("The courses whose rules of invitation you were the last to change."),
        in_pages(CoursePolicy.objects.filter(changed_by_id=user_id), course="course_key", changed_at="changed_at"),
    )
