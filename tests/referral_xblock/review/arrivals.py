"""Friends of an inviter, through the batch actions as everybody else comes; suspicious where a test wants it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model

from referral_xblock.api import (
    EventKind,
    NewEvent,
    NewTouch,
    Visit,
    WantedLink,
    bind_touches,
    ensure_links_for_many,
    note_events,
    recompute_all,
    record_clicks,
)
from referral_xblock.journey.models import Journey


def bring(
    inviter: Any, course_key: Any, now: Any, *names: str, mail: str = "{}@example.org", **visit: Any
) -> list[Any]:
    """So many new accounts by this inviter's link, an hour apart, looked at; `mail` is how an address is made of a name."""
    link = ensure_links_for_many(
        course_key=course_key, wanted=[WantedLink(inviter.id, "", visit.pop("channel", "copy"), now)]
    )
    [link] = link.values()
    people = []
    for number, name in enumerate(names):
        moment = now + timedelta(hours=number)
        person = get_user_model().objects.create(
            username=name, email=mail.format(name), date_joined=moment + timedelta(minutes=5)
        )
        seen = {"visitor": f"v{name}"[:20], "confirmed_by": "join"} | visit
        [click] = record_clicks(course_key=course_key, visits=[Visit(link.id, created_at=moment, **seen)])
        note_events(events=[NewEvent(person.id, EventKind.ENROLLED, moment + timedelta(minutes=9), course_key)])
        bind_touches(course_key=course_key, touches=[NewTouch(person, moment + timedelta(minutes=6), click_id=click)])
        people.append(person)
    recompute_all(course_key=course_key, now=now + timedelta(hours=len(names)))
    return people


def bring_suspicious(inviter: Any, course_key: Any, now: Any, *names: str) -> list[Any]:
    """The same with the inviter's own mailbox written in other ways: each is held."""
    local, _at, domain = inviter.email.partition("@")
    return bring(inviter, course_key, now, *names, mail=f"{local}+{{}}@{domain}")


def outcome(person: Any, course_key: Any) -> tuple[str, str]:
    """Status and reason of this person's journey."""
    row = Journey.objects.get(user=person, course_key=course_key)
    return (row.status, row.reason)


def journey_id(person: Any, course_key: Any) -> int:
    """The number of this person's journey."""
    return Journey.objects.get(user=person, course_key=course_key).id
