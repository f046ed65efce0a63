"""The demo as the packages see a platform: every verb of `referral_xblock.host.interface.Host`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import crum
from completion.models import BlockCompletion
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey

from demo.campus import actions
from demo.campus import queries as campus
from demo.campus.addresses import local_path
from demo.courseware import queries as courseware
from demo.deadlines import deadlines_for
from referral_xblock.data import Course, Enrolment, Person, Role, Unit, UnitState


def absolute(path: str) -> str:
    """The address of a path on this host, the same whatever name a request came in by."""
    return f"{settings.LMS_ROOT_URL}{path}"


def _usage_key(text: str) -> UsageKey | None:
    try:
        return UsageKey.from_string(text)
    except InvalidKeyError:
        return None


class DemoHost:
    """Answers from the tables of campus and courseware; says None or nothing for what it does not know."""

    def course(self, course_key: Any) -> Course | None:
        """The course as an outsider may know it. One query."""
        row = courseware.course(course_key)
        if row is None:
            return None
        return Course(
            key=str(course_key),
            title=row.title,
            organisation=row.organisation,
            number=row.number,
            summary=row.summary,
            language=row.language,
            start=row.start,
            end=row.end,
            about_url=absolute(reverse("campus:course_about", args=[course_key])),
            home_url=absolute(reverse("campus:course_home", args=[course_key])),
            picture_url=absolute(reverse("campus:course_picture", args=[course_key])) if row.picture else "",
            open_to_public=row.open_to_public,
            graded=row.graded,
        )

    def course_picture(self, course_key: Any) -> bytes | None:
        """The course's picture as it came with the export, if it is made of pixels. One query and one file."""
        found = courseware.picture(course_key)
        return found[0] if found and found[1] != "image/svg+xml" else None

    def unit(self, usage_key: Any) -> Unit | None:
        """The unit that holds this block. One or two queries."""
        found = courseware.unit_of(usage_key)
        if found is None:
            return None
        unit_key, title = found
        address = reverse("courseware:unit", args=[unit_key.course_key, unit_key])
        return Unit(usage_key=str(unit_key), title=title, url=absolute(address))

    def block_titles(self, usage_keys: list[str]) -> dict[str, str]:
        """Titles of the units that hold these blocks, by the block's key. Two queries."""
        keys = [key for key in map(_usage_key, usage_keys) if key is not None]
        return {str(key): title for key, title in courseware.unit_titles(keys).items()}

    def join_url(self, course_key: Any, next_url: str, *, signed_in: bool) -> str:
        """Registration, or for those who are signed in the address that enrols and goes on."""
        name = "campus:finish_auth" if signed_in else "campus:register"
        wish = {"course_id": str(course_key), "enrollment_action": "enroll", "next": next_url}
        return absolute(f"{reverse(name)}?{urlencode(wish)}")

    def sign_in_url(self, next_url: str) -> str:
        """The sign-in page that returns to this path."""
        return absolute(f"{reverse('campus:login')}?{urlencode({'next': local_path(next_url)})}")

    def enrolment(self, user: Any, course_key: Any) -> Enrolment | None:
        """The person's enrolment, active or not. One query."""
        return campus.enrolment(user, course_key)

    def enrolments(self, user_ids: list[int], course_key: Any) -> dict[int, Enrolment]:
        """The same for many. One query per 500 people."""
        return campus.enrolments(user_ids, course_key)

    def enrolled_ids(self, course_key: Any, *, limit: int) -> list[int]:
        """Some of the people who are in the course now. One query."""
        return campus.enrolled_ids(course_key, limit=limit)

    def enrol(self, user: Any, course_key: Any) -> None:
        """Enrols as the course team does, with the events."""
        actions.enrol(user=user, course_key=course_key, by=None, now=timezone.now())

    def unenrol(self, user: Any, course_key: Any) -> None:
        """Ends an enrolment as the course team does, with the events."""
        actions.unenrol(user=user, course_key=course_key, by=None, now=timezone.now())

    def roles(self, user: Any, course_key: Any) -> frozenset[Role]:
        """What the person is in this course. Two queries."""
        return campus.roles(user, course_key)

    def roles_of(self, user_ids: list[int], course_key: Any) -> dict[int, frozenset[Role]]:
        """The same for many. Three queries per 500 people."""
        return campus.roles_of(user_ids, course_key)

    def people(self, user_ids: list[int]) -> dict[int, Person]:
        """Who these people are. One query per 500 people."""
        return campus.people(user_ids)

    def languages(self, user_ids: list[int]) -> dict[int, str]:
        """The language in which each of them registered. One query."""
        return campus.languages(user_ids)

    def courses_led_by(self, user: Any) -> list[str]:
        """Courses in which the person is on the team or moderates. One query."""
        return campus.courses_led_by(user)

    def has_passed(self, user: Any, course_key: Any) -> bool:
        """Whether the learner's share of all points passes the course. Three queries."""
        share, about = courseware.grade(user.id, course_key), courseware.course(course_key)
        return share is not None and about is not None and share >= about.passing_share

    def completion_share(self, user: Any, course_key: Any) -> float:
        """Completed blocks of those that can be completed, 0 to 1; 0 for a course without any. Two queries."""
        blocks = set(courseware.completable_blocks(course_key))
        if not blocks or not user.id:
            return 0.0
        rows = BlockCompletion.objects.filter(user=user, context_key=course_key, completion__gte=1.0)
        return len(blocks.intersection(rows.values_list("block_key", flat=True))) / len(blocks)

    def unit_state(self, user: Any, usage_key: Any) -> UnitState:
        """From the completed blocks of the unit and the scores of its questions. Four queries."""
        found = courseware.unit_of(usage_key)
        blocks = [row.usage_key for row in courseware.blocks_of(found[0]) if row.completable] if found else []
        if not blocks or not user.id:
            return UnitState.OPEN
        if any(share < 0.5 for share in courseware.scores(user.id, blocks).values()):
            return UnitState.FAILED
        rows = BlockCompletion.objects.filter(user=user, block_key__in=blocks, completion__gte=1.0)
        return UnitState.PASSED if rows.count() == len(blocks) else UnitState.OPEN

    def next_deadline(self, user: Any, course_key: Any, now: datetime) -> datetime | None:
        """When the next sequence is due for this person, if there is a part in the course. Six queries at most."""
        if not user.id or campus.enrolment(user, course_key) is None:
            return None
        return next((due for due in deadlines_for(user.id, course_key) if due >= now), None)

    def rerun_source(self, course_key: Any) -> Any | None:
        """The earlier run that came with the crowd, if this is its later one. One query."""
        row = courseware.course(course_key)
        return row.rerun_of if row is not None else None

    def base_template(self) -> str:
        """The frame of our own pages."""
        return "demo/base.html"

    def signed_in_request(self) -> HttpRequest | None:
        """The request in which this code runs, or None in a task or a command."""
        return crum.get_current_request()
