"""/community/teams/<course>/ and /community/join/<team code>/."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.policy.queries import policy_of
from referral_xblock.sharing.panel import absolute
from referral_xblock.teams.actions import create_team, join_team, leave_team
from referral_xblock.teams.door import Visit, enter, kept_apart, learners_page, refusal
from referral_xblock.teams.queries import FoundTeam, find_team, my_team, team_of


def join_path(code: str) -> str:
    """The path of the page that joins this team."""
    return reverse("referral_xblock:join_team", args=[code])


@learners_page("teams")
@require_safe
def team_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The own team, or how to have one."""
    return _team_page(request, visit)


def _team_page(request: HttpRequest, visit: Visit, **wrong: Any) -> HttpResponse:
    """`wrong`: field, the sentence about it, and what was typed there."""
    mine = my_team(visit.user.id, visit.course_key)
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "mine": mine,
        "size": policy_of(visit.course_key).team_size,
        "address": absolute(join_path(mine.team.code)) if mine else "",
        "said": list(messages.get_messages(request)),
    } | wrong
    return render(request, "referral_xblock/team.html", context, status=400 if wrong else 200)


def _back(visit: Visit) -> HttpResponse:
    return _see(reverse("referral_xblock:teams", args=[str(visit.course_key)]))


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response


@learners_page("teams")
@require_POST
def create(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A new team."""
    name = request.POST.get("name", "")
    try:
        create_team(user=visit.user, course_key=visit.course_key, name=name, now=timezone.now())
    except ValidationError as error:
        return _team_page(request, visit, wrong="name", sentence=error.messages[0], typed=name[:80])
    except PermissionDenied:
        return refusal(request)
    messages.success(request, _("The team is there. Give its code or its address to those who are to join."))
    return _back(visit)


@learners_page("teams")
@require_POST
def type_code(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The code of a team, typed: on to the page that shows the team and asks once more."""
    typed = request.POST.get("code", "")
    team = find_team(typed)
    if team is None or team.course_key != visit.course_key:
        sentence = _("There is no team with this code in this course. Please check the letters.")
        return _team_page(request, visit, wrong="code", sentence=sentence, typed=typed[:80])
    return _see(join_path(team.code))


@learners_page("teams")
@require_POST
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Out of the team."""
    if leave_team(user_id=visit.user.id, course_key=visit.course_key, now=timezone.now()):
        messages.success(request, _("You have left the team."))
    return _back(visit)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows the team and what joining shows to whom; POST joins. Nothing is said of a team to who may not join it."""
    if not request.user.is_authenticated:
        return kept_apart(_see(get_host().sign_in_url(request.path)))
    team = find_team(code)
    if team is None or not policy_of(team.course_key).teams:
        return _join_page(request, status=404)
    visit = enter(request.user, str(team.course_key))
    if visit is None or not visit.enrolled:
        return _outside(request, team)
    problem = ""
    if request.method == "POST":
        try:
            join_team(user=request.user, code=team.code, now=timezone.now())
        except ValidationError as error:
            problem = error.messages[0]
        else:
            messages.success(request, _("You are in the team."))
            return kept_apart(_back(visit))
    return _inside(request, team, visit, problem)


def _inside(request: HttpRequest, team: FoundTeam, visit: Visit, problem: str) -> HttpResponse:
    current = team_of(request.user.id, team.course_key)
    if current and current.id == team.id:
        return kept_apart(_back(visit))
    size = policy_of(team.course_key).team_size
    if not problem and not team.is_open:
        problem = _("This team is closed.")
    elif not problem and current:
        problem = _("You are in a team of this course already. Leave it first, then you can join another.")
    elif not problem and team.members >= size:
        problem = _("This team is full.")
    context = {"team": team, "visit": visit, "size": size, "problem": problem}
    return _join_page(request, status=400 if request.method == "POST" else 200, **context)


def _outside(request: HttpRequest, team: FoundTeam) -> HttpResponse:
    """To who is not in the course: of a course that is open to the public its title and the way in, of another nothing."""
    course = seen_course(team.course_key)
    is_open = course is not None and course.open_to_public
    way_in = get_host().join_url(team.course_key, request.path, signed_in=True) if is_open else ""
    return _join_page(request, status=403, course=course if is_open else None, way_in=way_in, outside=True)


def _join_page(request: HttpRequest, *, status: int, **context: Any) -> HttpResponse:
    context["base_template"] = get_host().base_template()
    return kept_apart(render(request, "referral_xblock/join_team.html", context, status=status))
