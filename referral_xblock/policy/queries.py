"""Reads of the course policy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Audience, Policy
from referral_xblock.policy.holdout import in_holdout
from referral_xblock.policy.models import CoursePolicy

COLUMNS = tuple(Policy.__dataclass_fields__)
CACHE_SECONDS = 60


def cache_key(course_key: CourseKey) -> str:
    """Where the policy of this course is kept between requests; the key itself may be too long for memcached."""
    return "referral-policy-" + hashlib.sha256(str(course_key).encode()).hexdigest()[:32]


def policy_of(course_key: CourseKey) -> Policy:
    """The rules of this course, the defaults if it has none. No query while cached (one minute), else one."""
    key = cache_key(course_key)
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
    return Policy(
        **{
            **values,
            "audience": Audience(values["audience"]),
            "allowed_domains": tuple(values["allowed_domains"]),
        }
    )


def other_runs(course_key: CourseKey, *, among: Iterable[str]) -> list[str]:
    """The keys among these that are other runs of the same course and have rules of their own. One query at most."""
    keys = [CourseKey.from_string(text) for text in among]
    runs = [key for key in keys if key != course_key and (key.org, key.course) == (course_key.org, course_key.course)]
    found = CoursePolicy.objects.filter(course_key__in=runs).values_list("course_key", flat=True) if runs else []
    return sorted(str(key) for key in found)


def exported(course_key: CourseKey) -> dict:
    """The policy as plain values for a JSON file. One query at most."""
    policy = policy_of(course_key)
    return {
        column: list(value) if isinstance(value, tuple) else value
        for column in COLUMNS
        for value in [getattr(policy, column)]
    }
