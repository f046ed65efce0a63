"""A world of the benchmark, loaded through the batch actions: the tables hold all that the signs need."""

from dataclasses import replace
from datetime import timedelta

import pytest
from completion.models import BlockCompletion
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import CourseKey

from benchmarks.fraud import as_known, judge_world
from benchmarks.fraud_world.records import HONEST
from benchmarks.fraud_world.world import draw_world
from referral_xblock.api import (
    EventKind,
    NewEvent,
    NewTouch,
    Visit,
    WantedLink,
    bind_touches,
    ensure_links_for_many,
    note_events,
    recompute_all,
    record_clicks,
)
from referral_xblock.journey.models import Journey
from referral_xblock.journey.signs import Sign
from referral_xblock.journey.suspicion import judge_inviters
from referral_xblock.models import CoursePolicy

pytestmark = pytest.mark.django_db
OFFSET = 100_000  # numbers of accounts that nobody else has
OTHER = CourseKey.from_string("course-v1:Test+Other+2026")


def small_world():
    """Every attack, whoever is in a ring, and one honest inviter in forty."""
    world = draw_world(907)
    rings = {account for pair in world.other_courses for account in pair}
    kept = [one for one in world.arrivals if one.label != HONEST or one.account.id in rings or one.inviter.id % 40 == 0]
    ids = {account.id for one in kept for account in (one.account, one.inviter)}
    return replace(world, arrivals=kept, other_courses=[pair for pair in world.other_courses if set(pair) <= ids])


@pytest.fixture
def loaded(course_key):
    """The world, and the rules that its course team has set, in the tables."""
    world = small_world()
    CoursePolicy.objects.create(
        course_key=course_key,
        trusted_domains=list(world.trusted_domains),
        banned_channels=list(world.banned_channels),
        changed_at=world.start,
    )
    accounts = {account.id: account for one in world.arrivals for account in (one.account, one.inviter)}
    get_user_model().objects.bulk_create(
        get_user_model()(
            id=OFFSET + account.id,
            username=f"account{account.id}",
            email=account.email,
            date_joined=account.created_at,
        )
        for account in accounts.values()
    )
    users = get_user_model().objects.in_bulk([OFFSET + number for number in accounts])
    came(world, users, course_key)
    learned(world, accounts, course_key)
    Journey.objects.bulk_create(
        Journey(
            user_id=OFFSET + friend,
            inviter_id=OFFSET + inviter,
            course_key=OTHER,
            status="credited",
            clicked_at=world.start,
        )
        for inviter, friend in set(world.other_courses)
    )
    recompute_all(course_key=course_key, now=world.end)
    return world


def came(world, users, course_key):
    links = ensure_links_for_many(
        course_key=course_key,
        wanted=[WantedLink(OFFSET + one.inviter.id, "", one.channel, one.clicked_at) for one in world.arrivals],
    )
    clicks = record_clicks(
        course_key=course_key,
        visits=[
            Visit(
                links[OFFSET + one.inviter.id, "", one.channel].id,
                as_known(one, world).visitor,
                one.clicked_at,
                confirmed_by="join",
                same_browser=one.own_browser,
                trusted_network=one.address in world.trusted_networks,
            )
            for one in world.arrivals
        ],
    )
    note_events(
        events=[
            NewEvent(OFFSET + one.account.id, EventKind.ENROLLED, one.enrolled_at, course_key) for one in world.arrivals
        ]
    )
    note_events(
        events=[
            NewEvent(OFFSET + one.account.id, EventKind.UNENROLLED, one.left_at, course_key)
            for one in world.arrivals
            if one.left_at
        ]
    )
    bind_touches(
        course_key=course_key,
        touches=[
            NewTouch(users[OFFSET + one.account.id], one.enrolled_at, click_id=click)
            for one, click in zip(world.arrivals, clicks, strict=True)
        ],
    )


def learned(world, accounts, course_key):
    """Blocks completed in the course, and one in another course for whoever used the account before."""
    done = [
        (one.account.id, course_key, number, moment)
        for one in world.arrivals
        for number, moment in enumerate(one.studied_at)
    ]
    done += [
        (account.id, OTHER, 0, account.created_at + timedelta(days=1))
        for account in accounts.values()
        if not account.unused and account.created_at < world.start - timedelta(days=2)
    ]
    BlockCompletion.objects.bulk_create(
        BlockCompletion(
            user_id=OFFSET + number,
            context_key=key,
            block_key=key.make_usage_key("html", f"block{place}"),
            block_type="html",
            completion=1.0,
            created=moment,
            modified=moment,
        )
        for number, key, place, moment in done
    )


def test_the_same_signs_are_seen_and_the_same_arrivals_wait_or_do_not_count(loaded, course_key):
    expected = {OFFSET + friend: found for friend, found in judge_world(loaded).items()}
    journeys = {row.user_id: row for row in Journey.objects.filter(course_key=course_key)}
    assert len(journeys) == len(loaded.arrivals) > 500
    seen = {friend: (tuple(row.signs), row.score) for friend, row in journeys.items() if row.signs}
    assert seen == {friend: (tuple(map(str, found.signs)), found.score) for friend, found in expected.items()}
    assert {sign for signs, _score in seen.values() for sign in signs} == set(Sign), "the world has every sign"
    for friend, row in journeys.items():
        found = expected.get(friend)
        banned = found is not None and Sign.BANNED_SOURCE in found.signs
        outcome = ("not_credited", "banned") if banned else ("held", "suspicious") if found and found.held else None
        assert (row.status, row.reason) == (outcome or ("credited", ""))
    assert set(Journey.objects.filter(course_key=OTHER).values_list("status", flat=True)) == {"credited"}


def test_looking_again_changes_nothing_and_asks_as_much_for_many_as_for_few(loaded, course_key):
    inviters = sorted(set(Journey.objects.filter(course_key=course_key).values_list("inviter_id", flat=True)))
    few, many = inviters[:5], inviters[:100]
    costs = []
    for some in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert judge_inviters(some, course_key, now=loaded.end) == 0
        costs.append(len(asked))
    assert max(costs) <= 20
