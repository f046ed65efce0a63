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
from django.views.decorators.http import require_POST
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from referral_xblock.consent.actions import choose_name, choose_telling
from referral_xblock.data import Course, Telling
from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.host.tolerance import never_in_the_way
from referral_xblock.journey.actions import type_code
from referral_xblock.journey.binding import bind_state
from referral_xblock.journey.page import my_page
from referral_xblock.journey.queries import has_journey
from referral_xblock.journey.welcome import welcome
from referral_xblock.links.answers import closed, read_only, redirect, unknown_code
from referral_xblock.links.browsers import mark_browser
from referral_xblock.links.queries import FoundLink, find_link

# On the person's own page: what is wrong with one of them is said beside it.
FIELDS = ("code", "shown_as")


@read_only
def back(request: HttpRequest, code: str) -> HttpResponse:
    """Binds the click to who is signed in now, and goes to the unit that was shared."""
    link = find_link(code, now=timezone.now())
    if link is None:
        return unknown_code(code)
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(request.get_full_path()))
    with never_in_the_way("Binding a click"):
        bind_state(request=request, link=link, now=timezone.now())
    course = seen_course(link.course_key)
    if course is None:
        return closed(link.state.value)
    with never_in_the_way("Welcoming"):
        sentence = welcome(request.user, link)
        if sentence:
            messages.info(request, sentence)
    destination = _destination(request.user, link, course)
    return redirect(destination) if destination else closed("refused", course)


def _destination(user, link: FoundLink, course: Course) -> str:
    """The unit that was shared, for who may open it; else the course's public page; "" if it has none."""
    host = get_host()
    enrolment = host.enrolment(user, link.course_key)
    if not (enrolment and enrolment.active) and not host.roles(user, link.course_key):
        return course.about_url if course.open_to_public else ""
    unit = host.unit(_usage_key(link.placement)) if link.placement else None
    return unit.url if unit else course.home_url


def _usage_key(text: str):
    try:
        return UsageKey.from_string(text)
    except InvalidKeyError:
        return None


@read_only
def me(request: HttpRequest) -> HttpResponse:
    """/community/me/: my invitations, who came, who invited me, what I let be seen."""
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(request.get_full_path()))
    said = list(messages.get_messages(request))
    context = {
        "said": [message for message in said if message.extra_tags not in FIELDS],
        "wrong": {message.extra_tags: message for message in said if message.extra_tags in FIELDS},
        "base_template": get_host().base_template(),
        "page": my_page(request.user, now=timezone.now()),
        "here": reverse("referral_xblock:me"),
        "typed": {name: request.GET.get(name, "")[:80] for name in FIELDS},
    }
    response = render(request, "referral_xblock/me.html", context)
    response["Cache-Control"] = "private, no-store"
    return mark_browser(response, request, user_id=request.user.id, secure=request.is_secure())


def _own_page(request: HttpRequest, work, done: str, *, field: str = "") -> HttpResponse:
    """Does a person's own change and says how it went; what was typed in `field` is kept there with what is wrong."""
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(reverse("referral_xblock:me")))
    try:
        work()
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence, extra_tags=field)
        typed = "?" + urlencode({field: request.POST.get(field, "")[:80]}) if field else ""
        return redirect(reverse("referral_xblock:me") + typed)
    messages.success(request, done)
    return redirect(reverse("referral_xblock:me"))


@require_POST
def name_me(request: HttpRequest) -> HttpResponse:
    """How I am named on my invitations; an empty name for not at all."""
    return _own_page(
        request,
        lambda: choose_name(user=request.user, shown_as=request.POST.get("shown_as", ""), now=timezone.now()),
        _("Your invitations now use this choice."),
        field="shown_as",
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
        if not has_journey(request.user.id, course_key):
            raise ValidationError(_("No invitation to this course is noted for you."))
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
        if seen_course(link.course_key) is None:
            raise ValidationError(_("The course of this code is not here: it may be gone, or not published yet."))
        type_code(user=request.user, link=link, tells=Telling.DAY, now=timezone.now())

    return _own_page(request, work, _("Thank you. Your invitation is noted."), field="code")
