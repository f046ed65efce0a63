"""The public side of badges: the page of each, its files, the keys and lists by which anybody can check it.

A stranger gets no session and no cookie. Nothing here is for search engines: whoever has a badge hands its address around.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from referral_xblock.host.chosen import get_host
from referral_xblock.host.courses import seen_course
from referral_xblock.links.answers import page, read_only, redirect
from referral_xblock.rewards import baking, keys, picture, ways
from referral_xblock.rewards.actions import show_name_on_badge
from referral_xblock.rewards.credentials import SHELVES, issuer, list_address, page_address
from referral_xblock.rewards.key_files import KeyProblemError
from referral_xblock.rewards.queries import BadgePage, find_badge, revoked_on_shelf
from referral_xblock.rewards.words import criteria

OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}
MINUTES = 60
OB_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def _is_owner(request: HttpRequest, badge: BadgePage) -> bool:
    return request.user.is_authenticated and request.user.id == badge.owner_id


def _course_title(badge: BadgePage) -> str:
    course = seen_course(badge.course_key)
    return course.title if course else str(badge.course_key)


@read_only
def badge(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The page of a badge: for what, when, whether it holds; to its owner also the files and the ways to share it."""
    found = find_badge(public_id)
    if found is None:
        return page("unknown_badge.html", {}, status=404)
    owner, title = _is_owner(request, found), _course_title(found)
    context: dict[str, Any] = {
        "badge": found,
        "course": seen_course(found.course_key),
        "course_title": title,
        "criteria": criteria(found.reward, title),
        "address": page_address(public_id),
        "owner": owner,
        "me_url": reverse("referral_xblock:me"),
    }
    if owner:
        context["csrf_token"] = get_token(request)
        context["ways"] = ways.of_badge(found, title) if found.revoked_at is None else []
    response = page("badge.html", context)
    patch_vary_headers(response, ["Cookie"])
    return response


@read_only
def drawing(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The picture alone, for previews; there is no credential in it."""
    found = find_badge(public_id)
    if found is None:
        raise Http404
    content = picture.png(found.name, _course_title(found), font_path=settings.REFERRAL_CARD_FONT)
    return _answer(content, "image/png", minutes=60)


@read_only
def baked_png(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The picture with the credential in it, as PNG, for its owner."""
    found = _own_badge(request, public_id)
    if isinstance(found, HttpResponse):
        return found
    plain = picture.png(found.name, _course_title(found), font_path=settings.REFERRAL_CARD_FONT)
    return _file(baking.bake_png(plain, found.token), "image/png", "badge.png")


@read_only
def baked_svg(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The picture with the credential in it, as SVG, for its owner."""
    found = _own_badge(request, public_id)
    if isinstance(found, HttpResponse):
        return found
    plain = picture.svg(found.name, _course_title(found), font_path=settings.REFERRAL_CARD_FONT)
    return _file(baking.bake_svg(plain, found.token), "image/svg+xml", "badge.svg")


def _own_badge(request: HttpRequest, public_id: uuid.UUID) -> BadgePage | HttpResponse:
    """The badge of who asks; else an answer: to the sign-in page, or that there is no such badge."""
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(request.get_full_path()))
    found = find_badge(public_id)
    return found if found and _is_owner(request, found) else page("unknown_badge.html", {}, status=404)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@read_only
def credential_jwt(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The credential as a compact JWS, as the specification wants a web resource."""
    found = find_badge(public_id)
    if found is None:
        raise Http404
    return _answer(found.token, "text/plain; charset=us-ascii")


@read_only
def credential_json(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What the credential says, to be read; what proves it is the JWS. Whether it holds is in its revocation list."""
    found = find_badge(public_id)
    if found is None:
        raise Http404
    return _json(ways.said_in(found.token))


@require_POST
def show_name(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """POST names_owner=yes or nothing: whether the page of the own badge shows the name the person chose."""
    found = _own_badge(request, public_id)
    if isinstance(found, HttpResponse):
        return found
    show_name_on_badge(user_id=request.user.id, public_id=public_id, shown=request.POST.get("names_owner") == "yes")
    return redirect(reverse("referral_xblock:badge", args=[public_id]))


@read_only
def key_set(request: HttpRequest) -> HttpResponse:
    """Every key by which a badge of this site may be signed, as a JWK set."""
    return _json({"keys": list(_public_keys().values())}, minutes=5)


@read_only
def key(request: HttpRequest, number: str) -> HttpResponse:
    """One key, as JWK: where the `kid` of a badge leads."""
    found = _public_keys().get(number)
    if found is None:
        raise Http404
    return _json(found, minutes=5)


def _public_keys() -> dict[str, dict[str, Any]]:
    try:
        return keys.public_keys()
    except KeyProblemError as error:
        raise Http404(_("The keys of this site cannot be read at present.")) from error


@read_only
def issuer_profile(request: HttpRequest) -> HttpResponse:
    """Who issues the badges of this site: a Profile."""
    return _json({"@context": ["https://www.w3.org/ns/credentials/v2", OB_CONTEXT]} | issuer(), minutes=60)


@read_only
def revoked(request: HttpRequest, shelf: int) -> HttpResponse:
    """A revocation list: the badges of one shelf that do not hold at present. Never cached."""
    if shelf >= SHELVES:
        raise Http404
    entries = [{"id": page_address(public_id), "revoked": True} for public_id in revoked_on_shelf(shelf)]
    listed = {"id": list_address(shelf), "issuer": issuer()["id"], "revokedCredentials": entries}
    return _json({"@context": OB_CONTEXT} | listed)


def _json(content: Any, *, minutes: int = 0) -> HttpResponse:
    return _answer(json.dumps(content, ensure_ascii=False), "application/json", minutes=minutes)


def _answer(content: str | bytes, kind: str, *, minutes: int = 0) -> HttpResponse:
    """For everybody, also for pages of other sites that check badges."""
    kept = f"public, max-age={minutes * MINUTES}" if minutes else "no-store"
    return HttpResponse(content, content_type=kind, headers=OPEN_TO_ALL | {"Cache-Control": kept})
