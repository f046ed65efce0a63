"""Of which course a new one is the re-run."""

from __future__ import annotations

from typing import Any

from referral_xblock.host.edx_platform.answering import nothing, or_else


class Reruns:
    """What Studio notes when somebody asks it for a re-run; the LMS reads the same table."""

    @or_else(nothing)
    def rerun_source(self, course_key: Any) -> Any | None:
        """The key of the course that was run again. One query. A re-run that failed is none."""
        from common.djangoapps.course_action_state.models import CourseRerunState

        manager = CourseRerunState.objects
        rows = manager.find_all(exclude_args={"state": manager.State.FAILED}, course_key=course_key)
        return rows.values_list("source_course_key", flat=True).first()
