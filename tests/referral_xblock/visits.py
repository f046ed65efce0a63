"""What browsers and others send, for the tests of the share link."""

from __future__ import annotations

import re

from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from referral_xblock.models import CoursePolicy

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
)
NAVIGATION = {
    "user-agent": CHROME,
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    "sec-fetch-site": "none",
    "sec-fetch-user": "?1",
    "accept": "text/html",
}
PRESSED = NAVIGATION | {"sec-fetch-site": "same-origin"}
BEACON = {"user-agent": CHROME, "sec-fetch-mode": "cors", "sec-fetch-dest": "empty", "sec-fetch-site": "same-origin"}


def browser() -> Client:
    """A fresh profile. Its requests say of themselves only what a test gives them."""
    return Client()


def set_policy(course_key, **values) -> None:
    """Writes the rules of a course and lets them hold at once."""
    CoursePolicy.objects.update_or_create(course_key=course_key, defaults={"changed_at": timezone.now()} | values)
    cache.clear()


def open_invitation(client: Client, code: str, **headers: str):
    """The page, and the token in it ("" if there is none)."""
    response = client.get(f"/r/{code}", headers=NAVIGATION | headers)
    return response, token_in(response)


def token_in(response) -> str:
    """The page token of an invitation page, "" if it has none."""
    found = re.search(r'name="token" value="([^"]+)"', response.content.decode())
    return found.group(1) if found else ""


def press_join(client: Client, code: str, token: str, headers: dict[str, str] = PRESSED, **fields: str):
    """Presses the button as a person in this browser does."""
    return client.post(f"/r/{code}/join", {"token": token, "join": "tell"} | fields, headers=headers)


def state_in(response) -> str:
    """The signed state on the way back, in the `next=` of where a join led ("" if there is none)."""
    from urllib.parse import parse_qs, unquote, urlsplit

    query = parse_qs(urlsplit(response["Location"]).query)
    following = unquote(query.get("next", [""])[0])
    return parse_qs(urlsplit(following).query).get("s", [""])[0]
