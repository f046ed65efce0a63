"""/community/me/invite/<course key>/: a list of addresses is looked at, then sent. Works without JavaScript."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from referral_xblock.host.chosen import get_host
from referral_xblock.host.throttle import seconds_to_wait
from referral_xblock.links.answers import redirect
from referral_xblock.links.browsers import mark_browser
from referral_xblock.sharing.invitation_letter import preview
from referral_xblock.sharing.invitation_words import OBSTACLES, finding_in_words
from referral_xblock.sharing.invitations import Standing, ask_to_send, look, placement_of, standing
from referral_xblock.sharing.invitees import MOST_CHARACTERS, MOST_ENTRIES, Finding, Line

# An hour of one learner: nobody asks of more lists, but who tries out whom else has invited.
LOOKS_PER_HOUR = 30
HOUR = timedelta(hours=1)
KEPT_CHARACTERS = 2 * MOST_CHARACTERS  # of a list that is too long, what stands in the form again
CODE = re.compile(r"[\w-]{1,40}")
PRESS = re.compile(r"[0-9a-f]{24}")


@transaction.non_atomic_requests  # each message is a row of its own, so two lists never wait for each other
@sensitive_post_parameters("addresses")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, course_id: str) -> HttpResponse:
    """The form; with a list, what is said of each address; and the press of the button.

    403 for who is not enrolled, 400 for a list that is too long, 429 for too many lists in an hour.
    """
    now = timezone.now()
    if not request.user.is_authenticated:
        return redirect(get_host().sign_in_url(request.get_full_path()))
    try:
        course_key = CourseKey.from_string(course_id)
    except InvalidKeyError as error:
        raise PermissionDenied from error
    here = standing(request.user, course_key, now=now)
    if request.method == "POST" and not here.obstacle:
        return _answer(request, here, course_key, now)
    pasted = request.POST.get("addresses", "")[:KEPT_CHARACTERS]
    return _page(request, here, course_key, pasted=pasted, status=403 if request.method == "POST" else 200)


def _answer(request: HttpRequest, here: Standing, course_key: CourseKey, now: datetime) -> HttpResponse:
    pasted = request.POST.get("addresses", "")
    text = pasted[:KEPT_CHARACTERS]
    if len(pasted) > MOST_CHARACTERS:
        return _page(request, here, course_key, pasted=text, problem=_too_many(), status=400)
    if seconds_to_wait("looks", request.user.id, most=LOOKS_PER_HOUR, window=HOUR, now=now):
        problem = _("You have had many lists looked at. Please go on in an hour; the list stays here until then.")
        return _page(request, here, course_key, pasted=text, problem=problem, status=429)
    # What was changed after it was looked at is looked at again before anything is sent.
    looked_at = request.POST.get("looked_at") == _mark(pasted)
    # A page that is sent once more on another day is not yesterday's wish.
    press = request.POST.get("press", "")
    press = press if press.startswith(_today(now)) and PRESS.fullmatch(press[8:]) else ""
    asked: dict[str, Any] = {"user": request.user, "course_key": course_key, "pasted": pasted, "now": now}
    asked["answers"] = _answers(request) if looked_at else {}
    try:
        if request.POST.get("step") == "send" and looked_at and press:
            placement = placement_of(_code(request), user=request.user, course_key=course_key, now=now)
            lines = ask_to_send(**asked, placement=placement, press=press)
        else:
            lines = look(**asked)
    except ValueError:
        return _page(request, here, course_key, pasted=text, problem=_too_many(), status=400)
    here = standing(request.user, course_key, now=now)
    sent = sum(line.finding is Finding.QUEUED for line in lines)
    if sent:  # what is left over stays in the form, to be corrected or kept for tomorrow
        pasted = "\n".join(line.typed for line in lines if line.finding not in (Finding.QUEUED, Finding.REPEATED))
    problem = "" if lines else _("Please enter at least one address.")
    return _page(request, here, course_key, pasted=pasted, lines=lines, sent=sent, problem=problem)


def _page(
    request: HttpRequest,
    here: Standing,
    course_key: CourseKey,
    *,
    pasted: str,
    lines: list[Line] | None = None,
    sent: int = 0,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    lines = lines or []
    words = {"name": here.name, "course": here.course}
    context = {
        "base_template": get_host().base_template(),
        "standing": here,
        "domains": ", ".join(here.domains),
        "obstacle": OBSTACLES.get(here.obstacle, ""),
        "action": reverse("referral_xblock:invite", args=[str(course_key)]),
        "code": _code(request),
        "pasted": pasted,
        "lines": [(line, finding_in_words(line)) for line in lines],
        "ready": 0 if sent else sum(line.finding is Finding.VALID for line in lines),
        "may_send": not sent and any(line.finding in (Finding.VALID, Finding.SLIP) for line in lines),
        "sent": sent,
        "problem": problem,
        "looked_at": _mark(pasted),
        "press": _today(timezone.now()) + secrets.token_hex(12),
        "most": MOST_ENTRIES,
        "message": preview(**words) if not here.obstacle else None,
        "message_language": here.course.language or translation.get_language(),
    }
    response = render(request, "referral_xblock/invite.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return mark_browser(response, request, user_id=request.user.id, secure=request.is_secure())


def _too_many() -> str:
    return _("Please enter at most %(most)d addresses at a time. Nothing was sent.") % {"most": MOST_ENTRIES}


def _code(request: HttpRequest) -> str:
    """Of the link whose panel led here."""
    code = (request.POST if request.method == "POST" else request.GET).get("from", "")
    return code if CODE.fullmatch(code) else ""


def _answers(request: HttpRequest) -> dict[int, str]:
    """What was chosen for the entries that look mistyped, by their number."""
    given = {number: request.POST.get(f"answer-{number}", "") for number in range(1, MOST_ENTRIES + 1)}
    return {number: answer for number, answer in given.items() if answer in ("correct", "keep")}


def _today(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y%m%d")


def _mark(pasted: str) -> str:
    """By which a list is recognised. Browsers send line breaks in their own way."""
    return hashlib.sha256("\n".join(pasted.splitlines()).encode()).hexdigest()[:32]
