"""Steps of the loop through the campus's own pages, for the tests of journeys."""

from __future__ import annotations

import re

from django.core import mail

from referral_xblock.models import Journey
from tests.referral_xblock.visits import NAVIGATION, browser, open_invitation, press_join


def come_by(link, **fields):
    """A fresh browser that has pressed the button, and the answer it got."""
    visitor = browser()
    return visitor, press_join(visitor, link.code, open_invitation(visitor, link.code)[1], **fields)


def register(visitor, where, username="eli"):
    """Fills in the campus's registration page; returns the address in the mail."""
    visitor.post(
        where,
        {
            "username": username,
            "name": username.title(),
            "email": f"{username}@example.org",
            "password": "a-long-password",
        },
    )
    return re.search(r"http\S+/activate/\S+", mail.outbox[-1].body).group(0)


def follow(client, url):
    """Follows redirects as an address bar does."""
    response = client.get(url, headers=NAVIGATION)
    while response.status_code in (302, 303):
        response = client.get(response["Location"], headers=NAVIGATION)
    return response


def journey_of(username="eli"):
    return Journey.objects.get(user__username=username)
