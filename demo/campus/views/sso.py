"""Another service that knows its people, as a university's own sign-in does.

Its pages stand under another path and get nothing but a sealed `state`: what was in the query string does not come
through unless it is in there. The state also holds a number that only this browser's session knows.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from demo.campus import actions, queries
from demo.campus.addresses import path_after_sign_in, wish_of
from demo.campus.forms import IdentityForm
from demo.campus.views.accounts import see_other

PROVIDERS = {"university": gettext_lazy("University sign-in")}
SECONDS_TO_SIGN_IN = 600
NUMBER = "sso_number"


@never_cache
@require_GET
def start(request: HttpRequest, provider: str) -> HttpResponse:
    """Leaves for the other service with the wish sealed in `state`."""
    _known(provider)
    number = request.session[NUMBER] = secrets.token_urlsafe(16)
    state = signing.dumps({"number": number, "next": path_after_sign_in(wish_of(request.GET))}, salt="sso.state")
    return redirect(f"{reverse('campus:sso_provider', args=[provider])}?{urlencode({'state': state})}")


@never_cache
@require_http_methods(["GET", "POST"])
def provider_page(request: HttpRequest, provider: str) -> HttpResponse:
    """The other service asks who is there and sends its word back, with the state as it came."""
    title = _known(provider)
    form = IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        word = signing.dumps(form.cleaned_data | {"provider": provider}, salt="sso.identity")
        answer = {"code": word, "state": request.GET.get("state", "")}
        return see_other(f"{reverse('campus:sso_callback', args=[provider])}?{urlencode(answer)}")
    context = {"form": form, "provider": title}
    return render(request, "demo/campus/sso.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
@transaction.non_atomic_requests
def callback(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from the other service: registers (active at once) or signs in, then goes where the state says."""
    _known(provider)
    state, identity = _open(request, "state"), _open(request, "code", salt="sso.identity")
    number = request.session.pop(NUMBER, None)
    if not state or not identity or state["number"] != number or identity["provider"] != provider:
        return render(request, "demo/campus/sso_failed.html", status=400)
    known = queries.person_named(identity["email"])
    if known is None:
        try:
            actions.register(
                request=request,
                username=_free_username(identity["name"]),
                email=identity["email"],
                name=identity["name"],
                password=None,
                provider=provider,
                next_url=state["next"],
                now=timezone.now(),
            )
        except actions.RegistrationRefusedError as refusal:
            return render(request, "demo/campus/sso_failed.html", {"reason": str(refusal)}, status=400)
    elif getattr(getattr(known, "profile", None), "provider", "") == provider:
        actions.sign_in(request=request, user=known, now=timezone.now())
    else:
        # An address alone proves nothing: else anybody could walk into an account that has a password.
        reason = _("There is an account with this e-mail address already. Please sign in with its password.")
        return render(request, "demo/campus/sso_failed.html", {"reason": reason}, status=400)
    return see_other(state["next"])


def _known(provider: str) -> str:
    if provider not in PROVIDERS:
        raise Http404
    return str(PROVIDERS[provider])


def _open(request: HttpRequest, name: str, salt: str = "sso.state") -> dict[str, Any] | None:
    try:
        return signing.loads(request.GET.get(name, ""), salt=salt, max_age=SECONDS_TO_SIGN_IN)
    except signing.BadSignature:
        return None


def _free_username(name: str) -> str:
    wanted = slugify(name)[:20] or "learner"
    username = wanted
    while queries.username_is_taken(username):
        username = f"{wanted}-{secrets.randbelow(1_000_000)}"
    return username
