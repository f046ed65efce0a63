"""The author's page for an appeal, and the moderators' page of those that wait."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.decorators import course_page, own_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import RefusedError, Visit
from community_dashboard.moderation.appeals.actions import appeal, decide_appeal
from community_dashboard.moderation.appeals.forms import AppealForm, PagesForm, RulingForm
from community_dashboard.moderation.appeals.page import appeals_page
from community_dashboard.moderation.appeals.panel import told_line
from community_dashboard.moderation.appeals.queries import Told, own_decision
from community_dashboard.moderation.decisions.errors import DecisionError, NotAllowedError
from community_dashboard.moderation.queue.reach import reach_of
from referral_xblock.api import get_host, seen_course

DONE = {
    "uphold": lambda: _("Done: the decision stays. The author reads your answer."),
    "overturn": lambda: _("Done: the decision was taken back. The author reads your answer."),
    "no-way-back": lambda: _(
        "Done: the author was right, but this cannot be taken back. The author reads your answer."
    ),
}


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def my_appeal(request: HttpRequest, course: str, decision_id: int) -> HttpResponse:
    """/community/me/appeals/<course>/<decision>/: the author asks that somebody else looks at a decision."""
    course_key, told = _own(request, course, decision_id)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal(
                by=request.user,
                course_key=course_key,
                decision_id=decision_id,
                words=form.cleaned_data["words"],
                now=timezone.now(),
            )
        except NotAllowedError as error:
            raise RefusedError from error
        except DecisionError as error:
            form.add_error("words", str(error))
        else:
            return _see(reverse("community_dashboard:my_appeal", args=[course, decision_id]))
    about = seen_course(course_key)
    context = {
        "base_template": get_host().base_template(),
        "course_title": about.title if about else "",
        "one": told_line(told),
        "form": form,
        "wrong": [error for errors in form.errors.values() for error in errors],
    }
    return render(request, "community_dashboard/moderation/my_appeal.html", context, status=400 if form.errors else 200)


@course_page(Capability.MODERATION)
@require_safe
def appeals(request: HttpRequest, visit: Visit) -> HttpResponse:
    """…/moderation/appeals/: what authors ask to have looked at again."""
    return _page(request, visit)


@transaction.non_atomic_requests
@course_page(Capability.MODERATION)
@require_POST
def rule(request: HttpRequest, visit: Visit, appeal_id: int) -> HttpResponse:
    """Upholds or overturns."""
    form = RulingForm(request.POST)
    if not form.is_valid():
        wrong = [error for errors in form.errors.values() for error in errors]
        return _page(request, visit, wrong=wrong, at=appeal_id, status=400)
    overturn = form.cleaned_data["do"] == "overturn"
    try:
        ruled = decide_appeal(
            by=request.user,
            course_key=visit.course_key,
            appeal_id=appeal_id,
            overturn=overturn,
            answer=form.cleaned_data["answer"],
            now=timezone.now(),
        )
    except NotAllowedError as error:
        return _page(request, visit, wrong=[str(error)], at=appeal_id, status=403)
    except DecisionError as error:
        return _page(request, visit, wrong=[str(error)], at=appeal_id, status=409)
    done = "uphold" if ruled.state == "upheld" else "overturn" if ruled.undone else "no-way-back"
    path = reverse("community_dashboard:moderation_appeals", args=[str(visit.course_key)])
    return _see(f"{path}?{urlencode({'done': done})}")


def _page(
    request: HttpRequest, visit: Visit, *, wrong: list[str] | None = None, at: int = 0, status: int = 200
) -> HttpResponse:
    asked = PagesForm(request.GET)
    chosen: dict[str, Any] = asked.cleaned_data if asked.is_valid() else {}
    reach = reach_of(request.user, visit.course_key)
    page = appeals_page(
        visit.course_key,
        reader=request.user,
        group=reach.sees_group,
        waiting=chosen.get("show") != "decided",
        after=chosen.get("after") or 0,
        now=timezone.now(),
    )
    done = DONE.get(request.GET.get("done", ""))
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "moderation",
        "at": "appeals",
        "page": page,
        "acts": reach.acts,
        "wrong": wrong or [],
        "wrong_at": at,
        "typed": request.POST.get("answer", "")[:1000] if wrong else "",
        "done": done() if done else "",
    }
    return render(request, "community_dashboard/moderation/appeals.html", context, status=status)


def _own(request: HttpRequest, course: str, decision_id: int) -> tuple[CourseKey, Told]:
    try:
        course_key = CourseKey.from_string(course)
    except InvalidKeyError as error:
        raise RefusedError from error
    told = own_decision(request.user.id, course_key, decision_id)
    if told is None:
        raise RefusedError
    return course_key, told


def _see(path: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response
