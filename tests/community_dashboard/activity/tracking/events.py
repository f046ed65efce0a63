"""Tracking events in the shapes in which an LMS sends them to its backends."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def event(name: str, data: Any, *, user: Any, at: datetime = NOW, **context: Any) -> dict[str, Any]:
    """With the context of a request; `user` is an account, its number, or None for a visitor."""
    account = getattr(user, "id", user)
    about = {"user_id": account if account is not None else "", "username": "somebody", "ip": "192.0.2.7", "path": "/"}
    return {"name": name, "timestamp": at, "data": data, "context": {**about, **context}}


def requested(unit: Any, user: Any, **more: Any) -> dict[str, Any]:
    """The LMS's own event for the request for a unit; its data is a text."""
    data = '{"GET": {"view": ["student_view"]}, "POST": {}}'
    return event(f"/xblock/{unit}", data, user=user, event_source="server", page=None, course_id="", **more)


def selected(unit: Any, user: Any, way: str = "next", **more: Any) -> dict[str, Any]:
    """The learning MFE's navigation."""
    data = {"current_tab": 1, "id": str(unit), "tab_count": 3, "widget_placement": "top"}
    return event(f"edx.ui.lms.sequence.{way}_selected", data, user=user, event_source="browser", **more)


def played(video: Any, user: Any, **more: Any) -> dict[str, Any]:
    """The player in a page: only the end of the key, and the course in the context."""
    data = {"id": video.block_id, "code": "3_yD_cEKoCk", "duration": 194.0, "currentTime": 0}
    about = {"event_source": "browser", "course_id": str(video.context_key), **more}
    return event("play_video", data, user=user, **about)


def played_in_app(video: Any, user: Any, **more: Any) -> dict[str, Any]:
    """The apps' way."""
    data = {"module_id": str(video), "code": "mobile", "current_time": 0}
    return event("edx.video.played", data, user=user, event_source="mobile", course_id=str(video.context_key), **more)


def answered(problem: Any, user: Any, **more: Any) -> dict[str, Any]:
    """The server's event after an answer was scored."""
    data = {"problem_id": str(problem), "success": "correct", "attempts": 1, "answers": {"x_2_1": "choice_1"}}
    module = {"display_name": "Count", "usage_key": str(problem)}
    about = {"event_source": "server", "course_id": str(problem.context_key), "module": module, **more}
    return event("problem_check", data, user=user, **about)


def dropped(problem: Any, user: Any, name: str = "edx.drag_and_drop_v2.item.dropped") -> dict[str, Any]:
    """Blocks whose data does not name them: the context does."""
    return event(
        name, {"is_correct": True, "item_id": 0}, user=user, event_source="server", module={"usage_key": str(problem)}
    )
