"""Posts in the queue of a running demo: written in a process of its own, as the platform writes them.

`python -m tests.browser.queued` writes eight, of two kinds of trouble and one of need, and prints which they are.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from tests.browser.aside import last_line_of

POSTS = (
    ("Make 300 $ a day from home", "Write to me on WhatsApp, I show you how."),
    ("You are all idiots", "I have never seen so many stupid questions in one place."),
    ("When does the exam close?", "I have to say by tonight when I cannot come. Please help."),
    ("La page reste blanche", "Depuis ce matin, sur deux ordinateurs. <b>Merci</b> de votre aide."),
    ("Cheap watches", "Buy two, pay one: http://bit.ly/watch"),
    ("Read the course first", "Before you write again, read. Really."),
    ("Bees in the rain", "Where do they go? My neighbour says under leaves."),
    ("Une reine ou deux ?", "Dans la vidéo il y en a deux, dans le texte une seule."),
)


def queued_posts(site: Any) -> list[dict[str, str]]:
    """The posts, the most pressing first: {"kind", "id", "title"}. Written once for each site."""
    return json.loads(last_line_of("tests.browser.queued", site))


def write() -> list[dict[str, str]]:
    """Writes them into the course of the demo whose environment this is, and into its queue."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from community_dashboard.moderation.data import Finding, Reason
    from community_dashboard.moderation.projection.actions import project
    from community_dashboard.moderation.queue.actions import set_findings
    from demo.courseware.models import Course
    from tests.community_dashboard.moderation.projection.conftest import ForumOf

    course_key, now = Course.objects.order_by("pk").first().course_key, timezone.now()
    authors = list(get_user_model().objects.exclude(username__in=["ada", "bo", "dara"]).order_by("id")[:4])
    forum, found = ForumOf(course_key), []
    for number, (title, body) in enumerate(POSTS):
        ref = forum.thread(authors[number % len(authors)], title, body, at=now - timedelta(hours=number))
        project(course_key=course_key, refs=[ref], now=now)
        reason = (Reason.SUSPECT, Reason.REPORTED, Reason.URGENT)[number % 3]
        finding = Finding(reason, "test", 99 - 9 * number, now - timedelta(minutes=5), {})
        # A source of its own: what the demo's own sources find beside it does not take it away.
        set_findings(course_key=course_key, ref=ref, source="tests", findings=[finding], now=now)
        found.append({"kind": ref.kind.value, "id": ref.id, "title": title})
    return found


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(write()))
