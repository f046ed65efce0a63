"""The front door of the demo: who to be, what to look at, the mails that were sent, the facts for a program."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth import logout as close_session
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from demo.campus import actions, queries
from demo.campus.addresses import local_path
from demo.campus.cast import BY_USERNAME, CAST
from demo.campus.facts import facts, invites_from_a_unit
from demo.campus.views.accounts import see_other
from demo.courseware.queries import courses


@never_cache
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Who to be: one button per account, and what to look at first."""
    known = facts(now=timezone.now())
    context = {
        "cast": [(part, urlsplit(known[part.first_look]).path) for part in CAST],
        "facts": known,
        "invites_from_a_unit": invites_from_a_unit(),
        "courses": [row for row in courses() if row.open_to_public],
    }
    return render(request, "demo/campus/front.html", context)


@require_POST
def be_somebody(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the cast, without a password: this host listens on loopback only. 400 for any other name."""
    username = request.POST.get("username", "")
    user = get_user_model().objects.select_related("profile").filter(username=username).first()
    if username not in BY_USERNAME or user is None:
        return HttpResponseBadRequest(_("There is no such person in the demo."))
    actions.sign_in(request=request, user=user, now=timezone.now())
    messages.success(request, _("You are %(name)s now.") % {"name": user.profile.name})
    return see_other(local_path(request.POST.get("next")))


@require_POST
def be_a_visitor(request: HttpRequest) -> HttpResponse:
    """Signs out and opens the link of chen, as eli does who has no account."""
    close_session(request)
    link = urlsplit(facts(now=timezone.now())["share_url"])
    return see_other(local_path(link.path + (f"?{link.query}" if link.query else "")))


@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails that a real host would have sent, newest first."""
    return render(request, "demo/campus/outbox.html", {"mails": queries.outbox()})


@never_cache
@require_safe
def facts_as_json(request: HttpRequest) -> HttpResponse:
    """The course, the people and the addresses of this demo, for a program that walks through it."""
    return JsonResponse(facts(now=timezone.now()), json_dumps_params={"indent": 2})
