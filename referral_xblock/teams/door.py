"""The door of a learner's page in a course: sign in, be enrolled or lead the course, and nothing of it stays in a cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Course, Role
from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.policy.queries import policy_of


@dataclass(frozen=True)
class Visit:
    """Who opens a page of which course."""

    user: Any
    course_key: CourseKey
    course: Course
    enrolled: bool
    leads: bool  # is on the course's staff, and not among its learners


def enter(user: Any, course: str) -> Visit | None:
    """The visit of a signed-in person; None for who is neither enrolled nor course staff, or where there is no course.

    `course` is the key as it stood in the address. The host's queries for an enrolment, and for
    the roles of who has none.
    """
    try:
        course_key = CourseKey.from_string(course)
    except InvalidKeyError:
        return None
    enrolment = get_host().enrolment(user, course_key)
    enrolled = bool(enrolment and enrolment.active)
    leads = not enrolled and Role.COURSE_STAFF in get_host().roles(user, course_key)
    found = seen_course(course_key) if enrolled or leads else None
    return Visit(user, course_key, found, enrolled, leads) if found else None


def learners_page(feature: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Turns `view(request, visit, …)` into a page at `…/<str:course>/…` for the learners and staff of courses with this feature.

    Not signed in: to the sign-in page. Not in the course, no such course, or a course without it: 403, all the same.
    `feature` is a name in the policy whose value is on or off, or "off" as a word.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, course: str, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return kept_apart(HttpResponseRedirect(get_host().sign_in_url(_way_back(request))))
            visit = enter(request.user, course)
            if visit is None or getattr(policy_of(visit.course_key), feature) in (False, "off"):
                return kept_apart(refusal(request))
            return kept_apart(view(request, visit, *args, **kwargs))

        return guarded

    return decorate


def refusal(request: HttpRequest) -> HttpResponse:
    """403, the same whether or not there is such a course."""
    return render(request, "referral_xblock/refused.html", {"base_template": get_host().base_template()}, status=403)


def kept_apart(response: HttpResponse) -> HttpResponse:
    """Neither in a cache nor in a frame: its buttons act for the person."""
    response["Cache-Control"] = "private, no-store"
    response["X-Frame-Options"] = "DENY"
    return response


def _way_back(request: HttpRequest) -> str:
    """The page itself; after a form that was sent, its reader asks for the page again."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else request.path
