"""…/growth/review/: held invitations by inviter, the buttons that decide on them, and the log."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.referrals.review import review_page
from community_dashboard.referrals.review_forms import DecisionForm, PagesForm
from community_dashboard.referrals.review_words import done_words
from referral_xblock.api import decide_on, decide_on_group, get_host, undo_review


@course_page(Capability.GROWTH)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Shows who waits, and decides."""
    if request.method != "POST":
        return _page(request, visit)
    form = DecisionForm(request.POST, course_key=visit.course_key)
    if form.is_valid():
        try:
            decided = _decide(request, visit, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            people = form.cleaned_data["people"] if form.whole_group else len(form.journey_ids)
            return _back(visit, done=form.decision.value if decided else "nothing", people=people)
    return _page(request, visit, form=form)


def _decide(request: HttpRequest, visit: Visit, form: DecisionForm) -> int | None:
    values = form.cleaned_data
    common = {
        "actor": request.user,
        "course_key": visit.course_key,
        "decision": form.decision,
        "why": values["why"],
        "now": timezone.now(),
    }
    if form.whole_group:
        return decide_on_group(inviter_id=values["inviter"], latest=values["latest"], people=values["people"], **common)
    return decide_on(journey_ids=form.journey_ids, **common)


@course_page(Capability.GROWTH)
@require_POST
def undo(request: HttpRequest, visit: Visit, review_id: int) -> HttpResponse:
    """Takes a decision of this course back."""
    try:
        undo_review(actor=request.user, course_key=visit.course_key, review_id=review_id, now=timezone.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return _back(visit, done="undo")


def _page(request: HttpRequest, visit: Visit, *, form: DecisionForm | None = None) -> HttpResponse:
    pages = PagesForm(request.GET)
    asked = pages.cleaned_data if pages.is_valid() else {}
    page = review_page(
        visit.course_key,
        page=asked.get("page") or 1,
        before=asked.get("before") or 0,
        identity=Capability.IDENTITY in visit.may,
    )
    people = request.GET.get("people", "")
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "growth",
        "page": page,
        "wrong": [error for errors in form.errors.values() for error in errors] if form else [],
        "typed": request.POST.get("why", "")[:300] if form else "",
        "ticked": request.POST.getlist("journey") if form else [],
        "done": done_words(request.GET.get("done", ""), int(people) if people.isascii() and people.isdecimal() else 0),
    }
    return render(request, "community_dashboard/review.html", context, status=400 if form else 200)


def _back(visit: Visit, **said: object) -> HttpResponseRedirect:
    path = reverse("community_dashboard:review", args=[str(visit.course_key)])
    response = HttpResponseRedirect(f"{path}?{urlencode(said)}")
    response.status_code = 303
    return response
