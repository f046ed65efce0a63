"""What teams, study buddies and the leaderboard hold of a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from referral_xblock.leaderboard.models import Appearance, Standing
from referral_xblock.own_data import Part, in_pages
from referral_xblock.teams.own_data import own_teams


def own_learning_together(user_id: int) -> Iterator[Part]:
    """Seven lists. A query for 500 rows each."""
    yield from own_teams(user_id)
    yield Part(
        "points",
        _("Your points for friends who learn, in each course with a leaderboard."),
        in_pages(Standing.objects.filter(user_id=user_id), course="course_key", points="points", listed="shown"),
    )
    yield Part(
        "appearing_on_leaderboards",
        _("Where you chose to appear on a leaderboard, and under which name."),
        in_pages(Appearance.objects.filter(user_id=user_id), course="course_key", name="shown_as", since="changed_at"),
    )
