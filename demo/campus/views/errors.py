"""Pages for what went wrong, with a way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    return render(request, "demo/campus/error.html", {"heading": title, "sentence": sentence}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing stands at this address."""
    return _page(request, 404, _("Nothing is here"), _("The address may be mistyped, or the page may have moved."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the same words whatever the reason, so that nobody learns what exists."""
    return _page(request, 403, _("This page is not for you"), _("Sign in with an account that may see it."))


def forbidden_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token: sent from another site, or by a browser that keeps no cookies."""
    return _page(
        request,
        403,
        _("This form could not be checked"),
        _("Please allow cookies for this site, go back, reload the page and send the form again."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault, and no query is made to say so."""
    title, sentence = _("Something failed"), _("Something failed on our side. It has been logged.")
    way_on = _("To the front page")
    page = format_html(
        "<!doctype html><html lang='{}'><meta charset='utf-8'><title>{}</title><p>{} <a href='/'>{}</a></p></html>",
        get_language() or "en",
        title,
        sentence,
        way_on,
    )
    return HttpResponse(page, status=500)
