"""Facts for tests, as a listener would tell them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from community_dashboard.activity import facts
from community_dashboard.activity.actions import record_many
from community_dashboard.activity.kinds import Kind


def thread(number: int, user: Any, course_key: Any, at: Any) -> facts.NewActivity:
    """A thread of that number."""
    return facts.posted(kind=Kind.POSTED, post=("thread", str(number)), user_id=user.id, course_key=course_key, at=at)


def week_of(cast: Any, course_key: Any, now: Any) -> list[facts.NewActivity]:
    """chen and bo post for three days, chen completes a block, dara signs in; all of it is in the record."""
    told = [
        thread(10 * day + who, user, course_key, now + timedelta(days=day, minutes=who))
        for day in range(3)
        for who, user in enumerate((cast.chen, cast.bo))
    ]
    told.append(facts.completed(user_id=cast.chen.id, course_key=course_key, block_key="block", at=now))
    told.append(facts.signed_in(event_id="s", user_id=cast.dara.id, at=now))
    record_many(activities=told)
    return told
