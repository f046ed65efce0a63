"""What the course's staff do with teams: rename, close, merge. Each is in the log with who did it, and done once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Role
from referral_xblock.host.chosen import get_host
from referral_xblock.policy.queries import policy_of
from referral_xblock.signals import TEAM_CHANGED
from referral_xblock.teams.actions import checked_name
from referral_xblock.teams.models import FOREVER, Membership, Team, TeamAct


def rename_team(*, actor: Any, course_key: CourseKey, team_id: int, name: str, now: datetime) -> None:
    """Gives the team another name. PermissionDenied for who is not course staff; ValidationError in words."""
    _check_leads(actor, course_key)
    name = checked_name(name)
    with transaction.atomic():
        team = _locked(course_key, team_id)[team_id]
        if team.name != name:
            _note(team, "renamed", actor, now, was=team.name, becomes=name)
            team.name = name
            team.save(update_fields=["name"])


def close_team(*, actor: Any, course_key: CourseKey, team_id: int, now: datetime) -> None:
    """Closes the team; its members are free to join another. PermissionDenied for who is not course staff."""
    _check_leads(actor, course_key)
    with transaction.atomic():
        team = _locked(course_key, team_id)[team_id]
        if team.is_open:
            lasting = Membership.objects.filter(team=team, until=FOREVER)
            lasting.filter(since__gte=now).delete()
            lasting.update(until=now)
            _close(team)
            _note(team, "closed", actor, now, was=team.name)


def merge_teams(*, actor: Any, course_key: CourseKey, team_id: int, into_id: int, now: datetime) -> None:
    """Puts everybody who is or was in the one team into the other, with what they brought, and closes the one.

    PermissionDenied for who is not course staff. ValidationError in words if together they are too many.
    """
    _check_leads(actor, course_key)
    if team_id == into_id:
        raise ValidationError(_("Please choose another team to merge with."))
    with transaction.atomic():
        teams = _locked(course_key, team_id, into_id)
        team, into = teams[team_id], teams[into_id]
        if not team.is_open:
            return
        most = policy_of(course_key).team_size
        together = team.members + into.members
        if not into.is_open:
            raise ValidationError(_("The other team is closed."))
        if together > most:
            raise ValidationError(
                _("Together they would have %(together)d members; a team has at most %(most)d.")
                % {"together": together, "most": most}
            )
        Membership.objects.filter(team=team).update(team=into)
        Team.objects.filter(id=into.id).update(members=F("members") + team.members)
        _close(team)
        _note(team, "merged", actor, now, was=team.name, becomes=into.name)
        _tell_later(course_key, into.id)


def _check_leads(actor: Any, course_key: CourseKey) -> None:
    if Role.COURSE_STAFF not in get_host().roles(actor, course_key):
        raise PermissionDenied


def _locked(course_key: CourseKey, *team_ids: int) -> dict[int, Team]:
    """These teams of this course, locked in the order of their numbers; ValidationError if one is not there."""
    rows = Team.objects.select_for_update().filter(course_key=course_key, id__in=team_ids).order_by("id")
    found = {row.id: row for row in rows}
    if len(found) < len(set(team_ids)):
        raise ValidationError(_("This team is not in this course."))
    return found


def _close(team: Team) -> None:
    Team.objects.filter(id=team.id).update(is_open=False, members=0)
    _tell_later(team.course_key, team.id)


def _tell_later(course_key: CourseKey, team_id: int) -> None:
    transaction.on_commit(
        lambda: TEAM_CHANGED.send_robust(sender=None, course_key=course_key, team_ids=frozenset({team_id})), robust=True
    )


def _note(team: Team, kind: str, actor: Any, now: datetime, *, was: str, becomes: str = "") -> None:
    TeamAct.objects.create(
        course_key=team.course_key, team=team, kind=kind, actor=actor, happened_at=now, was=was, now=becomes
    )
