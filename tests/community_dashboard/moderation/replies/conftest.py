"""A course's kept replies, and posts in its queue."""

import pytest

from community_dashboard.moderation.decisions.kept_replies import keep_reply
from tests.community_dashboard.moderation.decisions.conftest import somebody
from tests.community_dashboard.moderation.queue.conftest import filled

__all__ = ["filled", "somebody"]


@pytest.fixture
def keep(cast, course_key, now):
    """`keep("Hello {name}", title="Welcome")`: bo keeps an answer."""

    def kept(body="Hello {name}", *, title="Welcome", language="en", **more):
        return keep_reply(by=cast.bo, course_key=course_key, title=title, body=body, language=language, now=now, **more)

    return kept
