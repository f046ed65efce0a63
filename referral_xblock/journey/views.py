"""The way back from registration, and the person's own page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from referral_xblock.consent.actions import choose_name, choose_telling
from referral_xblock.data import Telling
from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.journey.actions import type_code
from referral_xblock.journey.binding import bind_state
from referral_xblock.journey.page import my_page
from referral_xblock.links.answers import redirect, unknown_code
from referral_xblock.links.browsers import mark_browser
from referral_xblock.links.queries import FoundLink, find_link


@require_safe
def back(request: HttpRequest, code: str) -> HttpResponse:
    """Binds the click to who is signed in now, and goes to the unit that was shared."""
    link = find_link(code, now=timezone.now())
    if link is None:
        return unknown_code(code)
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(request.get_full_path()))
    bind_state(request=request, link=link, now=timezone.now())
    return redirect(_destination(request.user, link))


def _destination(user, link: FoundLink) -> str:
    """The unit that was shared, for who may open it; else the course's public page."""
    host = get_host()
    course = seen_course(link.course_key)
    enrolment = host.enrolment(user, link.course_key)
    if not (enrolment and enrolment.active) and not host.roles(user, link.course_key):
        return course.about_url if course else "/"
    unit = host.unit(_usage_key(link.placement)) if link.placement else None
    if unit:
        return unit.url
    return course.home_url if course else "/"


def _usage_key(text: str):
    try:
        return UsageKey.from_string(text)
    except InvalidKeyError:
        return None


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """/community/me/: my invitations, who came, who invited me, what I let be seen."""
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(request.get_full_path()))
    context = {
        "base_template": get_host().base_template(),
        "page": my_page(request.user, now=timezone.now()),
        "here": reverse("referral_xblock:me"),
        "typed": request.GET.get("code", "")[:64],
    }
    response = render(request, "referral_xblock/me.html", context)
    response["Cache-Control"] = "private, no-store"
    return mark_browser(response, user_id=request.user.id, secure=request.is_secure())


def _own_page(request: HttpRequest, work, done: str, *, kept: str = "") -> HttpResponse:
    """Does a person's own change and says how it went; what was typed is kept when it could not be done."""
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(reverse("referral_xblock:me")))
    try:
        work()
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect(reverse("referral_xblock:me") + kept)
    messages.success(request, done)
    return redirect(reverse("referral_xblock:me"))


@require_POST
def name_me(request: HttpRequest) -> HttpResponse:
    """How I am named on my invitations; an empty name for not at all."""
    return _own_page(
        request,
        lambda: choose_name(user=request.user, shown_as=request.POST.get("shown_as", ""), now=timezone.now()),
        _("Your invitations now use this choice."),
    )


@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    """What the person who invited me may see."""

    def work():
        try:
            course_key = CourseKey.from_string(request.POST.get("course_key", ""))
            tells = Telling(request.POST.get("tells", ""))
        except (InvalidKeyError, ValueError) as error:
            raise ValidationError(_("Please choose one of the three answers.")) from error
        choose_telling(user=request.user, course_key=course_key, tells=tells, now=timezone.now())

    return _own_page(request, work, _("Your choice is kept. It applies from now on."))


@require_POST
def enter_code(request: HttpRequest) -> HttpResponse:
    """The code of the person who invited me, typed after the link was lost."""
    typed = request.POST.get("code", "")

    def work():
        link = find_link(typed, now=timezone.now())
        if link is None:
            raise ValidationError(_("There is no invitation with this code. Please check the letters."))
        type_code(user=request.user, link=link, tells=Telling.DAY, now=timezone.now())

    return _own_page(
        request, work, _("Thank you. Your invitation is noted."), kept="?" + urlencode({"code": typed[:64]})
    )
