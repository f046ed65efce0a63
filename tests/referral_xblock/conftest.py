"""The link of chen, which most tests of the share link begin with."""

import pytest

from referral_xblock.links.actions import ensure_links


@pytest.fixture
def link(cast, course_key, tiny_course, now):
    """chen's own link from the unit in which the block stands."""
    links = ensure_links(
        owner_id=cast.chen.id, course_key=course_key, placement=str(tiny_course.referral), channels=["copy"], now=now
    )
    return links["copy"]
