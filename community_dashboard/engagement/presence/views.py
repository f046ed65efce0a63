"""…/learners/presence/: the team beside its learners, week by week."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.activity.rollup.queries import filled_at
from community_dashboard.engagement.presence.forms import USUAL, WeeksForm
from community_dashboard.engagement.presence.page import presence_chart
from community_dashboard.engagement.presence.weeks import presence_of
from referral_xblock.api import get_host


@course_page(Capability.LEARNERS)
@require_safe
def presence(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The weeks, by address. A period that is none of those offered: 400, with the usual one."""
    form = WeeksForm(request.GET if "weeks" in request.GET else {"weeks": USUAL})
    valid = form.is_valid()
    weeks = form.cleaned_data["weeks"] if valid else USUAL
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "learners",
        "at": "presence",
        "form": form,
        "chart": presence_chart(presence_of(visit.course_key, weeks=weeks, now=timezone.now())),
        "filled_at": filled_at(visit.course_key),
    }
    return render(request, "community_dashboard/engagement/presence.html", context, status=200 if valid else 400)
