"""Where a request comes from, by what browsers say of it. Plain Python over a mapping of header names to values.

Sec-Fetch-* headers cannot be set by a page's script. Where a browser does not send them (plain http outside loopback,
Safari before 16.4) `Origin`, `Accept` and the time spent on the page stand in.
"""

from __future__ import annotations

from collections.abc import Mapping

READING_SECONDS = 2.0  # nobody reads an invitation and presses its button faster; a form-submitting scanner does


def is_same_origin(headers: Mapping[str, str], *, own_origin: str) -> bool:
    """Whether a page of this very site sent the request. `own_origin` is like https://lms.example."""
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return headers.get("Origin") == own_origin


def was_pressed(headers: Mapping[str, str], *, seconds_on_page: float) -> bool:
    """Whether a person pressed the button: a script that submits the form has no user activation."""
    if "Sec-Fetch-Mode" in headers:
        return headers["Sec-Fetch-Mode"] == "navigate" and headers.get("Sec-Fetch-User") == "?1"
    return seconds_on_page >= READING_SECONDS


def is_top_level_navigation(headers: Mapping[str, str]) -> bool:
    """Whether the address bar goes there: no picture, no frame, no script, no prefetch."""
    if "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", "")):
        return False
    if "Sec-Fetch-Mode" in headers:
        return headers["Sec-Fetch-Mode"] == "navigate" and headers.get("Sec-Fetch-Dest", "document") == "document"
    return "text/html" in headers.get("Accept", "")


def is_driven_from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Whether another site's script sent the browser here without anybody having pressed anything."""
    return headers.get("Sec-Fetch-Site") == "cross-site" and headers.get("Sec-Fetch-User") != "?1"
