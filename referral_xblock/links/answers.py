"""The answers that the share link's views give: pages without a session, redirects, and the page for unknown codes."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from referral_xblock.data import Course

PRIVATE = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "strict-origin",
}
# Fetchers of previews want a territory with the language.
TERRITORIES = {"en": "en_US", "fr": "fr_FR"}


def read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """GET and HEAD alone: other methods are told so, instead of being asked for a token that would not help."""
    return csrf_exempt(require_safe(view))


def page(template: str, context: dict, *, status: int = 200) -> HttpResponse:
    """A page of its own in the visitor's language; drawn without context processors, so it opens no session."""
    language = translation.get_language() or "en"
    words = {
        "language": language,
        "open_graph_locale": TERRITORIES.get(language, translation.to_locale(language)),
        "right_to_left": translation.get_language_bidi(),
        "platform_name": getattr(settings, "PLATFORM_NAME", ""),
    }
    content = render_to_string(f"referral_xblock/{template}", context | words)
    response = HttpResponse(content, status=status, headers=PRIVATE)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def unknown_code(typed: str) -> HttpResponse:
    """No such invitation: says so and leads on."""
    return page(
        "unknown_code.html", {"typed": typed[:64], "form_url": reverse("referral_xblock:type_code")}, status=404
    )


def closed(state: str, course: Course | None = None) -> HttpResponse:
    """The link does not invite, or its course is not here, or did not let the person in: says why and leads on.

    `state` is a value of LinkState, or "refused".
    """
    return page("closed.html", {"state": state, "course": course})


def redirect(address: str) -> HttpResponse:
    """303: go there with GET, whatever brought you here. Never cached."""
    return HttpResponseRedirect(address, status=303, headers=PRIVATE)
