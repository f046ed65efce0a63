"""Random histories of a course: what happened, in which order and how often it was told, when the figures were filled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from hypothesis import strategies as st

from community_dashboard.activity import facts
from community_dashboard.activity.facts import NewActivity
from community_dashboard.activity.kinds import Kind
from demo.campus.models import Enrolment
from tests.people import NOW

PEOPLE = 5
KINDS = (
    "enrolled", "came_back", "left", "completed", "completed", "opened", "watched", "tried", "passed", "certified",
    "posted", "answered", "commented", "endorsed", "flagged", "voted", "deleted", "shared", "brought", "signed_in",
)  # fmt: skip
BLOCKS = ("block-a", "block-b", "block-c")
# Minutes from NOW: the last six weeks; a clock that is ahead; clocks that know no year.
MINUTES = st.one_of(
    st.integers(-60 * 24 * 42, 0),
    st.integers(-60 * 24 * 8, 60 * 24 * 2),
    st.sampled_from([60 * 24 * 3650, -60 * 24 * 365 * 45, 60 * 24 * 400]),
)
HAPPENED = st.tuples(st.sampled_from(KINDS), st.integers(0, PEOPLE - 1), st.integers(0, 2), MINUTES)
TELLING = st.tuples(st.just("tell"), st.lists(HAPPENED, min_size=1, max_size=12))
STEPS = st.lists(
    st.one_of(
        TELLING,
        TELLING,
        st.tuples(st.just("again"), st.randoms(use_true_random=False)),
        st.tuples(st.just("fill"), st.integers(0, 30)),
        st.tuples(st.just("retire"), st.integers(0, PEOPLE - 1)),
    ),
    min_size=1,
    max_size=10,
)


def make_people(course_key: Any, *, enrolled: int = PEOPLE - 1) -> list[Any]:
    """Five accounts, all but one of them in the course."""
    people = [get_user_model().objects.create(username=f"somebody{n}", email=f"{n}@example.org") for n in range(PEOPLE)]
    Enrolment.objects.bulk_create(
        Enrolment(user=user, course_key=course_key, active=n % 3 > 0, mode="audit", created=NOW)
        for n, user in enumerate(people[:enrolled])
    )
    return people


def fact(happened: tuple[str, int, int, int], people: list[Any], course_key: Any) -> NewActivity:
    """One thing that happened, as a listener tells it."""
    kind, who, number, minutes = happened
    at, user_id = NOW + timedelta(minutes=minutes), people[who].id
    own = {"user_id": user_id, "course_key": course_key}
    event = f"{kind}{who}{number}{minutes}"
    post = ("thread", f"{who}{number}{abs(minutes)}")
    if kind in ("posted", "answered", "commented"):
        return facts.posted(kind=Kind(kind), post=post, at=at, **own)
    if kind in ("opened", "watched", "tried"):
        return facts.tracked(kind=Kind(kind), block_id=BLOCKS[number], at=at, **own)
    return {
        "enrolled": lambda: facts.enrolled(first_at=at, **own),
        "came_back": lambda: facts.came_back(event_id=event, at=at, **own),
        "left": lambda: facts.left(event_id=event, at=at, **own),
        "completed": lambda: facts.completed(block_key=BLOCKS[number], at=at, **own),
        "passed": lambda: facts.passed(at=at, **own),
        "certified": lambda: facts.certified(at=at, **own),
        "endorsed": lambda: facts.endorsed(post=post, at=at, **own),
        "flagged": lambda: facts.flagged(post=post, at=at, **own),
        "voted": lambda: facts.voted(post=post, at=at, **own),
        "deleted": lambda: facts.deleted(post=post, user_id=None, course_key=course_key, at=at),
        "shared": lambda: facts.shared(channel=str(number), day=at.astimezone(UTC).date(), **own),
        "brought": lambda: facts.brought(journey_id=who * 10 + number, at=at, **own),
        "signed_in": lambda: facts.signed_in(event_id=event, user_id=user_id, at=at),
    }[kind]()


def later(minutes: int) -> datetime:
    """A moment of filling."""
    return NOW + timedelta(minutes=minutes)
