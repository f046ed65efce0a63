"""What stands of the leaderboard in the block and on /community/me/: the first five, the own place, the way to the page."""

from __future__ import annotations

from django.template.loader import render_to_string

from referral_xblock.host.chosen import get_host
from referral_xblock.leaderboard.queries import top_and_own
from referral_xblock.panels import Viewing
from referral_xblock.policy.queries import policy_of


def draw_leaderboard(viewing: Viewing) -> str:
    """Seven queries; "" where there is no leaderboard, and for who is not enrolled."""
    if not policy_of(viewing.course_key).leaderboard:
        return ""
    enrolment = get_host().enrolments([viewing.user_id], viewing.course_key).get(viewing.user_id)
    if enrolment is None or not enrolment.active:
        return ""
    rows, own = top_and_own(viewing.course_key, viewing.user_id)
    context = {"rows": rows, "own": own, "key": str(viewing.course_key), "in_unit": viewing.place == "unit"}
    return render_to_string("referral_xblock/_leaderboard_panel.html", context)
