"""Teams, what was done with them, and what study buddies do, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.referrals.figures import whole
from referral_xblock.api import Person, TeamAct, TeamRow, get_host, measure_buddies


@dataclass(frozen=True)
class ShownTeam:
    """One team with the names of its members."""

    id: int
    code: str
    name: str
    members: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True)
class ShownAct:
    """One line of the log."""

    what: str
    who: str
    happened_at: datetime


@dataclass(frozen=True)
class BuddyFigures:
    """The two groups, and the finding in a sentence."""

    finding: str
    rows: tuple[tuple[str, str, str, str], ...]  # group, people, completed, share


def team_rows(teams: Sequence[TeamRow]) -> list[ShownTeam]:
    """With names for the course's staff. One query of the host for 500 people."""
    people = _people([user_id for team in teams for user_id in team.user_ids])
    return [
        ShownTeam(team.id, team.code, team.name, tuple(_name(one, people) for one in team.user_ids), team.created_at)
        for team in teams
    ]


def act_rows(acts: Sequence[TeamAct]) -> list[ShownAct]:
    """Who did what. One query of the host."""
    people = _people([act.actor_id for act in acts if act.actor_id is not None])
    words = {
        "renamed": _("“%(was)s” (%(code)s) was renamed “%(now)s”"),
        "closed": _("“%(was)s” (%(code)s) was closed"),
        "merged": _("“%(was)s” (%(code)s) was merged into “%(now)s”"),
    }
    return [
        ShownAct(
            words[act.kind] % {"was": act.was or _("A team"), "now": act.now or _("A team"), "code": act.code},
            _name(act.actor_id, people) if act.actor_id is not None else _("An account that is gone"),
            act.happened_at,
        )
        for act in acts
    ]


def buddy_figures(course_key: CourseKey) -> BuddyFigures:
    """What being offered a study buddy does for completing. One query over the credited friends."""
    measured = measure_buddies(course_key)
    rows = (
        (_("Offered a buddy"), *_group(measured.offered, measured.offered_completed)),
        (_("Not offered"), *_group(measured.others, measured.others_completed)),
    )
    estimate = measured.difference
    if estimate is None:
        return BuddyFigures(_("Too few have completed the course to say anything yet."), rows)
    ends = {"low": _points(estimate.low), "high": _points(estimate.high), "value": _points(estimate.value)}
    if estimate.low > 0:
        finding = _(
            "More of those who were offered a buddy completed: %(value)s points of a hundred more (95 %%: %(low)s to %(high)s)."
        )
    elif estimate.high < 0:
        finding = _(
            "Fewer of those who were offered a buddy completed: %(value)s points of a hundred (95 %%: %(low)s to %(high)s)."
        )
    else:
        finding = _("No difference can be seen yet: %(value)s points of a hundred (95 %%: %(low)s to %(high)s).")
    return BuddyFigures(finding % ends, rows)


def _group(people: int, completed: int) -> tuple[str, str, str]:
    share = _("%(share)s %%") % {"share": number_format(100 * completed / people, 1)} if people else "–"
    return whole(people), whole(completed), share


def _points(share: float) -> str:
    return number_format(100 * share, 1, force_grouping=True).replace("-", "−")


def _people(user_ids: list[int]) -> dict[int, Person]:
    return get_host().people(sorted(set(user_ids))) if user_ids else {}


def _name(user_id: int | None, people: dict[int, Person]) -> str:
    person = people.get(user_id) if user_id is not None else None
    if person is None:
        return _("An account that is gone")
    return person.name if person.name == person.username else f"{person.name} ({person.username})"
