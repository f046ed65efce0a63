"""/community/leaderboard/<course>/: the people and the teams, the own place, and whether to appear."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from referral_xblock.consent.queries import shown_name
from referral_xblock.host.chosen import get_host
from referral_xblock.leaderboard import actions
from referral_xblock.leaderboard.queries import board, team_board
from referral_xblock.policy.queries import policy_of
from referral_xblock.teams.door import Visit, learners_page, refusal


@learners_page("leaderboard")
@require_safe
def leaderboard(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A page of twenty. About twenty queries whatever the size of the course."""
    return _page(request, visit)


def _page(request: HttpRequest, visit: Visit, **wrong: Any) -> HttpResponse:
    """`wrong`: the sentence, and what was typed."""
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 1
    people = board(visit.course_key, visit.user.id, number=number)
    policy = policy_of(visit.course_key)
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "board": people,
        "teams": team_board(visit.course_key, visit.user.id) if policy.teams and number == 1 else None,
        "policy": policy,
        "said": list(messages.get_messages(request)),
    }
    if visit.enrolled:
        context |= {"first_name": actions.first_name(visit.user), "chosen_name": shown_name(visit.user.id)}
        kind = people.own.kind or ("chosen" if context["chosen_name"] else "pseudonym")
        context["kind"] = wrong.get("kind") or kind
        context["pseudonym"] = people.own.shown_as if people.own.kind == "pseudonym" else ""
    return render(request, "referral_xblock/leaderboard.html", context | wrong, status=400 if wrong else 200)


def _back(visit: Visit) -> HttpResponse:
    response = HttpResponseRedirect(reverse("referral_xblock:leaderboard", args=[str(visit.course_key)]))
    response.status_code = 303
    return response


@learners_page("leaderboard")
@require_POST
def appear(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Under which name to appear."""
    kind, pseudonym = request.POST.get("kind", ""), request.POST.get("pseudonym", "")
    try:
        name = actions.appear(
            user=visit.user, course_key=visit.course_key, kind=kind, pseudonym=pseudonym, now=timezone.now()
        )
    except ValidationError as error:
        chosen = kind if kind in actions.KINDS else "pseudonym"
        return _page(request, visit, sentence=error.messages[0], kind=chosen, pseudonym=pseudonym[:80])
    except PermissionDenied:
        return refusal(request)
    messages.success(request, _("You appear as “%(name)s” as soon as you have points.") % {"name": name})
    return _back(visit)


@learners_page("leaderboard")
@require_POST
def disappear(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Not to appear any longer."""
    actions.disappear(user=visit.user, course_key=visit.course_key)
    messages.success(request, _("You no longer appear. You still see your own points and place."))
    return _back(visit)
