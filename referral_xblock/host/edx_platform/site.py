"""The site around us: its ways in, its page, the request."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from referral_xblock.host.edx_platform.answering import absolute, or_else


class Site:
    """Registration, sign-in, the frame of our pages."""

    def join_url(self, course_key: Any, next_url: str, *, signed_in: bool) -> str:
        """Registration, or the page that only enrols; one query.

        The LMS hands all of the query on to the micro-frontend for accounts, takes it back with the form, and goes to the
        page that enrols. That page heeds `next` only where `course_mode` names a free track; without one it goes to the
        choice of tracks, which forgets `next`, and that is right where every track is paid.
        """
        wish = {"course_id": str(course_key), "enrollment_action": "enroll"}
        free = _free_track(course_key)
        if free:
            wish["course_mode"] = free
        wish["next"] = _path_here(next_url)
        return absolute("/account/finish_auth" if signed_in else "/register") + "?" + urlencode(wish)

    def sign_in_url(self, next_url: str) -> str:
        """The LMS's own address, which leads on to the micro-frontend for accounts where there is one."""
        return absolute("/login") + "?" + urlencode({"next": _path_here(next_url)})

    def base_template(self) -> str:
        """Our blocks in the LMS's page for Django templates, with its header, footer, theme and language."""
        return "referral_xblock/lms_page.html"

    def signed_in_request(self) -> Any | None:
        """By the middleware that the LMS and Studio have; None in a worker and in a command."""
        from crum import get_current_request

        return get_current_request()


def _path_here(address: str) -> str:
    """An address of the LMS as a path: the one form of `next` that every release follows without a list of allowed sites."""
    parts, site = urlsplit(address), urlsplit(settings.LMS_ROOT_URL)
    if parts.netloc and parts.netloc == site.netloc:
        return address.partition(parts.netloc)[2] or "/"
    return address


@or_else(str)
def _free_track(course_key: Any) -> str:
    """The track on which the platform enrols without paying; "" if the course has none."""
    from common.djangoapps.course_modes.models import CourseMode

    offered = CourseMode.modes_for_course_dict(course_key)
    return next((track for track in ("audit", "honor") if track in offered), "")
