"""…/growth/teams/: the teams of the course, what was done with them, and whether study buddies help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.referrals.teams import act_rows, buddy_figures, team_rows
from referral_xblock.api import (
    close_team,
    find_team,
    get_host,
    list_team_acts,
    list_teams,
    merge_teams,
    policy_of,
    rename_team,
)

DONE = {
    "renamed": _("The team has its new name."),
    "closed": _("The team is closed. Its members can join another."),
    "merged": _("The teams are one now."),
}


@course_page(Capability.GROWTH)
@require_safe
def teams(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The open teams, the oldest first, page by page; below them the log, the latest first."""
    return _page(request, visit)


def _page(request: HttpRequest, visit: Visit, problem: str = "", team_id: int = 0) -> HttpResponse:
    after, before = _whole(request.GET.get("after", "")), _whole(request.GET.get("before", ""))
    size = settings.COMMUNITY_PAGE_SIZE
    found = list_teams(visit.course_key, after=after, limit=size + 1)
    acts = list_team_acts(visit.course_key, after=before, limit=size + 1)
    policy = policy_of(visit.course_key)
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "growth",
        "policy": policy,
        "teams": team_rows(found[:size]),
        "following": found[size - 1].id if len(found) > size else 0,
        "after": after,
        "acts": act_rows(acts[:size]),
        "older": acts[size - 1].id if len(acts) > size else 0,
        "before": before,
        "buddies": buddy_figures(visit.course_key) if policy.buddies == "measure" else None,
        "done": DONE.get(request.GET.get("done", ""), "") if not problem else "",
        "problem": problem,
        "wrong_team": team_id,
    }
    return render(request, "community_dashboard/teams.html", context, status=400 if problem else 200)


def _act(request: HttpRequest, visit: Visit, team_id: int, work: Callable[[], Any], done: str) -> HttpResponse:
    try:
        work()
    except ValidationError as error:
        return _page(request, visit, error.messages[0], team_id)
    response = HttpResponseRedirect(
        reverse("community_dashboard:teams", args=[str(visit.course_key)]) + f"?done={done}"
    )
    response.status_code = 303
    return response


@course_page(Capability.GROWTH)
@require_POST
def rename(request: HttpRequest, visit: Visit, team_id: int) -> HttpResponse:
    """Another name."""

    def work() -> None:
        rename_team(
            actor=request.user,
            course_key=visit.course_key,
            team_id=team_id,
            name=request.POST.get("name", ""),
            now=timezone.now(),
        )

    return _act(request, visit, team_id, work, "renamed")


@course_page(Capability.GROWTH)
@require_POST
def close(request: HttpRequest, visit: Visit, team_id: int) -> HttpResponse:
    """Closed for good."""

    def work() -> None:
        close_team(actor=request.user, course_key=visit.course_key, team_id=team_id, now=timezone.now())

    return _act(request, visit, team_id, work, "closed")


@course_page(Capability.GROWTH)
@require_POST
def merge(request: HttpRequest, visit: Visit, team_id: int) -> HttpResponse:
    """Into the team whose code was typed."""

    def work() -> None:
        into = find_team(request.POST.get("into", ""))
        if into is None or into.course_key != visit.course_key:
            raise ValidationError(_("There is no team with this code in this course. Please check the letters."))
        merge_teams(
            actor=request.user, course_key=visit.course_key, team_id=team_id, into_id=into.id, now=timezone.now()
        )

    return _act(request, visit, team_id, work, "merged")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
