"""The figures of a running demo, counted once in a process of its own, and the address of one learner in them.

`python -m tests.browser.learned` counts them and prints whose page to open.
"""

from __future__ import annotations

from typing import Any

from tests.browser.aside import last_line_of

COUNTING = "tests.browser.learned"


def one_learner(site: Any) -> str:
    """The address of the page of chen, once the figures are counted."""
    return f"{list_of(site)}person/{last_line_of(COUNTING, site).split()[-1]}/"


def one_post(site: Any) -> str:
    """The address of a thread that a learner opened."""
    return f"{list_of(site)}post/thread/{last_line_of(COUNTING, site).split()[-2]}/"


def list_of(site: Any) -> str:
    """The address of the list, once the figures are counted."""
    last_line_of(COUNTING, site)
    return f"{site.course}learners/"


def count() -> str:
    """Counts the figures of the course of the demo whose environment this is; a thread's number, and chen as in an address."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from community_dashboard.access.sealing import sealed
    from community_dashboard.activity.kinds import Kind
    from community_dashboard.activity.models import Activity
    from community_dashboard.activity.rollup.filling import fill_course
    from demo.courseware.models import Course

    course_key = Course.objects.order_by("pk").first().course_key
    fill_course(course_key, now=timezone.now())
    threads = Activity.objects.filter(course_key=course_key, kind=Kind.POSTED.value).order_by("id")
    chen = sealed(get_user_model().objects.get(username="chen").id, course_key)
    return f"{threads.first().object_id} {chen}"


if __name__ == "__main__":
    import django

    django.setup()
    print(count())
