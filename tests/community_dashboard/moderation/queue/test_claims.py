"""Who looks at a post is named to the others, for a time."""

from datetime import timedelta

import pytest

from community_dashboard.moderation.queue.actions import claim, release, settle
from community_dashboard.moderation.queue.errors import NoItemError, NotYoursError
from community_dashboard.moderation.queue.filters import Filters
from community_dashboard.moderation.queue.queries import item_of, next_item

pytestmark = pytest.mark.django_db


def test_the_first_holds_it_and_the_second_is_told(filled, cast, fay, course_key, now):
    ref = filled.queued(cast.chen)
    assert claim(by=cast.bo, course_key=course_key, ref=ref, now=now).claimed_by == cast.bo
    held = claim(by=fay, course_key=course_key, ref=ref, now=now + timedelta(minutes=2))
    assert (held.claimed_by, held.claimed_since) == (cast.bo, now)


def test_it_can_be_taken_over(filled, cast, fay, course_key, now):
    ref = filled.queued(cast.chen)
    claim(by=cast.bo, course_key=course_key, ref=ref, now=now)
    assert claim(by=fay, course_key=course_key, ref=ref, now=now, over=True).claimed_by == fay


def test_after_the_time_out_it_is_free(filled, cast, fay, course_key, now, settings):
    settings.COMMUNITY_CLAIM_MINUTES = 3
    ref = filled.queued(cast.chen)
    claim(by=cast.bo, course_key=course_key, ref=ref, now=now)
    assert claim(by=fay, course_key=course_key, ref=ref, now=now + timedelta(minutes=2)).claimed_by == cast.bo
    assert claim(by=fay, course_key=course_key, ref=ref, now=now + timedelta(minutes=3)).claimed_by == fay


def test_what_says_each_minute_that_it_is_there_holds_for_fewer(filled, cast, course_key, now, settings):
    ref = filled.queued(cast.chen)
    for longest, minutes in ((10, 3), (2, 2)):
        settings.COMMUNITY_CLAIM_MINUTES = longest
        held = claim(by=cast.bo, course_key=course_key, ref=ref, now=now, minutes=3)
        assert held.claimed_until == now + timedelta(minutes=minutes)


def test_going_on_keeps_the_beginning(filled, cast, course_key, now):
    ref = filled.queued(cast.chen)
    claim(by=cast.bo, course_key=course_key, ref=ref, now=now)
    held = claim(by=cast.bo, course_key=course_key, ref=ref, now=now + timedelta(minutes=5))
    assert (held.claimed_since, held.claimed_until) == (now, now + timedelta(minutes=15))


def test_one_looks_at_one_post(filled, cast, course_key, now):
    first, second = filled.queued(cast.chen, "One"), filled.queued(cast.chen, "Two")
    claim(by=cast.bo, course_key=course_key, ref=first, now=now)
    claim(by=cast.bo, course_key=course_key, ref=second, now=now)
    assert item_of(course_key, first).claimed_by is None
    release(by=cast.bo, course_key=course_key, until=now)  # an older page goes: it held something else
    assert item_of(course_key, second).claimed_by == cast.bo
    release(by=cast.bo, course_key=course_key)
    assert item_of(course_key, second).claimed_by is None


def test_the_next_is_one_that_nobody_else_looks_at(filled, cast, fay, course_key, now):
    refs = [filled.queued(cast.chen, f"Post {number}", weight=90 - 10 * number) for number in range(3)]
    claim(by=fay, course_key=course_key, ref=refs[1], now=now)
    after = item_of(course_key, refs[0])
    found = next_item(course_key, Filters(), after=after, reader_id=cast.bo.id, now=now)
    assert found.post_id == refs[2].id
    again = next_item(course_key, Filters(), after=found, reader_id=cast.bo.id, now=now)
    assert again.post_id == refs[0].id


def test_who_does_not_moderate_claims_nothing(filled, cast, course_key, now):
    ref = filled.queued(cast.chen)
    for reader in (cast.ada, cast.chen, cast.dara):
        with pytest.raises(NotYoursError):
            claim(by=reader, course_key=course_key, ref=ref, now=now)
    with pytest.raises(NoItemError):
        claim(by=cast.bo, course_key=course_key, ref=filled.thread(cast.chen), now=now)
    assert item_of(course_key, ref).claimed_by is None


def test_what_is_decided_is_claimed_by_nobody(filled, cast, course_key, now):
    ref = filled.queued(cast.chen)
    settle(course_key=course_key, ref=ref, version=None, by=cast.bo, now=now)
    assert claim(by=cast.bo, course_key=course_key, ref=ref, now=now).claimed_by is None
