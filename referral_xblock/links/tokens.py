"""What travels in addresses, forms and the cookie, signed: never a name, an address or a number of an account.

A *page token* stands in the invitation page and proves that a beacon or a join comes from it (24 hours). A *state* goes
with the visitor through registration and back. The *cookie* holds the first and the last click of each course.
Anything damaged or forged reads as None; the caller logs it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing

from referral_xblock.data import Telling

PAGE_SALT = "referral.page"
STATE_SALT = "referral.state"
COOKIE_SALT = "referral.cookie"
PAGE_SECONDS = 24 * 3600
COOKIE_NAME = "referral"
COOKIE_COURSES = 6  # the oldest are dropped, so that the cookie stays small
LONGEST = 4000


@dataclass(frozen=True)
class PageToken:
    """The click that drew the page, and when."""

    click_id: int
    code: str
    drawn_at: float  # seconds since 1970


@dataclass(frozen=True)
class State:
    """What a joining visitor takes along."""

    click_id: int
    tells: Telling


@dataclass(frozen=True)
class Remembered:
    """What the cookie says of one course."""

    first_click: int
    last_click: int
    tells: Telling


def _read(text: str | None, salt: str, max_age: int):
    if not text or len(text) > LONGEST:
        return None
    try:
        return signing.loads(text, salt=salt, max_age=max_age)
    except (signing.BadSignature, ValueError):
        return None


def page_token(*, click_id: int, code: str) -> str:
    """A token for the page that this click drew."""
    return signing.dumps([click_id, code], salt=PAGE_SALT, compress=True)


def read_page_token(text: str | None, code: str) -> PageToken | None:
    """The click behind a page of this very link, None if forged, damaged or older than a day."""
    value = _read(text, PAGE_SALT, PAGE_SECONDS)
    if value is None or value[1] != code:
        return None
    drawn_at = signing.b62_decode(str(text).split(":")[-2])
    return PageToken(click_id=value[0], code=value[1], drawn_at=float(drawn_at))


def state(*, click_id: int, tells: Telling) -> str:
    """A state for the address in `next=`."""
    return signing.dumps([click_id, tells.value], salt=STATE_SALT)


def read_state(text: str | None, *, window_days: int) -> State | None:
    """What the visitor took along, None if forged, damaged or older than the window."""
    value = _read(text, STATE_SALT, window_days * 86400)
    return State(click_id=value[0], tells=Telling(value[1])) if value else None


def remember(previous: str | None, *, course_key: str, click_id: int, tells: Telling, window_days: int) -> str:
    """A new cookie: the first click stays, the last is replaced, other courses are kept."""
    courses = _read(previous, COOKIE_SALT, window_days * 86400) or {}
    first = courses.pop(course_key, [click_id])[0]
    kept = dict(list(courses.items())[-(COOKIE_COURSES - 1) :])
    kept[course_key] = [first, click_id, tells.value]
    return signing.dumps(kept, salt=COOKIE_SALT, compress=True)


def read_cookie(text: str | None, *, longest_days: int = 365) -> dict[str, Remembered] | None:
    """Courses and clicks in a cookie, {} if there is none, None if it was tampered with.

    Each course's own window is applied when its clicks are attributed.
    """
    if not text:
        return {}
    value = _read(text, COOKIE_SALT, longest_days * 86400)
    if value is None:
        return None
    return {course: Remembered(first, last, Telling(tells)) for course, (first, last, tells) in value.items()}


def pressed_at(text: str | None) -> datetime | None:
    """When the button was last pressed in the browser of this cookie; None without one, or if it was tampered with."""
    if _read(text, COOKIE_SALT, 365 * 86400) is None:
        return None
    return datetime.fromtimestamp(signing.b62_decode(str(text).split(":")[-2]), UTC)


def now_seconds() -> float:
    """The clock that signing itself uses."""
    return time.time()
