"""The door of the phone page: by the signed link of a digest, or signed in; never by one person's link as another."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import NoCourseError, RefusedError, enter
from community_dashboard.moderation.phone.links import reader_of
from referral_xblock.api import get_host

View = Callable[..., HttpResponseBase]
LINK = "as"  # the link's token, in the address and in the forms


def phone_page(view: View) -> View:
    """Turns `view(request, visit, reader, link)` into a page at `…/<str:course>/…`; `link` is "" for who is signed in."""

    @wraps(view)
    def guarded(request: HttpRequest, course: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, course, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Frame-Options"] = "DENY"
        # The address may hold a link; with "no-referrer" a browser would not say either where the form came from.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def refusal(request: HttpRequest, code: str, *, status: int) -> HttpResponse:
    """The page without anything of the course: "other" (another account's link) or "right"."""
    return render(request, "community_dashboard/moderation/phone_refused.html", {"code": code}, status=status)


def _answer(view: View, request: HttpRequest, course: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
    token = request.POST.get(LINK) or request.GET.get(LINK) or ""
    linked = reader_of(token, course, now=timezone.now()) if token else None
    if request.user.is_authenticated:
        if linked is not None and linked.id != request.user.id:
            return refusal(request, "other", status=403)
        reader, link = request.user, ""
    elif linked is not None:
        reader, link = linked, token
    else:
        return HttpResponseRedirect(get_host().sign_in_url(request.path))
    try:
        visit = enter(reader, course, Capability.MODERATION)
    except (RefusedError, NoCourseError):
        return refusal(request, "right", status=403)
    return view(request, visit, reader, link, *args, **kwargs)
