"""What a course chose, and what it goes by: read."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from community_dashboard.engagement.risk import model
from community_dashboard.engagement.risk.meaning import Means, Policy
from community_dashboard.engagement.risk.models import RiskModel, RiskPolicy


def policy_of(course_key: CourseKey) -> Policy:
    """What "dropped out" means in this course; the default where nothing was chosen. One query."""
    row = RiskPolicy.objects.filter(course_key=course_key).first()
    return Policy() if row is None else Policy(Means(row.means), row.days, row.capacity)


def newest_model(course_key: CourseKey) -> RiskModel | None:
    """What the course learned last, whether or not it is used. One query."""
    return RiskModel.objects.filter(course_key=course_key).order_by("-version").first()


def is_for(row: RiskModel, policy: Policy) -> bool:
    """Whether it was trained for what the course means now."""
    return (row.means, row.days) == (policy.means.value, policy.days)


def model_in_use(course_key: CourseKey, policy: Policy) -> tuple[int, model.Model | None]:
    """The version and the model that gives the chances; (0, None) where the rule does. One query."""
    row = newest_model(course_key)
    found = model.from_stored(row.model) if row is not None and row.better and is_for(row, policy) else None
    return (row.version, found) if row is not None and found is not None else (0, None)
