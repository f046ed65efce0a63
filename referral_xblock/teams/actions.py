"""What a learner does with teams: create, join, leave. Each may come twice and is done once."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from referral_xblock.consent.names import LONGEST, problem_with, tidy
from referral_xblock.host.chosen import get_host
from referral_xblock.links.codes import new_code
from referral_xblock.policy.queries import policy_of
from referral_xblock.signals import TEAM_CHANGED
from referral_xblock.teams.models import FOREVER, Membership, Team
from referral_xblock.teams.queries import FoundTeam, find_team, team_of

ATTEMPTS = 5
ITS_OWN_WORD = re.compile(r"\b(teams?|[ée]quipes?)\b", re.IGNORECASE)
THE_COURSES = re.compile(
    r"\b(courses?|cours|moocs?|teaching|p[ée]dagogique|learning|platform|plateforme)\b", re.IGNORECASE
)


def create_team(*, user: Any, course_key: CourseKey, name: str, now: datetime) -> str:
    """A team of this name with this person in it; returns its code. ValidationError in words for a name that cannot be
    had and for who is in a team already; PermissionDenied for who is not enrolled, or where there are no teams."""
    check_takes_part(user, course_key)
    name = checked_name(name)
    current = team_of(user.id, course_key)
    if current and current.name == name:
        return current.code
    if current:
        raise ValidationError(_already())
    for _attempt in range(ATTEMPTS):
        code = new_code()
        try:
            with transaction.atomic():
                team = Team.objects.create(course_key=course_key, code=code, name=name, created_at=now, members=1)
                Membership.objects.create(user=user, course_key=course_key, team=team, since=now)
        except IntegrityError:
            meanwhile = _locked_team_of(user.id, course_key)
            if meanwhile:
                return meanwhile.code
        else:
            return code
    raise RuntimeError("No free code for a team was found.")


def join_team(*, user: Any, code: str, now: datetime) -> FoundTeam:
    """Puts the person into the team of this code. ValidationError in words where that cannot be; PermissionDenied for who
    is not enrolled in its course, or where there are no teams. The size limit holds whoever comes at the same moment."""
    team = find_team(code)
    if team is None:
        raise ValidationError(_("There is no team with this code. Please check the letters."))
    check_takes_part(user, team.course_key)
    current = team_of(user.id, team.course_key)
    if current is None:
        try:
            with transaction.atomic():
                free = Team.objects.filter(
                    id=team.id, is_open=True, members__lt=policy_of(team.course_key).team_size
                ).update(members=F("members") + 1)
                if not free:
                    raise ValidationError(_no_place(team))
                Membership.objects.create(user=user, course_key=team.course_key, team_id=team.id, since=now)
        except IntegrityError:
            current = _locked_team_of(user.id, team.course_key)
    if current and current.id != team.id:
        raise ValidationError(_already())
    return team


def leave_team(*, user_id: int, course_key: CourseKey, now: datetime) -> bool:
    """Ends the person's membership; who is last closes the team. False if they are in none."""
    with transaction.atomic():
        return any(_end(row, now) for row in _lasting(user_id, course_key))


def check_takes_part(user: Any, course_key: CourseKey) -> None:
    """PermissionDenied unless the course has teams and the person is enrolled in it. As many queries as the host needs."""
    enrolment = get_host().enrolment(user, course_key) if policy_of(course_key).teams else None
    if enrolment is None or not enrolment.active:
        raise PermissionDenied


def checked_name(name: str) -> str:
    """The name, tidied; ValidationError in words if a team cannot be called so."""
    name = tidy(name)
    problem = _problem_with(name) if name else "empty"
    sentences = {
        "empty": _("Please give the team a name."),
        "too_long": _("Please choose a name of at most %(longest)d characters.") % {"longest": LONGEST},
        "address": _("A name cannot hold an address. Please use words only."),
        "staff": _("This name could be taken for the course team. Please choose another."),
    }
    if problem:
        raise ValidationError(sentences[problem])
    return name


def _problem_with(name: str) -> str:
    """The rule of shown names, but a team may call itself one, unless it then speaks of the course or its teaching."""
    rest = ITS_OWN_WORD.sub(" ", name)
    if rest != name and not THE_COURSES.search(rest):
        return "too_long" if len(name) > LONGEST else problem_with(rest)
    return problem_with(name)


def _already() -> str:
    return _("You are in a team of this course already. Leave it first, then you can join another.")


def _no_place(team: FoundTeam) -> str:
    full = Team.objects.filter(id=team.id, is_open=True).exists()
    return _("This team is full.") if full else _("This team is closed.")


def _locked_team_of(user_id: int, course_key: CourseKey) -> FoundTeam | None:
    """The team in which another request has put the person just now: only a locking read sees it on MySQL."""
    with transaction.atomic():
        for row in _lasting(user_id, course_key):
            return FoundTeam(**{name: getattr(row.team, name) for name in FoundTeam.__dataclass_fields__})
    return None


def _lasting(user_id: int, course_key: CourseKey) -> list[Membership]:
    rows = Membership.objects.select_for_update().filter(user_id=user_id, course_key=course_key, until=FOREVER)
    return list(rows.select_related("team"))


def _end(row: Membership, now: datetime) -> bool:
    if row.since >= now:
        row.delete()  # nothing can have counted in no time
    else:
        row.until = now
        row.save(update_fields=["until"])
    Team.objects.filter(id=row.team_id).update(members=F("members") - 1)
    Team.objects.filter(id=row.team_id, members=0).update(is_open=False)
    transaction.on_commit(lambda: _tell(row), robust=True)
    return True


def _tell(row: Membership) -> None:
    TEAM_CHANGED.send_robust(sender=None, course_key=row.course_key, team_ids=frozenset({row.team_id}))
