"""…/moderation/health/: the figures; …/health/targets/: what they are measured by."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.form_fields import described
from community_dashboard.host.chosen import get_host as get_forum_host
from community_dashboard.moderation.clock.actions import may_change, save_hours, save_targets
from community_dashboard.moderation.clock.queries import calendar_of, targets_of
from community_dashboard.moderation.health.filters import HealthForm
from community_dashboard.moderation.health.forms import HealthSettingsForm, shown_hours
from community_dashboard.moderation.health.page import Places, health_page
from community_dashboard.moderation.health.rehearsing import rehearse_targets
from community_dashboard.moderation.queue.reach import reach_of
from referral_xblock.api import get_host


def _context(visit: Visit, **more: Any) -> dict[str, Any]:
    return {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "moderation",
        "at": "health",
    } | more


@course_page(Capability.MODERATION)
@require_safe
def health(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The figures of a period. A Group Moderator sees those of the own cohort."""
    now = timezone.now()
    host, calendar, targets = get_forum_host(), calendar_of(visit.course_key), targets_of(visit.course_key)
    reach = reach_of(request.user, visit.course_key)
    cohorts = {cohort.id: cohort.name for cohort in host.cohorts(visit.course_key)}
    if reach.sees_group is not None:
        cohorts = {number: name for number, name in cohorts.items() if number == reach.sees_group}
    places = Places({topic.id: topic.title for topic in host.topics(visit.course_key)}, cohorts)
    form = HealthForm(
        request.GET or None,
        topics=list(places.topics.items()),
        groups=list(cohorts.items()),
        today=timezone.localtime(now).date(),
    )
    valid = form.is_valid()
    described(form)
    page = None
    if valid:
        chosen = form.chosen()
        if reach.sees_group is not None:
            chosen = chosen.within(reach.sees_group)
        page = health_page(
            visit.course_key,
            chosen,
            targets=targets,
            calendar=calendar,
            moderators=host.moderators(visit.course_key),
            places=places,
            reach=reach,
            now=now,
        )
    context = _context(
        visit,
        form=form,
        page=page,
        now=now,
        hours=shown_hours(calendar),
        calendar=calendar,
        done=request.GET.get("done") == "saved",
        may_change=may_change(request.user, visit.course_key),
    )
    return render(request, "community_dashboard/moderation/health.html", context, status=200 if valid else 400)


@course_page(Capability.MODERATION)
@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Shows, tries and saves targets, hours and holidays. Who may not change them is refused."""
    if not may_change(request.user, visit.course_key):
        raise PermissionDenied
    today = targets_of(visit.course_key), calendar_of(visit.course_key)
    if request.method != "POST":
        return _form_page(request, visit, HealthSettingsForm(initial=HealthSettingsForm.initial_of(*today)))
    form, now = HealthSettingsForm(request.POST), timezone.now()
    if not form.is_valid():
        return _form_page(request, visit, form, status=400)
    if "try" in request.POST:
        proposed = form.targets, form.calendar
        tried = rehearse_targets(visit.course_key, today=today, proposed=proposed, now=now)
        return _form_page(request, visit, form, rehearsal=tried)
    save_targets(by=request.user, course_key=visit.course_key, targets=form.targets.values(), now=now)
    save_hours(by=request.user, course_key=visit.course_key, calendar=form.calendar, now=now)
    response = HttpResponseRedirect(
        reverse("community_dashboard:moderation_health", args=[str(visit.course_key)]) + "?done=saved"
    )
    response.status_code = 303
    return response


def _form_page(
    request: HttpRequest, visit: Visit, form: HealthSettingsForm, *, rehearsal: Any = None, status: int = 200
) -> HttpResponse:
    described(form)
    context = _context(visit, form=form, rehearsal=rehearsal)
    return render(request, "community_dashboard/moderation/health_targets.html", context, status=status)
