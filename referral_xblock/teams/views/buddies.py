"""/community/buddies/<course>/: who learns together, and who could."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from referral_xblock.host.chosen import get_host
from referral_xblock.teams import buddies as actions
from referral_xblock.teams.door import Visit, learners_page, refusal
from referral_xblock.teams.pairs import my_buddies
from referral_xblock.teams.weeks import coming_mondays

GOAL = 5  # blocks a week, to begin with


@learners_page("buddies")
@require_safe
def buddies_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The pairs, the proposals, and a form to propose."""
    return _page(request, visit)


def _page(request: HttpRequest, visit: Visit, problem: str = "") -> HttpResponse:
    now = timezone.now()
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "mine": my_buddies(visit.user.id, visit.course_key, now=now),
        "mondays": coming_mondays(now.date()),
        "goal": request.POST.get("weekly_blocks", "")[:3] or GOAL,
        "most": actions.MOST_BLOCKS,
        "said": list(messages.get_messages(request)),
        "problem": problem,
    }
    return render(request, "referral_xblock/buddies.html", context, status=400 if problem else 200)


def _act(request: HttpRequest, visit: Visit, work: Callable[[], Any], done: str) -> HttpResponse:
    """Does what a form asks for and says how it went."""
    try:
        work()
    except ValidationError as error:
        return _page(request, visit, error.messages[0])
    except PermissionDenied:
        return refusal(request)
    messages.success(request, done)
    response = HttpResponseRedirect(reverse("referral_xblock:buddies", args=[str(visit.course_key)]))
    response.status_code = 303
    return response


@learners_page("buddies")
@require_POST
def propose(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Asks the other to learn together."""

    def work() -> None:
        actions.propose(
            user=visit.user,
            course_key=visit.course_key,
            journey_id=_whole(request.POST.get("friend", "")) or None,
            starts_on=_day(request.POST.get("starts_on", "")),
            weekly_blocks=_whole(request.POST.get("weekly_blocks", "")),
            now=timezone.now(),
        )

    return _act(request, visit, work, _("Your proposal is kept. The other sees it in the course and can agree."))


@learners_page("buddies")
@require_POST
def agree(request: HttpRequest, visit: Visit, pair: int) -> HttpResponse:
    """Says yes to a proposal."""
    return _act(
        request,
        visit,
        lambda: actions.agree(user=visit.user, course_key=visit.course_key, pair_id=pair, now=timezone.now()),
        _("You are learning together. Both of you see how far you are each week."),
    )


@learners_page("buddies")
@require_POST
def end(request: HttpRequest, visit: Visit, pair: int) -> HttpResponse:
    """Leaves, says no, or takes a proposal back."""
    return _act(
        request,
        visit,
        lambda: actions.end(user=visit.user, course_key=visit.course_key, pair_id=pair, now=timezone.now()),
        _("It is ended. Neither of you sees the other’s progress any longer."),
    )


def _whole(text: str) -> int:
    """The number that stands there, 0 for none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(_("Please choose one of the Mondays.")) from error
