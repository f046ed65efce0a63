"""The pages around a course: what outsiders read, where learners start, what the team does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from demo.campus import actions, queries
from demo.campus.addresses import local_path, with_wish
from demo.campus.forms import EnrolSomebodyForm
from demo.campus.navigation import course_tools
from demo.campus.views.accounts import see_other
from demo.courseware import queries as courseware
from demo.courseware.cleaning import point_to_files
from referral_xblock.data import Role
from referral_xblock.host.chosen import get_host
from referral_xblock.panels import Place, Viewing, draw_panels


@require_safe
def about(request: HttpRequest, course_key: Any) -> HttpResponse:
    """The course for outsiders, with its button. A course that is not public does not exist for strangers."""
    course = _course_or_404(request, course_key)
    wish = {"course_id": str(course_key), "enrollment_action": "enroll", "next": f"/courses/{course_key}/"}
    context = {
        "course": course,
        "facts": get_host().course(course_key),
        "overview": point_to_files(course.overview_html, course_key, course.files),
        "started": course.start is not None and course.start <= timezone.now(),
        "enrolled": request.user.is_authenticated and queries.is_enrolled(request.user, course_key),
        "register_url": with_wish("campus:register", wish),
        "login_url": with_wish("campus:login", wish),
    }
    return render(request, "demo/campus/about.html", context)


@require_safe
@cache_control(private=True, max_age=300)
def picture(request: HttpRequest, course_key: Any) -> HttpResponse:
    """The course's picture, for those who may see its about page."""
    _course_or_404(request, course_key)
    found = courseware.picture(course_key)
    if found is None:
        raise Http404
    content, media_type = found
    return HttpResponse(content, content_type=media_type)


@require_safe
def home(request: HttpRequest, course_key: Any) -> HttpResponse:
    """The outline for learners and the team; everybody else is shown the about page."""
    course = _course_or_404(request, course_key)
    roles = queries.roles(request.user, course_key)
    if not roles:
        return redirect("campus:course_about", course_key=course_key)
    context = {
        "course": course,
        "outline": courseware.outline(course_key),
        "is_learner": Role.LEARNER in roles,
        "form": EnrolSomebodyForm() if Role.COURSE_STAFF in roles else None,
        "tools": course_tools(request, course_key),
        "panels": draw_panels(Viewing(request.user.id, course_key, Place.COURSE, timezone.now())),
    }
    return render(request, "demo/campus/course.html", context)


@require_POST
def enrol(request: HttpRequest, course_key: Any) -> HttpResponse:
    """The button of the about page, for people who are signed in."""
    if not request.user.is_authenticated:
        return see_other(with_wish("campus:login", {"next": f"/courses/{course_key}/about"}))
    if not request.user.is_active:
        return redirect("campus:check_mail")
    try:
        actions.enrol(user=request.user, course_key=course_key, by=request.user, now=timezone.now())
    except actions.AlreadyEnrolledError:
        messages.info(request, _("You are in this course already."))
    except actions.EnrolmentRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("campus:front")
    else:
        messages.success(request, _("You are enrolled."))
    return see_other(local_path(request.POST.get("next"), f"/courses/{course_key}/"))


@require_POST
def leave(request: HttpRequest, course_key: Any) -> HttpResponse:
    """Ends one's own enrolment; one may come back."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    try:
        row = actions.unenrol(user=request.user, course_key=course_key, by=request.user, now=timezone.now())
    except actions.EnrolmentRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        if row is not None:
            messages.success(request, _("You have left the course."))
    return see_other(f"/courses/{course_key}/about")


@require_POST
def enrol_somebody(request: HttpRequest, course_key: Any) -> HttpResponse:
    """The course team enrols another person, within the team member's own request, as the instructor dashboard does."""
    if Role.COURSE_STAFF not in queries.roles(request.user, course_key):
        raise PermissionDenied
    form = EnrolSomebodyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please give a username or an e-mail address."))
        return see_other(f"/courses/{course_key}/")
    identifier = form.cleaned_data["identifier"]
    try:
        row = actions.enrol_somebody(identifier=identifier, course_key=course_key, by=request.user, now=timezone.now())
    except actions.EnrolmentRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        enrolled = (
            _("%(who)s is enrolled.") if hasattr(row, "active") else _("%(who)s will be enrolled on registering.")
        )
        messages.success(request, enrolled % {"who": identifier})
    return see_other(f"/courses/{course_key}/")


def _course_or_404(request: HttpRequest, course_key: Any) -> Any:
    course = courseware.course(course_key)
    if course is None or not (course.open_to_public or queries.may_enter(request.user, course_key)):
        raise Http404
    return course
