"""…/learners/risk/: who is at risk; risk/model/: how far to believe it; risk/settings/: what dropping out means."""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.sealing import opened
from community_dashboard.access.visits import Visit
from community_dashboard.engagement.risk import queries
from community_dashboard.engagement.risk.actions import ask_to_learn, save_policy
from community_dashboard.engagement.risk.forms import ListForm, PolicyForm
from community_dashboard.engagement.risk.learning import can_learn
from community_dashboard.engagement.risk.model_page import model_page
from community_dashboard.engagement.risk.page import choices_figure, list_page
from community_dashboard.engagement.risk.policy import policy_of
from community_dashboard.engagement.risk.words import meaning
from community_dashboard.form_fields import described
from referral_xblock.api import get_host


def _context(visit: Visit, **more: Any) -> dict[str, Any]:
    return {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "learners",
        "at": "risk",
    } | more


@course_page(Capability.LEARNERS)
@require_safe
def risk(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who learned in the last seven days, the highest chance of dropping out first."""
    form = ListForm(request.GET)
    wrong, after = "", None
    if not form.is_valid():
        wrong = _("There is no such list. Here is the whole one.")
    elif form.cleaned_data["after"]:
        try:
            after = opened(form.cleaned_data["after"], visit.course_key)
        except ValueError:
            wrong = _("The list cannot go on there. Here is its beginning.")
    show = form.cleaned_data.get("show") or queries.ALL
    policy, found = policy_of(visit.course_key), queries.round_of(visit.course_key)
    page = None
    if found is not None and found.day is not None and found.within:
        size = django_settings.COMMUNITY_PAGE_SIZE
        page = list_page(visit.course_key, found, policy, show=show, after=after, size=size)
    context = _context(
        visit, page=page, found=found, show=show, first=after is None, wrong=wrong, meaning=meaning(policy)
    )
    return render(request, "community_dashboard/engagement/risk.html", context, status=400 if wrong else 200)


@course_page(Capability.LEARNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def model(request: HttpRequest, visit: Visit) -> HttpResponse:
    """How well the chances did in weeks that were not learned from. Sent as a form: learn anew."""
    if request.method == "POST":
        if Capability.SETTINGS not in visit.may:
            raise PermissionDenied
        ask_to_learn(by=request.user, course_key=visit.course_key, now=timezone.now())
        return _on_to(visit, "risk_model", "asked")
    found = queries.round_of(visit.course_key)
    context = _context(
        visit,
        page=model_page(visit.course_key, found),
        found=found,
        may_ask=Capability.SETTINGS in visit.may and can_learn(),
        done=_("The course will learn as soon as a worker is free.") if request.GET.get("done") == "asked" else "",
    )
    return render(request, "community_dashboard/engagement/risk_model.html", context)


@course_page(Capability.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Shows and saves what dropping out means."""
    policy, found = policy_of(visit.course_key), queries.round_of(visit.course_key)
    form = PolicyForm(request.POST if request.method == "POST" else None, initial=PolicyForm.initial_of(policy))
    if request.method == "POST" and form.is_valid():
        save_policy(by=request.user, course_key=visit.course_key, policy=form.policy, now=timezone.now())
        return _on_to(visit, "risk_settings", "saved")
    described(form, first=False)
    context = _context(
        visit,
        form=form,
        figure=choices_figure(found, policy) if found is not None and found.day is not None else None,
        done=_("Saved. The chances are reckoned anew as soon as a worker is free.")
        if request.GET.get("done") == "saved"
        else "",
    )
    return render(
        request, "community_dashboard/engagement/risk_settings.html", context, status=400 if form.errors else 200
    )


def _on_to(visit: Visit, name: str, done: str) -> HttpResponse:
    response = HttpResponseRedirect(
        reverse(f"community_dashboard:{name}", args=[str(visit.course_key)]) + f"?done={done}"
    )
    response.status_code = 303
    return response
