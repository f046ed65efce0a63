"""Reads of the course policy."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Audience, Policy
from referral_xblock.host.cache_keys import cache_key
from referral_xblock.host.chosen import get_host
from referral_xblock.policy.holdout import in_holdout
from referral_xblock.policy.models import CoursePolicy, Rerun

COLUMNS = tuple(Policy.__dataclass_fields__)
CACHED, CACHE_SECONDS = "referral-policy", 60  # the rules of a course, between requests


def policy_of(course_key: CourseKey) -> Policy:
    """The rules of this course, the defaults if it has none. No query while cached (one minute), else one."""
    key = cache_key(CACHED, course_key)
    policy = cache.get(key)
    if policy is None:
        row = CoursePolicy.objects.filter(course_key=course_key).values(*COLUMNS).first()
        policy = from_values(row) if row else Policy()
        cache.set(key, policy, CACHE_SECONDS)
    return policy


def is_held_out(user_id: int, course_key: CourseKey) -> bool:
    """Whether this learner sees the block without its prompt: a stable draw. No query."""
    return in_holdout(user_id, str(course_key), salt=settings.REFERRAL_HOLDOUT_SALT)


def from_values(values: dict) -> Policy:
    """A `Policy` from the columns of a row or of an exported file."""
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return Policy(**plain | {"audience": Audience(values["audience"])})


def rerun_source(course_key: CourseKey) -> CourseKey | None:
    """Of which course this one was made as a re-run; None if it was not. One query, two if nothing was remembered.

    Studio tells us of a re-run from Ulmo on; for one made before, or while nobody listened, the platform itself is asked.
    """
    remembered = Rerun.objects.filter(course_key=course_key).values_list("source_key", flat=True).first()
    return remembered or get_host().rerun_source(course_key)


def other_runs(course_key: CourseKey, *, among: Iterable[str]) -> list[str]:
    """The keys among these of other runs of the same course that have rules of their own, the one that was run again first.

    Three queries at most.
    """
    keys = [CourseKey.from_string(text) for text in among]
    source = rerun_source(course_key)
    same = (course_key.org, course_key.course)
    runs = [key for key in keys if key != course_key and (key == source or (key.org, key.course) == same)]
    found = CoursePolicy.objects.filter(course_key__in=runs).values_list("course_key", flat=True) if runs else []
    return [str(key) for key in sorted(found, key=lambda key: (key != source, str(key)))]


def exported(course_key: CourseKey) -> dict:
    """The policy as plain values for a JSON file. One query at most."""
    policy = policy_of(course_key)
    return {
        column: list(value) if isinstance(value, tuple) else value
        for column in COLUMNS
        for value in [getattr(policy, column)]
    }


def courses_that_learn_together() -> list[CourseKey]:
    """The courses that have teams, buddies or a leaderboard. One query over the courses that have rules of their own."""
    together = Q(teams=True) | Q(leaderboard=True) | ~Q(buddies="off")
    return list(CoursePolicy.objects.filter(together).values_list("course_key", flat=True))


def courses_with_milestones() -> list[CourseKey]:
    """The courses in which something can be earned. One query over the courses that have rules of their own."""
    rows = CoursePolicy.objects.values_list("course_key", "milestones")
    return [course_key for course_key, milestones in rows if milestones]


def courses_with_reminders() -> list[CourseKey]:
    """The courses whose inviters are told of friends who have not yet begun. One query."""
    return list(CoursePolicy.objects.filter(reminders=True, paused=False).values_list("course_key", flat=True))
