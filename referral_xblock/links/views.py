"""The invitation page, its beacon and its button. See "The share link, exactly" in docs/share-link.md."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from referral_xblock.data import LinkState, Telling
from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.host.throttle import seconds_to_wait
from referral_xblock.host.tolerance import never_in_the_way
from referral_xblock.links import tokens
from referral_xblock.links.actions import confirm_person, record_click
from referral_xblock.links.answers import PRIVATE, closed, page, read_only, redirect, unknown_code
from referral_xblock.links.browsers import comes_from, is_own_browser, visitor_of
from referral_xblock.links.machines import MAY_TURN_OUT_A_PERSON, recognise
from referral_xblock.links.origin import is_same_origin, was_pressed
from referral_xblock.links.queries import find_link
from referral_xblock.policy.queries import policy_of

log = logging.getLogger(__name__)


@read_only
def type_code(request: HttpRequest) -> HttpResponse:
    """A field for a code somebody was told; leads to its page."""
    typed = request.GET.get("code", "")
    if not typed:
        return page("type_code.html", {"form_url": reverse("referral_xblock:type_code")})
    link = find_link(typed, now=timezone.now())
    return redirect(reverse("referral_xblock:invitation", args=[link.code])) if link else unknown_code(typed)


@transaction.non_atomic_requests  # the click is one row, durable at once: no lock is held while the page is drawn
@read_only
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """The invitation page. Two statements for an anonymous visitor: the link, and the click before the answer."""
    now = timezone.now()
    link = find_link(code, now=now)
    if link is None:
        return unknown_code(code)
    policy = policy_of(link.course_key)
    course = seen_course(link.course_key)
    click_id = None
    with never_in_the_way("Recording a click", one_statement=True):
        click_id = record_click(
            link_id=link.id,
            course_key=link.course_key,
            visitor=visitor_of(request, now),
            machine=recognise(request.method or "", request.headers),
            now=now,
            trusted_network=comes_from(request, policy.trusted_networks),
        )
    state = LinkState.PAUSED if policy.paused else link.state
    if course is None or state is not LinkState.OPEN:
        return closed(state.value, course)
    if link.kind == "direct":
        # A plain 302, as for a shortener: the state goes along in the address, no cookie is set.
        taken = tokens.state(click_id=click_id, tells=Telling.DAY) if click_id else ""
        return HttpResponseRedirect(_way_in(request, link, taken), headers=PRIVATE)
    return page("invitation.html", _invitation_context(request, link, course, policy, click_id, now))


def _invitation_context(request, link, course, policy, click_id, now):
    path = reverse("referral_xblock:invitation", args=[link.code])  # the others stand below it, see urls.py
    here = request.build_absolute_uri(path)
    return {
        "course": course,
        "started": course.start is not None and course.start <= now,
        "inviter_name": link.inviter_name,
        "token": tokens.page_token(click_id=click_id, code=link.code) if click_id else "",
        "address": here,
        "picture": f"{here}/card.png?lang={get_language() or 'en'}",
        "seen_url": path + "/seen",
        "join_url": path + "/join",
        "code": link.code,
        "window_days": policy.window_days,
        "sets_cookie": policy.cookie == "join",
        "domains": ", ".join(policy.domains),
    }


def _way_in(request, link, taken: str) -> str:
    """Where the platform registers and enrols, with the way back in `next=`."""
    back = reverse("referral_xblock:back", args=[link.code]) + (f"?s={taken}" if taken else "")
    # Without a session's cookie nobody is signed in: most visitors have none, and asking would open one.
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    return get_host().join_url(link.course_key, back, signed_in=signed_in)


def _form(request):
    """What the form says; nothing if its encoding is one that there is not, which Django 5 refuses itself."""
    try:
        return request.POST
    except (LookupError, UnicodeError, BadRequest):
        return {}


def _comes_from_the_page(request) -> bool:
    return is_same_origin(request.headers, own_origin=f"{request.scheme}://{request.get_host()}")


def _is_a_machine(request) -> bool:
    """Whether whoever acts on the page says itself that it is a machine, and cannot be a person behind one."""
    return recognise("GET", request.headers) not in ("", *MAY_TURN_OUT_A_PERSON)


@csrf_exempt  # the page token and the origin are the check; a session is never read
@require_POST
def seen(request: HttpRequest, code: str) -> HttpResponse:
    """The beacon: a person moved, pressed or scrolled on the page. Idempotent per click; always 204."""
    token = tokens.read_page_token(_form(request).get("token"), code)
    if token is None:
        log.info("A beacon came without a valid token.")
    elif _comes_from_the_page(request) and not _is_a_machine(request) and not _sends_too_many(request):
        with never_in_the_way("Counting a person"):
            confirm_person(click_id=token.click_id, by="beacon")
    return HttpResponse(status=204, headers=PRIVATE)


@csrf_exempt  # as above; the page may have been drawn before a session began
@require_POST
def join(request: HttpRequest, code: str) -> HttpResponse:
    """The button: on to the platform's registration or enrolment. Only here a cookie may be set.

    Whatever fails in the checks, the visitor goes on: nothing stands in the way of enrolling.
    """
    link = find_link(code, now=timezone.now())
    if link is None:
        return unknown_code(code)
    if seen_course(link.course_key) is None:
        return closed(link.state.value)
    policy = policy_of(link.course_key)
    token = tokens.read_page_token(_form(request).get("token"), link.code)
    if token is None or policy.paused or link.state is not LinkState.OPEN or not _comes_from_the_page(request):
        return redirect(_way_in(request, link, ""))
    tells = _telling(request)
    response = redirect(_way_in(request, link, tokens.state(click_id=token.click_id, tells=tells)))
    pressed = was_pressed(request.headers, seconds_on_page=timezone.now().timestamp() - token.drawn_at)
    if not pressed or _is_a_machine(request):
        return response
    own_browser = is_own_browser(request, link.owner_id)
    with never_in_the_way("Counting a person"):
        confirm_person(click_id=token.click_id, by="join", same_browser=own_browser)
    if policy.cookie == "join":
        response.set_cookie(
            tokens.COOKIE_NAME,
            tokens.remember(
                request.COOKIES.get(tokens.COOKIE_NAME),
                course_key=str(link.course_key),
                click_id=token.click_id,
                tells=tells,
                window_days=policy.window_days,
            ),
            max_age=policy.window_days * 86400,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def _sends_too_many(request: HttpRequest) -> bool:
    """Counts one more beacon of this browser."""
    now, most = timezone.now(), settings.REFERRAL_BEACONS_PER_MINUTE
    return seconds_to_wait("beacons", visitor_of(request, now), most=most, window=timedelta(minutes=1), now=now) > 0


def _telling(request) -> Telling:
    """What the visitor ticked: "join without telling" wins over the box."""
    if _form(request).get("join") == Telling.NOTHING.value:
        return Telling.NOTHING
    return Telling.STAGES if _form(request).get("tells") == Telling.STAGES.value else Telling.DAY
