"""…/learners/trends/ and …/learners/trends/<question>/."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.engagement.choosing.forms import ChoiceForm
from community_dashboard.engagement.trends.page import FIRST, QUESTIONS, parts_of, trends_page
from referral_xblock.api import get_host


@course_page(Capability.LEARNERS)
@require_safe
def trends(request: HttpRequest, visit: Visit, question: str = FIRST) -> HttpResponse:
    """The charts of one question for the choice in the address; 400 with a sentence for a choice that cannot be."""
    if question not in QUESTIONS:
        raise Http404
    now = timezone.now()
    form = ChoiceForm(request.GET, course_key=visit.course_key, now=now)
    page = None
    if form.is_valid():
        page = trends_page(visit.course_key, form.choice(), question, reader=request.user, now=now)
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(visit.course_key),
        "here": "learners",
        "at": "trends",
        "form": form,
        "page": page,
        "question": QUESTIONS[question],
        "parts": parts_of(visit.course_key, question, form.choice().query() if page and request.GET else ""),
    }
    return render(request, "community_dashboard/engagement/trends.html", context, status=200 if page else 400)
