"""Every page that a person can open, and who opens it."""

from __future__ import annotations

from tests.browser.conftest import Site

# name: (who is signed in, or None for a visitor; how its address comes from the site)
PAGES = {
    "front": (None, lambda site: site.url + "/"),
    "register": (None, lambda site: site.url + "/register"),
    "sign in": (None, lambda site: site.url + "/login"),
    "about": (None, lambda site: site.facts["about_url"]),
    "invitation": (None, lambda site: site.facts["share_url"]),
    "unknown invitation": (None, lambda site: site.url + "/r/zzzzzzzz"),
    "code": (None, lambda site: site.url + "/r/"),
    "unit": ("chen", lambda site: site.facts["unit_url"]),
    "share": ("chen", lambda site: site.facts["share_url"] + "/share"),
    "me": ("chen", lambda site: site.url + "/community/me/"),
    "studio": ("ada", lambda site: site.facts["studio_url"]),
    "overview": ("ada", lambda site: site.course),
    "overview for a moderator": ("bo", lambda site: site.course),
    "growth": ("ada", lambda site: site.course + "growth/"),
    "settings": ("ada", lambda site: site.course + "growth/settings/"),
    "no right": ("dara", lambda site: site.course + "growth/"),
}


def address_of(name: str, site: Site) -> str:
    return PAGES[name][1](site)


def reader_of(name: str) -> str | None:
    return PAGES[name][0]
