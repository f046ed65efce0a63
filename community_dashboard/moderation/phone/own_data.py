"""What the phone page keeps of a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community_dashboard.moderation.phone.models import Tap
from referral_xblock.api import OwnDataPart, in_pages


def own_taps(user_id: int) -> Iterator[OwnDataPart]:
    """One list. A query for 500 rows."""
    yield OwnDataPart(
        "my_taps",
        _("When you pressed a button of the moderators’ phone page in the last days."),
        in_pages(Tap.objects.filter(user_id=user_id), at="tapped_at", what="said"),
    )
