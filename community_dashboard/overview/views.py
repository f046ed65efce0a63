"""The overview."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.overview.cards import cards
from referral_xblock.api import get_host


@course_page(Capability.OVERVIEW)
@require_safe
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/community/courses/<course_key>/: what needs you now."""
    asked = list(cards(visit, reader=request.user, now=timezone.now()))
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "overview",
        "answered": [card for card in asked if card.value is not None],
        "waiting": [card for card in asked if card.value is None],
    }
    return render(request, "community_dashboard/overview.html", context)
