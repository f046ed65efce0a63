"""From what a browser brings along to an account: the cookie at registration and enrolment, the state on the way back."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Telling
from referral_xblock.host.tolerance import never_in_the_way
from referral_xblock.journey.actions import bind_clicks, recompute_on_commit
from referral_xblock.journey.queries import courses_touched
from referral_xblock.links import tokens
from referral_xblock.links.browsers import is_own_browser
from referral_xblock.links.origin import is_driven_from_elsewhere, is_top_level_navigation
from referral_xblock.links.queries import FoundLink
from referral_xblock.policy.queries import policy_of

log = logging.getLogger(__name__)


def bind_cookie(*, user_id: int, request: Any | None, now: datetime, only: CourseKey | None = None) -> int:
    """Binds the clicks in this request's cookie; returns how many were new.

    Only if the request is the person's own: when staff enrol a learner, the request carries the cookie of staff.
    """
    if request is None or getattr(request.user, "id", None) != user_id:
        return 0
    text = request.COOKIES.get(tokens.COOKIE_NAME)
    courses = tokens.read_cookie(text)
    if courses is None:
        log.warning("A referral cookie was damaged or forged and is ignored.")
        return 0
    bound = 0
    for course, remembered in courses.items():
        course_key = _course_key(course)
        if course_key is not None and only in (None, course_key):
            bound += bind_clicks(
                user=request.user,
                course_key=course_key,
                click_ids=[remembered.first_click, remembered.last_click],
                tells=remembered.tells,
                now=now,
                own_browser_of=lambda owner_id: is_own_browser(request, owner_id),
            )
    return bound


def bind_after_commit(*, user_id: int, request: Any | None, now: datetime, only: CourseKey | None = None) -> None:
    """The same once the platform's own transaction has committed, in one of ours.

    Links are shared rows: were they locked inside the platform's transaction, a deadlock could undo an enrolment.
    """

    def work() -> None:
        with never_in_the_way("Binding clicks"):
            bind_cookie(user_id=user_id, request=request, now=now, only=only)

    transaction.on_commit(work)


def bind_state(*, request: Any, link: FoundLink, now: datetime) -> int:
    """Binds the click whose state stands in the address, for a signed-in person whose address bar goes there.

    An address can be handed to somebody else: what it says of showing name and stages is believed only in the browser in
    which the button was pressed. Elsewhere the day is shown, and the person may choose more at /community/me/.
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
    return bind_clicks(
        user=request.user,
        course_key=link.course_key,
        click_ids=[state.click_id],
        tells=Telling.DAY if state.tells is Telling.STAGES and not pressed_here else state.tells,
        now=now,
        own_browser_of=lambda owner_id: is_own_browser(request, owner_id),
    )


def recompute_courses_of(user_id: int, *, now: datetime) -> None:
    """Computes this person's journeys anew, for an event that belongs to no course. One query."""
    for course_key in courses_touched(user_id):
        recompute_on_commit(user_id, course_key, now=now)


def _course_key(text: str) -> CourseKey | None:
    try:
        return CourseKey.from_string(text)
    except InvalidKeyError:
        return None
