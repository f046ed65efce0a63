"""The block in the demo's runtime, for a reader or for its author."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from demo.courseware.models import Block, Course
from demo.courseware.runtime import CourseRuntime
from referral_xblock.host.chosen import get_host


@pytest.fixture
def block_for(cast: Any, tiny_course: Any) -> Callable[..., Any]:
    """`block_for(user, authoring=False, **authored)`: the tiny course's referral block with these settings as stored."""

    def get(user: Any, *, authoring: bool = False, **authored: Any) -> Any:
        Block.objects.filter(usage_key=tiny_course.referral).update(authored=authored)
        runtime = CourseRuntime(
            user=user,
            course=Course.objects.get(course_key=tiny_course.course_key),
            roles=get_host().roles(user, tiny_course.course_key),
            authoring=authoring,
        )
        return runtime.get_block(tiny_course.referral)

    return get


@pytest.fixture
def html_of() -> Callable[..., str]:
    """`html_of(block, "student_view")`: what the view draws, without the runtime's wrapper."""

    def draw(block: Any, view: str) -> str:
        return getattr(block, view)({}).body_html()

    return draw


@pytest.fixture
def no_holdout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody sees the prompt."""
    monkeypatch.setattr("referral_xblock.policy.holdout.HOLDOUT_PERCENT", 0)


@pytest.fixture
def all_holdout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody does."""
    monkeypatch.setattr("referral_xblock.policy.holdout.HOLDOUT_PERCENT", 100)
