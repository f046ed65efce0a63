"""Steps of an invitation by mail, for its tests."""

from __future__ import annotations

import re
from typing import Any

from django.core.cache import cache
from django.test import Client

from referral_xblock.consent.actions import choose_name
from referral_xblock.models import CoursePolicy
from tests.people import NOW

HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')


def allow_mail(course_key: Any, **rules: Any) -> None:
    """The course team lets the platform send invitations."""
    values = {"jurisdiction": "fr", "changed_at": NOW} | rules
    CoursePolicy.objects.update_or_create(course_key=course_key, defaults=values)
    cache.clear()


def name(user: Any, shown_as: str) -> None:
    """The person chooses how they are named."""
    choose_name(user=user, shown_as=shown_as, now=NOW)


def address(course_key: Any) -> str:
    """Of the page."""
    return f"/community/me/invite/{course_key}/"


def look(client: Client, course_key: Any, addresses: str, **fields: str):
    """The first step; the answer."""
    return client.post(address(course_key), {"addresses": addresses, "step": "look"} | fields)


def hidden(answer) -> dict[str, str]:
    """What the form carries along."""
    return {key: value for key, value in HIDDEN.findall(answer.content.decode()) if key != "csrfmiddlewaretoken"}


def press(client: Client, course_key: Any, looked, addresses: str, **fields: str):
    """The second step, from the page that the first one answered."""
    return client.post(address(course_key), hidden(looked) | {"addresses": addresses, "step": "send"} | fields)


def send(client: Client, course_key: Any, addresses: str, **fields: str):
    """Both steps."""
    return press(client, course_key, look(client, course_key, addresses, **fields), addresses, **fields)


def findings(answer) -> list[tuple[str, str]]:
    """(as typed, finding) of every line on the page."""
    return [(line.typed, line.finding.value) for line, _words in answer.context["lines"]]
