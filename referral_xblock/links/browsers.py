"""The browser behind a request: a visitor for a day, and whether it is an inviter's own."""

from __future__ import annotations

import ipaddress
import secrets
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from referral_xblock.host.secret import hash_secret
from referral_xblock.links.visitors import HASH_LENGTH, MARK_NAME, browser_mark, visitor_hash

MARK_SECONDS = 90 * 86400


def visitor_of(request: HttpRequest, now: datetime) -> str:
    """The visitor's daily keyed hash. The address is used for it and forgotten.

    On loopback everybody has the same address (a demo, or a proxy that does not say whom it speaks for): there, every
    visit is a visitor of its own, because counting all of them as one would be the greater error.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if _tells_nobody_apart(address):
        return secrets.token_hex(HASH_LENGTH // 2)
    agent = request.headers.get("User-Agent", "")
    return visitor_hash(address=address, user_agent=agent, now=now, secret=hash_secret())


def _tells_nobody_apart(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return True


def mark_browser(response: HttpResponse, *, user_id: int, secure: bool) -> HttpResponse:
    """Leaves the inviter's mark in their own browser, so that a second account made there is looked at by a person.

    The response may be Django's or WebOb's.
    """
    mark = browser_mark(user_id, secret=hash_secret())
    response.set_cookie(MARK_NAME, mark, max_age=MARK_SECONDS, httponly=True, samesite="Lax", secure=secure)
    return response
