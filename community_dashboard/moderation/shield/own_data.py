"""What the shield holds of a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.moderation.shield.models import ShieldRules
from referral_xblock.api import OwnDataPart, in_pages


def own_rules(user_id: int) -> Iterator[OwnDataPart]:
    """The courses whose rules this person changed last. A query for 500 rows."""
    yield OwnDataPart(
        "moderation_rules",
        _("Courses whose rules against spam you changed last."),
        in_pages(ShieldRules.objects.filter(changed_by_id=user_id), course="course_key", at="changed_at"),
    )
