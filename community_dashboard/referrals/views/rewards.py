"""…/growth/rewards/: what was granted, waits or was taken back in this course, and the milestones by which it is earned."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.form_fields import described
from community_dashboard.referrals.rehearsing import RewardsTried, rehearse_milestones
from community_dashboard.referrals.reward_forms import (
    DecisionForm,
    RewardFilter,
    RulesForm,
    milestone_forms,
)
from community_dashboard.referrals.rewards import page_of_rewards
from referral_xblock.api import (
    approve_reward,
    exported_policy,
    get_host,
    policy_of,
    problem_of_keys,
    propose_policy,
    refuse_reward,
    revoke_reward,
    save_policy,
    settle_rewards_soon,
    undo_decision,
)

DONE = {
    "approve": _("Approved."),
    "refuse": _("Refused. The learner reads your words."),
    "revoke": _("Taken back. The learner reads your words."),
    "undo": _("Undone."),
    "milestones": _("The milestones are saved. What was earned already is granted within some minutes."),
}


def _context(visit: Visit, **more: Any) -> dict[str, Any]:
    return {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "growth",
    } | more


@course_page(Capability.GROWTH)
@require_safe
def rewards(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The list, newest first."""
    return _list(request, visit)


def _list(request: HttpRequest, visit: Visit, *, wrong: str = "", typed: dict[str, Any] | None = None) -> HttpResponse:
    form = RewardFilter(request.GET)
    valid = form.is_valid()
    described(form)
    chosen = form.cleaned_data if valid else {}
    context = _context(
        visit,
        form=form,
        page=page_of_rewards(visit.course_key, chosen, limit=settings.COMMUNITY_PAGE_SIZE) if valid else None,
        query=urlencode({name: value for name, value in chosen.items() if value}),
        done=DONE.get(request.GET.get("done", "")) if request.method != "POST" else "",
        wrong=wrong,
        typed=typed or {},
        may_settings=Capability.SETTINGS in visit.may,
    )
    return render(request, "community_dashboard/rewards.html", context, status=200 if valid and not wrong else 400)


@course_page(Capability.GROWTH)
@require_POST
def decide(request: HttpRequest, visit: Visit, reward_id: int) -> HttpResponse:
    """Approves, refuses, takes back or undoes; what cannot be done is said on the same page, with the words kept."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _list(request, visit, wrong=" ".join(error for errors in form.errors.values() for error in errors))
    act, note = form.cleaned_data["act"], form.cleaned_data["note"]
    about = {"actor": request.user, "course_key": visit.course_key, "reward_id": reward_id, "now": timezone.now()}
    try:
        if act == "approve":
            approve_reward(**about)
        elif act == "undo":
            undo_decision(**about)
        else:
            (refuse_reward if act == "refuse" else revoke_reward)(note=note, **about)
    except ValidationError as error:
        return _list(request, visit, wrong=" ".join(error.messages), typed={"id": reward_id, "note": note})
    return _back(visit, act, request)


def _back(visit: Visit, done: str, request: HttpRequest) -> HttpResponseRedirect:
    """To the list as it was filtered, which says what was done."""
    form = RewardFilter(request.GET)
    kept = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    path = reverse("community_dashboard:rewards", args=[str(visit.course_key)])
    response = HttpResponseRedirect(f"{path}?{urlencode(kept | {'done': done})}")
    response.status_code = 303
    return response


@course_page(Capability.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def milestones(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Shows and saves what can be earned. “One more” gives back all that was typed, with an empty row; “See what they would
    have done” with that, saving nothing.
    """
    policy = policy_of(visit.course_key)
    if request.method != "POST":
        return _milestones(request, visit, RulesForm.of(policy), milestone_forms(policy))
    if "add" in request.POST:
        rules = RulesForm(initial={name: request.POST.get(name, "") for name in RulesForm.base_fields})
        return _milestones(request, visit, rules, milestone_forms(policy, data=request.POST, more=1), judged=False)
    rules, rows = RulesForm(request.POST), milestone_forms(policy, data=request.POST)
    right = [form.is_valid() for form in (rules, *rows)]
    if not all(right):
        return _milestones(request, visit, rules, rows)
    kept = [row.milestone for row in rows if row.milestone is not None]
    values = exported_policy(visit.course_key) | rules.values() | {"milestones": kept}
    about = {"course_key": visit.course_key, "values": values, "actor": request.user}
    if "try" in request.POST:
        form, proposed = propose_policy(**about)
        if proposed is not None:
            tried = rehearse_milestones(visit.course_key, proposed, now=timezone.now())
            return _milestones(request, visit, rules, rows, tried=tried)
    else:
        form = save_policy(now=timezone.now(), **about)
    if not form.is_valid():
        return _milestones(request, visit, rules, rows, others=[*form.non_field_errors()] or [*form.errors.values()])
    settle_rewards_soon()
    return _back(visit, "milestones", request)


def _milestones(
    request: HttpRequest,
    visit: Visit,
    rules: RulesForm,
    rows: list[Any],
    *,
    judged: bool = True,
    others: Any = (),
    tried: RewardsTried | None = None,
) -> HttpResponse:
    forms = [rules, *rows]
    wrong = [form for form in forms if judged and form.is_bound and form.errors]
    first = True
    for form in forms:
        first = described(form, first=first) if judged else first
    context = _context(
        visit,
        rules=rules,
        rows=rows,
        row_count=len(rows),
        wrong_forms=wrong,
        others=others,
        tried=tried,
        key_problem=problem_of_keys(),
    )
    status = 400 if wrong or others else 200
    return render(request, "community_dashboard/milestones.html", context, status=status)
