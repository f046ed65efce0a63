"""A moderator says whether a post is urgent."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.moderation.intake.teaching import say_urgent
from community_dashboard.moderation.queue.errors import NotYoursError
from community_dashboard.moderation.queue.views import ref_from
from referral_xblock.api import get_host


@course_page(Capability.MODERATION)
@require_POST
def urgent(request: HttpRequest, visit: Visit, kind: str, post_id: str) -> HttpResponse:
    """Keeps the word and opens the post again."""
    try:
        there = say_urgent(
            by=request.user,
            course_key=visit.course_key,
            ref=ref_from(kind, post_id),
            urgent=request.POST.get("urgent") == "yes",
            now=timezone.now(),
        )
    except (PermissionDenied, NotYoursError):
        context = {"base_template": get_host().base_template()}
        return render(request, "community_dashboard/forbidden.html", context, status=403)
    if not there:
        raise Http404
    address = reverse("community_dashboard:moderation_item", args=[str(visit.course_key), kind, post_id])
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
