"""Who joins in `benchmarks/joins.py`: people made ready by the thousand, and the process that lets some of them join.

`python -m benchmarks.join_clients FILE RATE SECONDS` says "ready", waits for a line, and then lets the people in the file
join, so many in a second whether or not the last is done, as requests come to an LMS. Leaves in the file what it met with.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

COURSE = "course-v1:Bench+Joins+2026"
FRIENDS_EACH = 10  # of one inviter: fewer than look like a machine's
BATCH = 500


def make_ready(wave: int, people: int) -> list[tuple[int, int]]:
    """Accounts that clicked an invitation and pressed its button, as (number of the account, number of the click)."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from demo.campus.models import Profile
    from referral_xblock.data import Verdict
    from referral_xblock.links.codes import new_code
    from referral_xblock.models import Click, Link
    from tests.people import make_course

    now = timezone.now()
    clicked = now - timedelta(minutes=5)
    course_key = _course_key() or make_course(COURSE).course_key
    users = get_user_model().objects

    def accounts(kind: str, number: int) -> list[Any]:
        names = [f"{kind}{wave}-{one}" for one in range(number)]
        made = [users.model(username=name, email=f"{name}@example.org", password="!") for name in names]
        users.bulk_create(made, batch_size=BATCH)
        found = list(users.filter(username__startswith=f"{kind}{wave}-").order_by("id"))
        Profile.objects.bulk_create([Profile(user=one, name=one.username) for one in found], batch_size=BATCH)
        return found

    inviters, friends = accounts("inviter", -(-people // FRIENDS_EACH)), accounts("friend", people)
    Link.objects.bulk_create(
        [
            Link(code=new_code(), owner=one, course_key=course_key, channel="copy", created_at=clicked)
            for one in inviters
        ],
        batch_size=BATCH,
    )
    links = list(Link.objects.filter(owner__in=inviters).order_by("owner_id").values_list("id", flat=True))
    Click.objects.bulk_create(
        [
            Click(
                link_id=links[number // FRIENDS_EACH],
                course_key=course_key,
                created_at=clicked,
                verdict=Verdict.PERSON.value,
                reason="join",
                visitor=f"v{friend.id}",
                person=f"v{friend.id}",
            )
            for number, friend in enumerate(friends)
        ],
        batch_size=BATCH,
    )
    clicks = dict(Click.objects.filter(link_id__in=links).values_list("visitor", "id"))
    return [(friend.id, clicks[f"v{friend.id}"]) for friend in friends]


def _course_key() -> Any:
    from demo.courseware.models import Course

    return Course.objects.filter(course_key=COURSE).values_list("course_key", flat=True).first()


def faults(people: list[tuple[int, int]]) -> dict[str, int]:
    """What of those who joined is missing, there twice or wrong: how many people each sentence is true of. {}: all is right."""
    from community_dashboard.models import Activity
    from referral_xblock.models import Click, Event, Journey, Touch

    found: Counter[str] = Counter()
    for start in range(0, len(people), BATCH):
        part = dict(people[start : start + BATCH])
        owners = dict(Click.objects.filter(id__in=part.values()).values_list("id", "link__owner_id"))
        touches = Counter(Touch.objects.filter(user__in=part).values_list("user_id", flat=True))
        noted = Counter(Event.objects.filter(user__in=part).values_list("user_id", "kind"))
        recorded = Counter(Activity.objects.filter(user__in=part).values_list("user_id", "kind"))
        columns = ("user_id", "inviter_id", "status", "clicked_at", "registered_at", "enrolled_at")
        journeys = {row[0]: row[1:] for row in Journey.objects.filter(user__in=part).values_list(*columns)}
        for user_id, click_id in part.items():
            inviter, status, *times = journeys.get(user_id, (None, None))
            found["no journey"] += user_id not in journeys
            found["another inviter"] += user_id in journeys and inviter != owners[click_id]
            found["not credited"] += user_id in journeys and status != "credited"
            found["a stage is missing"] += user_id in journeys and not all(times)
            found["click not bound"] += touches[user_id] == 0
            found["click bound twice"] += touches[user_id] > 1
            for kind in ("registered", "enrolled"):
                for name, rows in (("ledger", noted), ("record", recorded)):
                    found[f"{kind}: not in the {name}"] += rows[user_id, kind] == 0
                    found[f"{kind}: twice in the {name}"] += rows[user_id, kind] > 1
    found["links that count wrong"] += _miscounted(people)
    return {name: number for name, number in found.items() if number}


def _miscounted(people: list[tuple[int, int]]) -> int:
    """Links that do not count as many accounts as came by them."""
    from referral_xblock.models import Click, Link

    clicks = [click_id for _user, click_id in people]
    came: Counter[int] = Counter()
    for start in range(0, len(clicks), BATCH):
        part = Click.objects.filter(id__in=clicks[start : start + BATCH])
        came.update(part.values_list("link_id", flat=True))
    counted = dict(Link.objects.filter(id__in=came).values_list("id", "accounts"))
    return sum(counted[link_id] != number for link_id, number in came.items())


def let_them_join(people: list[tuple[int, int]], rate: float, give_up: float) -> dict[str, Any]:
    """They join one after the other, each at the moment that is due; and that is timed.

    Each is one transaction, as a request of the LMS is: the platform's row, both events with our receivers, and what we
    send after the commit. After `give_up` seconds nobody else joins.
    """
    import crum
    from django.contrib.auth import get_user_model
    from django.core.cache import cache
    from django.http import HttpRequest

    from referral_xblock.data import Telling
    from referral_xblock.links.tokens import COOKIE_NAME, remember

    users: dict[int, Any] = {}
    for start in range(0, len(people), BATCH):
        ids = [user_id for user_id, _click in people[start : start + BATCH]]
        users |= get_user_model().objects.select_related("profile").in_bulk(ids)
    requests = []
    for user_id, click_id in people:
        request = HttpRequest()
        request.user = users[user_id]
        request.COOKIES[COOKIE_NAME] = remember(
            None, course_key=COURSE, click_id=click_id, tells=Telling.DAY, window_days=30
        )
        requests.append(request)
    cache.get("warm")
    print("ready", flush=True)
    sys.stdin.readline()
    began, times, latest = time.perf_counter(), [], 0.0
    for number, request in enumerate(requests):
        due = began + number / rate
        wait = due - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        start = time.perf_counter()
        if start - began > give_up:
            break
        with crum_request(crum, request):
            join(request.user)
        times.append(1000 * (time.perf_counter() - start))
        latest = max(latest, start - due)
    return {"joined": len(times), "seconds": time.perf_counter() - began, "ms": times, "latest": latest}


@contextmanager
def crum_request(crum: Any, request: Any) -> Iterator[None]:
    """Within it, this is the request that receivers find."""
    crum.set_current_request(request)
    try:
        yield
    finally:
        crum.set_current_request(None)


def join(user: Any) -> None:
    """One person registers and enrols: the platform's row and both of its events, in one transaction."""
    from django.db import transaction
    from django.utils import timezone
    from opaque_keys.edx.keys import CourseKey
    from openedx_events.learning.data import CourseData, CourseEnrollmentData, UserData, UserPersonalData
    from openedx_events.learning.signals import COURSE_ENROLLMENT_CREATED, STUDENT_REGISTRATION_COMPLETED

    from demo.campus.models import Enrolment

    now, course_key = timezone.now(), CourseKey.from_string(COURSE)
    pii = UserPersonalData(username=user.username, email=user.email, name=user.profile.name)
    said = UserData(id=user.id, is_active=True, pii=pii)
    enrolled = CourseEnrollmentData(
        user=said,
        course=CourseData(course_key=course_key, display_name="Bees and other visitors"),
        mode="audit",
        is_active=True,
        creation_date=now,
    )
    with transaction.atomic():
        STUDENT_REGISTRATION_COMPLETED.send_event(time=now, user=said)
        Enrolment.objects.create(user=user, course_key=course_key, active=True, created=now)
        COURSE_ENROLLMENT_CREATED.send_event(time=now, enrollment=enrolled)


def main(arguments: list[str]) -> None:
    """One of the processes that let people join."""
    import django

    django.setup()
    from celery import current_app

    current_app.conf.task_always_eager = False
    file, rate, give_up = arguments
    people = [(user_id, click_id) for user_id, click_id in json.loads(Path(file).read_text())]
    Path(file).write_text(json.dumps(let_them_join(people, float(rate), float(give_up))))


if __name__ == "__main__":
    main(sys.argv[1:])
