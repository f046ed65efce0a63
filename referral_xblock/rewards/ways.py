"""Where the owner of a badge may take it: LinkedIn's form for certificates, and the networks' own composers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
from django.conf import settings
from django.utils.translation import gettext as _

from referral_xblock.rewards.credentials import page_address
from referral_xblock.rewards.queries import BadgePage
from referral_xblock.sharing.composer import compose
from referral_xblock.sharing.networks import network

ADD_TO_PROFILE = "https://www.linkedin.com/profile/add"
NETWORKS = ("linkedin", "mastodon", "facebook", "email")


@dataclass(frozen=True)
class Way:
    """One link out: what it says, where it leads."""

    words: str
    url: str


def of_badge(badge: BadgePage, course_title: str) -> list[Way]:
    """The ways that a badge can go; the name of its owner is in none of them."""
    address, text = page_address(badge.public_id), badge.name + " – " + course_title
    found = [Way(_("Add it to my LinkedIn profile"), add_to_profile(badge))]
    for slug in NETWORKS:
        way = network(slug)
        if way is not None and way.composer:
            url = compose(way, url=address, text=text, title=badge.name)
            found.append(Way(_("Share it: %(network)s") % {"network": _(way.name)}, url))
    return found


def add_to_profile(badge: BadgePage) -> str:
    """LinkedIn's form “licences & certifications”, filled in; the same parameters as the LMS's own certificates use."""
    values = {
        "startTask": "CERTIFICATION_NAME",
        "name": badge.name,
        "organizationName": str(getattr(settings, "PLATFORM_NAME", "")),
        "issueYear": badge.issued_at.year,
        "issueMonth": badge.issued_at.month,
        "certUrl": page_address(badge.public_id),
        "certId": str(badge.public_id),
    }
    return f"{ADD_TO_PROFILE}?{urlencode(values)}"


def said_in(token: str) -> dict[str, Any]:
    """What one of our own tokens says, from our own table: nothing is checked here."""
    return jwt.decode(token, options={"verify_signature": False})
