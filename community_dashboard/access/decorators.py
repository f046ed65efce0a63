"""The door of a page: sign in, be allowed, and nothing of it stays in a cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import NoCourseError, RefusedError, enter
from referral_xblock.api import get_host

View = Callable[..., HttpResponseBase]


def course_page(capability: Capability) -> Callable[[View], View]:
    """Turns `view(request, visit, …)` into a page at `…/<str:course>/…` for those who have this capability.

    Not signed in: to the sign-in page, also from a part of a page that htmx asked for. Without right: 403, the same whether or
    not the course exists.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, course: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                response: HttpResponseBase = _to_sign_in(request)
            else:
                try:
                    visit = enter(request.user, course, capability)
                except RefusedError:
                    response = _refusal(request)
                except NoCourseError as error:
                    raise Http404 from error
                else:
                    response = view(request, visit, *args, **kwargs)
            return _kept_close(response)

        return guarded

    return decorate


def own_page(view: View) -> View:
    """Turns `view(request, …)` into a page of the person who is signed in; it raises RefusedError for what is not theirs.

    Not signed in: to the sign-in page.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            response: HttpResponseBase = _to_sign_in(request)
        else:
            try:
                response = view(request, *args, **kwargs)
            except RefusedError:
                response = _refusal(request, own=True)
        return _kept_close(response)

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """htmx would follow a redirect and put the sign-in page in the place of a part of the page: it is told to leave the page."""
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(get_host().sign_in_url(_way_back(request)))
    sign_in = get_host().sign_in_url(_page_around(request))
    return HttpResponse(status=401, headers={"HX-Redirect": sign_in, "WWW-Authenticate": "Session"})


def _kept_close(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    # Some sites allow their own pages to be framed; one whose buttons act on a course is not.
    response["X-Frame-Options"] = "DENY"
    return response


def _way_back(request: HttpRequest) -> str:
    """The page itself; for a form that was sent, the page it stands on is asked for again by its reader."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else request.path


def _page_around(request: HttpRequest) -> str:
    """The page on which htmx asked, if it is of this site and says so; else as for any request."""
    page = request.headers.get("HX-Current-URL", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return _way_back(request)
    parts = urlsplit(page)
    path = urlunsplit(("", "", parts.path, parts.query, ""))
    # Two slashes, or a slash the wrong way round, at its beginning would lead to another site.
    return path if url_has_allowed_host_and_scheme(path, None) else _way_back(request)


def _refusal(request: HttpRequest, *, own: bool = False) -> HttpResponse:
    context = {"base_template": get_host().base_template(), "own": own}
    return render(request, "community_dashboard/forbidden.html", context, status=403)
