"""…/learners/digest/: the next digest as it stands, and its switches; /community/digest/weekly/<key>/: who gets it stops it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from community_dashboard.access.decorators import course_page
from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.engagement.digest import actions
from community_dashboard.engagement.digest.contents import contents_for
from community_dashboard.engagement.digest.errors import NotAllowedError
from community_dashboard.engagement.digest.queries import (
    count_waiting,
    is_on,
    readers_of,
    stopped,
    stopped_by,
    switched,
)
from referral_xblock.api import get_host

# What the buttons send.
MINE, COURSE = {"stop": False, "want": True}, {"off": False, "on": True}


@course_page(Capability.LEARNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def learner_digest(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Shows what the digest would tell now; its switches for the reader and for the course."""
    now, course_key = timezone.now(), visit.course_key
    if request.method == "POST":
        mine, course = request.POST.get("mine"), request.POST.get("course")
        try:
            if mine in MINE:
                actions.want(by=request.user, course_key=course_key, wanted=MINE[mine], now=now)
            elif course in COURSE:
                actions.switch(by=request.user, course_key=course_key, on=COURSE[course], now=now)
        except NotAllowedError as error:
            raise PermissionDenied from error
        address = reverse("community_dashboard:learner_digest", args=[str(course_key)])
        response = HttpResponseRedirect(f"{address}?done=saved")
        response.status_code = 303
        return response
    context = {
        "base_template": get_host().base_template(),
        "visit": visit,
        "key": str(course_key),
        "here": "learners",
        "at": "digest",
        "contents": contents_for(request.user, course_key, now=now),
        "next_at": actions.due_at(now) + timedelta(days=7),
        "sent_here": bool(settings.COMMUNITY_WEEKLY_MINUTES),
        "on": is_on(course_key),
        "switched": switched(course_key),
        "gets_it": request.user.id in readers_of(course_key),
        "stopped": stopped_by(request.user.id, course_key),
        "readers": count_waiting(course_key),
        "done": _("That is saved.") if request.GET.get("done") == "saved" else "",
    }
    return render(request, "community_dashboard/engagement/digest.html", context)


@csrf_exempt  # the key is the right to do it; a mail program has no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def stop_weekly_digest(request: HttpRequest, digest_key: str) -> HttpResponse:
    """One button, without signing in; pressing it, or the mail program's own, stops the digest. Idempotent. Two queries."""
    if request.method == "POST":
        if request.POST.get("mail") == "allow":
            actions.allow(key=digest_key)
        else:
            actions.stop(key=digest_key, now=timezone.now())
    state = stopped(digest_key)
    context = {"stopped": state, "done": request.method == "POST"}
    template = "community_dashboard/engagement/digest_stop.html"
    response = render(request, template, context, status=404 if state is None else 200)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
