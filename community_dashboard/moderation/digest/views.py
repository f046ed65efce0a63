"""/community/digest/<key>/: who gets the digest stops it, or wants it again, without signing in.

Reading changes nothing. One POST stops, from whoever holds the link: mail programs send it without cookies (RFC 8058).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from community_dashboard.moderation.digest.actions import allow, stop, stopped


@csrf_exempt  # the key is the right to do it; a mail program has no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request: HttpRequest, key: str) -> HttpResponse:
    """One button; pressing it, or the mail program's own, stops the digest. Idempotent. Two queries."""
    if request.method == "POST":
        if request.POST.get("mail") == "allow":
            allow(key=key)
        else:
            stop(key=key, now=timezone.now())
    state = stopped(key)
    context = {"stopped": state, "done": request.method == "POST"}
    template = "community_dashboard/moderation/digest_stop.html"
    response = render(request, template, context, status=404 if state is None else 200)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
