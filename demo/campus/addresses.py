"""Where people may be sent: only to addresses on this host, and through enrolment where that was the wish."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def local_path(address: str | None, otherwise: str = "/") -> str:
    """The address if it is a path on this host, else the other one. A full address, even of this host, is not a path."""
    if address and address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return otherwise


def wish_of(asked: Mapping[str, str]) -> dict[str, str]:
    """The part of a query that must survive sign-in: the course, what to do there, and where to go afterwards."""
    kept = {name: asked.get(name, "") for name in ("course_id", "enrollment_action", "next")}
    kept["next"] = local_path(kept["next"], "")
    return {name: value for name, value in kept.items() if value}


def path_after_sign_in(wish: Mapping[str, str]) -> str:
    """The path that fulfils a wish: enrolment first if it was asked for, else straight to `next`, else the front page."""
    if wish.get("course_id") and wish.get("enrollment_action") == "enroll":
        return f"{reverse('campus:finish_auth')}?{urlencode(wish_of(wish))}"
    return local_path(wish.get("next"))


def with_wish(name: str, wish: Mapping[str, str], *arguments: str) -> str:
    """The address of one of our sign-in pages with the wish in its query."""
    address, query = reverse(name, args=arguments), urlencode(wish_of(wish))
    return f"{address}?{query}" if query else address


def is_a_persons_navigation(request: HttpRequest) -> bool:
    """False if the browser says that a picture, a frame or a script asked. Old browsers say nothing and are believed."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    destination = request.headers.get("Sec-Fetch-Dest", "document")
    return mode == "navigate" and destination == "document"
