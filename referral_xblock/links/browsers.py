"""The browser behind a request: a visitor for a day, and whether it is an inviter's own."""

from __future__ import annotations

import ipaddress
import secrets
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest

from referral_xblock.host.secret import hash_secret
from referral_xblock.links.visitors import HASH_LENGTH, MARK_NAME, browser_mark, visitor_hash

MARK_SECONDS = 90 * 86400
MOST_MARKS = 4


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


def comes_from(request: HttpRequest, networks: tuple[str, ...]) -> bool:
    """Whether the request's address lies in one of these networks (CIDR). The address is asked and forgotten."""
    if not networks:
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in _read_networks(networks))


@lru_cache(maxsize=1000)
def _read_networks(networks: tuple[str, ...]) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(name) for name in networks)


def mark_browser(response: Any, request: HttpRequest | None, *, user_id: int, secure: bool) -> Any:
    """Leaves the inviter's mark in their own browser, so that a second account made there is looked at by a person.

    The last few marks stay, so that a second account does not wipe the first. The response may be Django's or WebOb's.
    """
    mark = browser_mark(user_id, secret=hash_secret())
    others = [known for known in marks_in(request) if known != mark] if request else []
    value = ".".join([mark, *others][:MOST_MARKS])
    response.set_cookie(MARK_NAME, value, max_age=MARK_SECONDS, httponly=True, samesite="Lax", secure=secure)
    return response


def is_own_browser(request: HttpRequest, user_id: int) -> bool:
    """Whether that inviter is signed in here, or used their invitations in this browser."""
    return request.user.id == user_id or browser_mark(user_id, secret=hash_secret()) in marks_in(request)


def marks_in(request: HttpRequest) -> list[str]:
    """The marks of the inviters whose own browser this is, as it brings them: anybody can write anything there."""
    return request.COOKIES.get(MARK_NAME, "")[:400].split(".")[:MOST_MARKS]
