"""Our steps in the platform's filters, and how they join what a site has configured already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STEPS = {
    "org.openedx.learning.instructor.dashboard.tabs.requested.v1": (
        "community_dashboard.instructor_entry.dashboard_steps.AddDashboardTab"
    ),
    "org.openedx.learning.instructor.dashboard.render.started.v1": (
        "community_dashboard.instructor_entry.dashboard_steps.AddDashboardSection"
    ),
}


def with_steps(config: Mapping[str, Any] | None, steps: Mapping[str, str]) -> dict[str, Any]:
    """A copy of OPEN_EDX_FILTERS_CONFIG in which each filter type runs our step, once, after those of the site.

    `config` may be missing, may already hold our steps, and may say a pipeline in any form that openedx-filters takes: a
    dictionary with `pipeline`, a list of steps, or one step. What it says otherwise (`fail_silently`, log level) is kept.
    """
    merged = dict(config or {})
    for filter_type, step in steps.items():
        merged[filter_type] = _with_step(merged.get(filter_type), step)
    return merged


def _with_step(configured: Any, step: str) -> Any:
    if not configured:
        return {"fail_silently": True, "pipeline": [step]}
    if isinstance(configured, Mapping):
        return {**configured, "pipeline": _once(configured.get("pipeline") or [], step)}
    return _once([configured] if isinstance(configured, str) else configured, step)


def _once(pipeline: list[str], step: str) -> list[str]:
    return [*pipeline] if step in pipeline else [*pipeline, step]
