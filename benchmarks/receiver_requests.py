"""The requests that are measured: each made ready by people who did everything before it, and looked at after it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from demo.campus.models import Profile
from referral_xblock.host.chosen import get_host
from referral_xblock.journey.settling import settle
from referral_xblock.links.actions import ensure_links
from tests.people import make_cast, make_course
from tests.referral_xblock.visits import open_invitation, press_join

Make = Callable[[], Callable[[], None]]


def make_requests() -> dict[str, Make]:
    """By name. Fills an empty database with one course, its people and chen's link."""
    course = make_course()
    cast = make_cast(course.course_key)
    now = timezone.now()
    place = {"owner_id": cast.chen.id, "course_key": course.course_key, "placement": str(course.referral)}
    code = ensure_links(**place, channels=["copy"], now=now)["copy"].code
    numbers = count()

    def visitor(*, invited: bool) -> Client:
        client = Client()
        if invited:
            press_join(client, code, open_invitation(client, code)[1])
        return client

    def registration(invited: bool) -> Callable[[], None]:
        client, name = visitor(invited=invited), f"eli{next(numbers)}"
        fields = {"username": name, "name": name, "email": f"{name}@example.org", "password": "a-long-password"}

        def send() -> None:
            assert client.post("/register", fields)["Location"] == "/register/check-mail"

        return send

    def enrolment(invited: bool, again: bool = False) -> Callable[[], None]:
        client, user = visitor(invited=invited), account(f"eli{next(numbers)}")
        client.force_login(user)
        path = f"/courses/{course.course_key}"
        if again:
            client.post(f"{path}/enrol")
            settle(user_id=user.id, now=now)
            client.post(f"{path}/leave")
            settle(user_id=user.id, now=now)

        def send() -> None:
            client.post(f"{path}/enrol")
            assert get_host().enrolment(user, course.course_key).active

        return send

    return {
        "registration": lambda: registration(False),
        "registration, invited": lambda: registration(True),
        "enrolment": lambda: enrolment(False),
        "enrolment, invited": lambda: enrolment(True),
        "enrolment again, with a journey": lambda: enrolment(True, again=True),
    }


def account(name: str) -> Any:
    """An account that is ready to enrol."""
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "a-long-password")
    Profile.objects.create(user=user, name=name)
    return user
