"""Ways out to the networks, the QR code, the preview card, and the first-party share page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from referral_xblock.data import LinkState
from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.links.actions import ensure_links
from referral_xblock.links.answers import read_only, redirect, unknown_code
from referral_xblock.links.browsers import mark_browser
from referral_xblock.links.origin import is_top_level_navigation
from referral_xblock.links.queries import FoundLink, existing_code, find_link, share_path
from referral_xblock.policy.queries import policy_of
from referral_xblock.sharing import qr as codes
from referral_xblock.sharing.actions import record_share
from referral_xblock.sharing.composer import compose
from referral_xblock.sharing.course_card import course_card
from referral_xblock.sharing.networks import network as find_network
from referral_xblock.sharing.panel import Message, absolute, build_panel, tagged_address, unpack_message

DAY = 86400


def _channel_code(request: HttpRequest, link: FoundLink, channel: str) -> str:
    """The code of the owner's link for this channel at the same place.

    Only the owner's own request makes one where it is missing; for others, for a link that does not invite at present and for
    one with a chosen word, it is the code that was asked for.
    """
    if link.state is not LinkState.OPEN or link.channel == "vanity":
        return link.code
    place = {"owner_id": link.owner_id, "course_key": link.course_key, "placement": link.placement}
    if request.user.id != link.owner_id:
        return existing_code(**place, channel=channel) or link.code
    return ensure_links(**place, channels=[channel], now=timezone.now())[channel].code


def _message(request: HttpRequest, link: FoundLink) -> Message:
    """What the panel packed into the address, else our own words; a title only for who may know it."""
    course = seen_course(link.course_key)
    may_know = course and (course.open_to_public or request.user.id == link.owner_id)
    title = course.title if course and may_know else ""
    language = course.language if course else ""
    return unpack_message(
        request.GET.get("m", ""), course_key=link.course_key, course_title=title, course_language=language
    )


@read_only
def to(request: HttpRequest, code: str, network: str) -> HttpResponse:
    """302 to a network's composer; counts "shared" when the link's owner goes there."""
    found = find_network(network)
    link = find_link(code, now=timezone.now())
    if link is None or found is None or not found.composer:
        return unknown_code(code)
    message = _message(request, link)
    if request.user.id == link.owner_id and is_top_level_navigation(request.headers):
        record_share(
            user_id=link.owner_id,
            course_key=link.course_key,
            placement=link.placement,
            channel=found.slug,
            now=timezone.now(),
        )
    url = tagged_address(_channel_code(request, link, found.slug), channel=found.slug, course_key=link.course_key)
    # Set by hand: Django refuses to redirect to mailto: and sms:, which is where these lead on purpose.
    response = HttpResponse(status=302)
    response["Location"] = compose(found, url=url, text=message.text, title=message.title, hashtags=message.hashtags)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "strict-origin"
    return response


@read_only
def share(request: HttpRequest, code: str) -> HttpResponse:
    """The first-party share page, where the phone's own share sheet works. For the link's owner; others see the invitation."""
    link = find_link(code, now=timezone.now())
    if link is None:
        return unknown_code(code)
    here = reverse("referral_xblock:share", args=[link.code])
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(request.get_full_path()))
    if request.user.id != link.owner_id:
        return redirect(reverse("referral_xblock:invitation", args=[link.code]))
    course = seen_course(link.course_key)
    panel = build_panel(
        owner_id=link.owner_id,
        course_key=link.course_key,
        placement=link.placement,
        message=_message(request, link),
        now=timezone.now(),
    )
    response = render(
        request,
        "referral_xblock/share_page.html",
        {
            "panel": panel,
            "course": course,
            "base_template": get_host().base_template(),
            "here": here,
            "native_address": absolute(share_path(_channel_code(request, link, "native"))),
            "paused": link.state is LinkState.PAUSED or policy_of(link.course_key).paused,
            "closed": link.state is not LinkState.OPEN,
            "shared_url": reverse("referral_xblock:shared", args=[link.code]),
        },
    )
    response["Cache-Control"] = "private, no-store"
    return mark_browser(response, request, user_id=request.user.id, secure=request.is_secure())


@require_POST
def shared(request: HttpRequest, code: str) -> HttpResponse:
    """POST channel=…: the owner pressed copy or the share sheet on the share page. 204."""
    link = find_link(code, now=timezone.now())
    if link and request.user.id == link.owner_id:
        record_share(
            user_id=link.owner_id,
            course_key=link.course_key,
            placement=link.placement,
            channel=request.POST.get("channel", "")[:24],
            now=timezone.now(),
        )
    return HttpResponse(status=204)


@read_only
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code of this link as SVG; scans are counted apart, as their own channel."""
    link = find_link(code, now=timezone.now())
    if link is None:
        return unknown_code(code)
    # Not tagged: the link of the QR channel says where it was put, and a short address scans better in print.
    url = absolute(share_path(_channel_code(request, link, "qr")))
    response = HttpResponse(codes.svg(url, title=_("QR code of the invitation")), content_type="image/svg+xml")
    response["Cache-Control"] = f"private, max-age={DAY}"
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="invitation-{link.code}.svg"'
    return response


@read_only
def card(request: HttpRequest, code: str) -> HttpResponse:
    """The preview card as PNG: title, organisation and picture of the course. Drawn once a day.

    In the language of the page that names it (?lang=): a fetcher of pictures seldom says the asker's own.
    """
    link = find_link(code, now=timezone.now())
    course = seen_course(link.course_key) if link else None
    if link is None or course is None or not course.open_to_public:
        return unknown_code(code)
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(language):
        response = HttpResponse(course_card(course), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={DAY}"
    if not asked:
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
