"""A desk whose now is the clock's, since pages look at the clock."""

import pytest
from django.utils import timezone

from tests.community_dashboard.moderation.decisions.conftest import Desk, acts, answer, forum, somebody, thread

__all__ = ["acts", "answer", "desk", "forum", "somebody", "thread"]


@pytest.fixture
def now():
    """The real moment: pages ask the clock."""
    return timezone.now()


@pytest.fixture
def desk(cast, course_key, now) -> Desk:
    """bo's desk."""
    return Desk(course_key, cast.bo, now)


@pytest.fixture
def phone(community):
    """The page's address."""
    return f"{community}moderation/phone/"
