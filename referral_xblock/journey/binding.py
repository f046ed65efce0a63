"""From what a browser brings to an account: the cookie at registration, sign-in and enrolment, the state on the way back."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Telling
from referral_xblock.journey.actions import bind_clicks
from referral_xblock.journey.waiting import Arrival, leave
from referral_xblock.links import tokens
from referral_xblock.links.browsers import is_own_browser, marks_in
from referral_xblock.links.origin import is_driven_from_elsewhere, is_top_level_navigation
from referral_xblock.links.queries import FoundLink
from referral_xblock.policy.queries import policy_of

log = logging.getLogger(__name__)

# Somebody who signs in so soon after the button was pressed in this browser is taken for who pressed it. Later it may be
# somebody else's turn at the computer, and only an enrolment binds.
SAME_VISIT = timedelta(hours=1)


def brought(
    *, user_id: int, request: Any | None, only: CourseKey | None = None, pressed_since: datetime | None = None
) -> list[Arrival]:
    """What the cookie in this request brings to each course, for a worker to bind. No query, and never an error.

    Only if the request is the person's own: when staff enrol a learner, the request carries the cookie of staff.
    `pressed_since` asks that the button was pressed no earlier.
    """
    if request is None or getattr(request.user, "id", None) != user_id:
        return []
    text = request.COOKIES.get(tokens.COOKIE_NAME)
    courses = tokens.read_cookie(text)
    if courses is None:
        log.warning("A referral cookie was damaged or forged and is ignored.")
        return []
    if courses and pressed_since is not None:
        pressed_at = tokens.pressed_at(text)
        if pressed_at is None or pressed_at < pressed_since:
            return []
    arrivals = []
    for course, remembered in courses.items():
        course_key = _course_key(course)
        if course_key is not None and only in (None, course_key):
            clicks = tuple(dict.fromkeys((remembered.first_click, remembered.last_click)))
            arrivals.append(Arrival(course_key, clicks, remembered.tells, tuple(marks_in(request))))
    return arrivals


def bind_state(*, request: Any, link: FoundLink, now: datetime) -> int:
    """Binds the click whose state stands in the address, for a signed-in person whose address bar goes there.

    At once, because the next page says by whom one came; the journey is computed by a worker. An address can be handed to
    somebody else: what it says of showing name and stages is believed only in the browser in which the button was pressed.
    Elsewhere the day is shown, and the person may choose more at /community/me/.
    """
    if not is_top_level_navigation(request.headers) or is_driven_from_elsewhere(request.headers):
        return 0
    text = request.GET.get("s", "")
    state = tokens.read_state(text, window_days=policy_of(link.course_key).window_days)
    if state is None:
        if text:
            log.warning("A referral state was damaged, forged or too old and is ignored.")
        return 0
    remembered = (tokens.read_cookie(request.COOKIES.get(tokens.COOKIE_NAME)) or {}).get(str(link.course_key))
    pressed_here = remembered is not None and remembered.last_click == state.click_id
    bound = bind_clicks(
        user=request.user,
        course_key=link.course_key,
        click_ids=[state.click_id],
        tells=Telling.DAY if state.tells is Telling.STAGES and not pressed_here else state.tells,
        now=now,
        own_browser_of=lambda owner_id: is_own_browser(request, owner_id),
    )
    if bound:
        leave(user_id=request.user.id, courses=[link.course_key], now=now)
    return bound


def _course_key(text: str) -> CourseKey | None:
    try:
        return CourseKey.from_string(text)
    except InvalidKeyError:
        return None
