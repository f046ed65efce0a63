"""What moderation has behind it in a running demo: decisions, an author who may appeal, a job under way, a digest.

`python -m tests.browser.moderated` makes it, in a process of its own, and prints where it stands.
"""

from __future__ import annotations

import json
from datetime import timedelta
from secrets import token_hex
from typing import Any

from tests.browser.aside import last_line_of

PASSWORD = "a-long-password"


def moderated(site: Any) -> dict[str, str]:
    """Ends of addresses below the course ("thread", "many", "job") and the site ("digest", "decision"). Made once for each site.

    Besides there is "keeper" with `PASSWORD`, who may change the rules.
    """
    return json.loads(last_line_of("tests.browser.moderated", site))


def make() -> dict[str, str]:
    """A rule holds two posts of chen, who has appealed for one; a learner is silenced, a thread pinned and reported, and nobody
    works at a job of one post.
    """
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from community_dashboard.moderation.appeals.actions import appeal
    from community_dashboard.moderation.bulk.models import BulkJob, BulkStep
    from community_dashboard.moderation.bulk.scopes import Kind, Scope
    from community_dashboard.moderation.data import Choice, Finding, Reason
    from community_dashboard.moderation.decisions.actions import decide
    from community_dashboard.moderation.digest.models import Digest
    from community_dashboard.moderation.queue.actions import set_findings
    from demo.campus.actions import give_role
    from demo.campus.models import Profile
    from demo.courseware.models import Course
    from referral_xblock.api import Role
    from tests.community_dashboard.moderation.projection.conftest import ForumOf

    course_key, now = Course.objects.order_by("pk").first().course_key, timezone.now()
    people = {user.username: user for user in get_user_model().objects.all()}
    bo, chen, rule = people["bo"], people["chen"], people[settings.COMMUNITY_ACTING_ACCOUNT]
    other = next(user for name, user in sorted(people.items()) if name.startswith("learner"))
    forum = ForumOf(course_key)
    held, looked_at, loud, one, two = (
        forum.thread(by, title, "What do you think?", at=now - timedelta(days=2))
        for by, title in (
            (chen, "My own list"), (chen, "My garden"), (other, "Loud words"), (other, "A wet spring"), (other, "A dry summer"),
        )
    )  # fmt: skip
    about = {"course_key": course_key, "now": now}
    rules = {"by": rule, "choice": Choice.HOLD, "reason": "shield", "automatic": True}
    first, second = (decide(ref=ref, **rules, **about).pk for ref in (held, looked_at))
    appeal(by=chen, course_key=course_key, decision_id=second, words="It is my own garden.", now=now)
    silence = {"reason": "Please be kind.", "fields": {"until": now + timedelta(days=1)}}
    decide(by=bo, ref=loud, choice=Choice.SILENCE, **silence, **about)
    decide(by=bo, ref=one, choice=Choice.PIN, **about)
    finding = Finding(Reason.REPORTED, "test", 10, now, {})
    set_findings(ref=one, source="tests", findings=[finding], **about)
    job = BulkJob.objects.create(
        course_key=course_key, by=bo, choice=Choice.HIDE.value, reason="Off topic", seen_at=now,
        scope=Scope(Kind.SELECTION, refs=(two,)).as_row(),
        token=token_hex(16), state="running", total=1, began_at=now,
    )  # fmt: skip
    BulkStep.objects.create(job=job, number=1, kind=two.kind.value, post_id=two.id, state="todo")
    # Who may change the rules: of the course's staff, with a role in its forum.
    keeper, _first = get_user_model().objects.get_or_create(username="keeper", defaults={"email": "keeper@example.org"})
    Profile.objects.get_or_create(user=keeper, defaults={"name": "Keeper"})
    for role in (Role.COURSE_STAFF, Role.FORUM_MODERATOR):
        give_role(user=keeper, course_key=course_key, role=role)
    keeper.set_password(PASSWORD)
    keeper.save()
    digest, _first = Digest.objects.get_or_create(user=bo, course_key=course_key, defaults={"key": "a" * 32})
    return {
        "thread": f"moderation/item/thread/{one.id}/",
        "many": f"moderation/bulk/?choice=hide&pick=thread-{two.id}",
        "job": f"moderation/bulk/{job.pk}/",
        "digest": f"/community/digest/{digest.key}/",
        "decision": f"/community/me/appeals/{course_key}/{first}/",
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(make()))
