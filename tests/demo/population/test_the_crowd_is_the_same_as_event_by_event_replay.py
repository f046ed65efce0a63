"""The crowd is written in bulk; the same life, played act by act through the product, leaves the same rows."""

from __future__ import annotations

import logging
from collections import Counter
from typing import Any

import pytest
from completion.models import BlockCompletion
from django.contrib.auth import get_user_model
from django.utils import timezone

from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.models import Activity
from community_dashboard.activity.reconciliation import reconcile
from community_dashboard.activity.sources import SETTLED
from demo.campus.models import Enrolment
from demo.courseware.models import Course
from demo.population.crowd import PREFIX, write_story
from referral_xblock.models import Click, Event, FriendChoice, Journey, Link, Share, Showing, Touch
from tests.demo.population.conftest import SEED
from tests.demo.population.replay import Replay

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.databases]

# What listeners record; the rest is told by the browser, or found in tables that the replay does not fill.
RECORDED = [Kind.REGISTERED, Kind.ENROLLED, Kind.CAME_BACK, Kind.LEFT, Kind.COMPLETED, Kind.PASSED]
PLACE = ("owner__username", "placement", "channel")


def _of(prefix: str) -> list[str]:
    return [f"{prefix}__{name}" for name in PLACE]


def people_of_the_crowd() -> Any:
    return get_user_model().objects.filter(username__startswith=PREFIX)


def snapshot() -> dict[str, Counter]:
    """Every row of the crowd, with names instead of numbers that the database gives."""
    names = {f"u{number}": username for number, username in people_of_the_crowd().values_list("id", "username")}
    clicks = Click.objects.values_list(
        *_of("link"), "created_at", "verdict", "reason", "visitor", "same_browser", "person"
    )  # fmt: skip
    mine = {"user__username__startswith": PREFIX}
    return {
        "accounts": Counter(people_of_the_crowd().values_list("username", "email", "date_joined", "is_active")),
        "enrolments": Counter(
            Enrolment._default_manager.filter(**mine).values_list("user__username", "active", "mode", "created")
        ),
        "completions": Counter(
            BlockCompletion.objects.filter(**mine).values_list(
                "user__username", "block_key", "block_type", "completion", "created"
            )
        ),
        "acts": Counter(
            Activity.objects.filter(kind__in=RECORDED, **mine).values_list(
                "user__username", "kind", "course_key", "object_kind", "object_id", "happened_at"
            )
        ),
        "links": Counter(
            Link.objects.filter(owner__username__startswith=PREFIX).values_list(
                *PLACE, "label", "kind", "cap", "expires_at", "created_at", "accounts"
            )
        ),
        "clicks": Counter((*row[:-1], names.get(row[-1], row[-1])) for row in clicks),
        "showings": Counter(Showing.objects.filter(**mine).values_list("user__username", "placement", "shown_at")),
        "shares": Counter(Share.objects.filter(**mine).values_list("user__username", "placement", "channel", "day")),
        "touches": Counter(
            Touch.objects.filter(**mine).values_list(
                "user__username", *_of("link"), "kind", "happened_at", "bound_at", "same_browser", "is_staff", "admitted"
            )
        ),
        "events": Counter(
            Event.objects.filter(**mine).values_list("user__username", "course", "kind", "happened_at", "by_other")
        ),
        "choices": Counter(FriendChoice.objects.filter(**mine).values_list("user__username", "tells", "changed_at")),
        "journeys": Counter(
            Journey.objects.filter(**mine).values_list(
                "user__username", "inviter__username", *_of("link"), *_of("first_link"), *_of("last_link"), "status",
                "reason", "clicked_at", "registered_at", "enrolled_at", "unenrolled_at", "active_at", "completed_at",
                "lapsed_at",
            )
        ),
    }  # fmt: skip


@pytest.mark.parametrize("graded", [False, True], ids=["ungraded", "graded"])
def test_the_batches_leave_the_rows_that_a_replay_leaves(cast, busy, ground, graded, caplog):
    from demo.population.ground import ground_of

    Course.objects.update(graded=graded)
    ground = ground_of(ground.course_key)
    story = busy(ground)
    write_story(story, ground=ground, first_id=5000, seed=SEED, now=timezone.now(), progress=lambda _line: None)
    reconcile(now=timezone.now() + SETTLED)
    batch = snapshot()
    reasons = set(Journey.objects.values_list("status", "reason"))
    people_of_the_crowd().delete()
    assert not Link.objects.filter(owner__username__startswith=PREFIX).exists()

    with caplog.at_level(logging.WARNING):
        Replay(story, ground=ground, seed=SEED, staff=cast.ada).play()
    assert [record.message for record in caplog.records if record.name.startswith("referral")] == []
    replay = snapshot()
    for table, rows in batch.items():
        assert rows, f"The sample has no {table}."
        assert rows == replay[table], table

    assert {kind for _who, kind, *_facts in batch["acts"]} == set(RECORDED) - (set() if graded else {Kind.PASSED})
    # The sample is worth comparing: every way and every common reason is in it.
    assert {binding.way for binding in story.bindings} == {"cookie", "back", "code"}
    assert {len(binding.visits) for binding in story.bindings} == {1, 2}
    assert {("credited", ""), ("held", "suspicious"), ("not_credited", "own_link")} <= reasons
    assert {("not_credited", "already_enrolled"), ("not_credited", "enrolled_by_staff")} <= reasons
    stages = ("unenrolled_at", "active_at", "completed_at")
    assert all(Journey.objects.exclude(**{stage: None}).exists() for stage in stages)
    assert Journey.objects.exclude(lapsed_at=None).exists() is graded
    assert {"person", "machine", "unknown"} == set(Click.objects.values_list("verdict", flat=True))


def test_the_repair_command_finds_nothing_to_repair_afterwards(cast, busy, ground):
    from referral_xblock.api import recompute_all

    write_story(busy(ground), ground=ground, first_id=5000, seed=SEED, now=timezone.now(), progress=lambda _line: None)
    people = Journey.objects.count()
    assert people > 10
    assert recompute_all(course_key=ground.course_key, now=timezone.now()) == (people, 0)
