"""What this domain holds of a person: their teams, their study buddies, and what they did with teams as course staff."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from referral_xblock.own_data import Part, in_pages
from referral_xblock.teams.models import FOREVER, BuddyPair, Membership, TeamAct


def own_teams(user_id: int) -> Iterator[Part]:
    """Five lists; of the other in a pair nothing but that there is one. A query for 500 rows each."""
    members = Membership.objects.filter(user_id=user_id)
    yield Part(
        "teams_i_am_in",
        _("The teams in which you are."),
        in_pages(members.filter(until=FOREVER), course="course_key", team="team__name", since="since"),
    )
    yield Part(
        "teams_i_was_in",
        _("The teams in which you were."),
        in_pages(members.exclude(until=FOREVER), course="course_key", team="team__name", since="since", until="until"),
    )
    for name, rows in (
        ("study_buddies_who_invited_me", BuddyPair.objects.filter(friend_id=user_id)),
        ("study_buddies_whom_i_invited", BuddyPair.objects.filter(inviter_id=user_id)),
    ):
        yield Part(
            name,
            _("With whom you learn or were asked to learn; who it is, is theirs."),
            in_pages(
                rows,
                course="course_key",
                state="state",
                starts_on="starts_on",
                blocks_a_week="weekly_blocks",
                changed_at="changed_at",
            ),
        )
    yield Part(
        "what_i_did_with_teams",
        _("What you did with teams as a member of a course’s staff."),
        in_pages(TeamAct.objects.filter(actor_id=user_id), course="course_key", what="kind", at="happened_at"),
    )
