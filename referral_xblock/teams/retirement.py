"""What is left of a retired person here: that somebody was in a team for a while, so that its points stay right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from referral_xblock.teams.actions import leave_team
from referral_xblock.teams.buddies import drop_pairs
from referral_xblock.teams.models import BuddyPair, Membership, Team, TeamAct

SHORTEST = 3  # letters of a part of a name that are looked for in a team's


def courses_of(user_id: int) -> set[CourseKey]:
    """The courses in which the person was in a team, had a buddy, or acted on teams. Four queries."""
    return {
        key
        for rows in (
            Membership.objects.filter(user_id=user_id),
            BuddyPair.objects.filter(friend_id=user_id),
            BuddyPair.objects.filter(inviter_id=user_id),
            TeamAct.objects.filter(actor_id=user_id),
        )
        for key in rows.values_list("course_key", flat=True).distinct()
    }


def move(user_id: int, course_key: CourseKey, *, stub_id: int, names: Iterable[str], now: datetime) -> None:
    """Ends what lasts, moves what was to the stub, and takes away the names of teams that hold a part of the person's own.

    `names` are all by which the person is known. About ten statements, and one for each such name; reads the names of the
    course's teams.
    """
    leave_team(user_id=user_id, course_key=course_key, now=now)
    drop_pairs(user_id=user_id, course_key=course_key)
    own = list(
        Membership.objects.filter(user_id=user_id, course_key=course_key).values_list("team_id", flat=True).distinct()
    )
    Membership.objects.filter(user_id=user_id, course_key=course_key).update(user_id=stub_id)
    TeamAct.objects.filter(actor_id=user_id, course_key=course_key).update(actor=None)
    Team.objects.filter(id__in=own, is_open=False).update(
        name=""
    )  # a text of which this person may have been the author
    TeamAct.objects.filter(team_id__in=own, team__is_open=False).update(was="", now="")
    parts = _parts(names)
    for team_id, name in list(Team.objects.filter(course_key=course_key).exclude(name="").values_list("id", "name")):
        if _holds(name, parts):
            Team.objects.filter(id=team_id).update(name="")
    for act in list(TeamAct.objects.filter(course_key=course_key)):
        if _holds(act.was, parts) or _holds(act.now, parts):
            TeamAct.objects.filter(id=act.id).update(was="", now="")


def _parts(names: Iterable[str]) -> set[str]:
    parts = (part for name in names for part in re.split(r"[\W_]+", name.partition("@")[0].casefold()))
    return {part for part in parts if len(part) >= SHORTEST}


def _holds(text: str, parts: set[str]) -> bool:
    return any(part in text.casefold() for part in parts)
