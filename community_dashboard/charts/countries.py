"""Countries as a reader of the page's language names them."""

from __future__ import annotations

from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _


def country_name(code: str) -> str:
    """A country in the reader's language; its two letters where neither Babel nor django-countries knows it."""
    if not code:
        return _("Not told")
    return _by_babel(code) or _by_django_countries(code) or code


def _by_babel(code: str) -> str:
    try:
        from babel import Locale, UnknownLocaleError
    except ImportError:
        return ""
    try:
        return Locale.parse(to_locale(get_language() or "en")).territories.get(code, "")
    except (UnknownLocaleError, ValueError):
        return Locale("en").territories.get(code, "")


def _by_django_countries(code: str) -> str:
    try:
        from django_countries import countries as known
    except ImportError:
        return ""
    return str(known.name(code))
