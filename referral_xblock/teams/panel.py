"""What stands of teams and buddies in the block and on /community/me/: a few lines, and the way to the page."""

from __future__ import annotations

from django.template.loader import render_to_string

from referral_xblock.host.chosen import get_host
from referral_xblock.panels import Viewing
from referral_xblock.policy.queries import policy_of
from referral_xblock.teams.pairs import my_buddies
from referral_xblock.teams.queries import my_team


def draw_team(viewing: Viewing) -> str:
    """The own team, or an invitation to have one; "" where there are no teams or for who is not enrolled. Four queries."""
    if not policy_of(viewing.course_key).teams or not _is_enrolled(viewing):
        return ""
    context = {"mine": my_team(viewing.user_id, viewing.course_key), "size": policy_of(viewing.course_key).team_size}
    return render_to_string("referral_xblock/_team_panel.html", context | _place(viewing))


def draw_buddies(viewing: Viewing) -> str:
    """How both are this week, a proposal to answer, or that one may propose; "" where there is nothing of it."""
    if policy_of(viewing.course_key).buddies == "off" or not _is_enrolled(viewing):
        return ""
    mine = my_buddies(viewing.user_id, viewing.course_key, now=viewing.now)
    if not mine.pairs and not mine.askable:
        return ""
    return render_to_string("referral_xblock/_buddies_panel.html", {"mine": mine} | _place(viewing))


def _place(viewing: Viewing) -> dict[str, object]:
    return {"key": str(viewing.course_key), "in_unit": viewing.place == "unit"}


def _is_enrolled(viewing: Viewing) -> bool:
    enrolment = get_host().enrolments([viewing.user_id], viewing.course_key).get(viewing.user_id)
    return bool(enrolment and enrolment.active)
