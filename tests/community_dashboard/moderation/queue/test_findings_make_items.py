"""What sources tell makes one item per post, which opens and closes by what no decision has answered."""

from datetime import timedelta

import pytest

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.queue.actions import assign, reopen, score_again, set_findings, settle, snooze, wake
from community_dashboard.moderation.queue.errors import NoItemError, NotYoursError
from community_dashboard.moderation.queue.models import QueueFinding, QueueItem
from community_dashboard.moderation.queue.queries import findings_of, item_of
from community_dashboard.moderation.queue.reasons import reasons_in
from community_dashboard.moderation.queue.records import author_record, reporter_records
from community_dashboard.moderation.queue.score import Record

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=3)


def of(filled, ref):
    return item_of(filled.course_key, ref)


def decide(filled, ref, cast, now, outcome="cleared", version=None):
    return settle(course_key=filled.course_key, ref=ref, version=version, by=cast.bo, now=now, outcome=outcome)


def test_many_reasons_make_one_item(filled, cast):
    ref = filled.queued(cast.chen)
    filled.found(ref, Reason.URGENT, source="urgency")
    filled.found(ref, Reason.HELD)
    item = of(filled, ref)
    assert QueueItem.objects.count() == 1
    # What the shield tells takes the place of what it told before.
    assert reasons_in(item.reasons) == [Reason.HELD, Reason.URGENT]
    assert item.state == "open"
    assert [part["name"] for part in item.parts].count("finding") == 2


def test_a_source_that_finds_nothing_any_more_closes_the_item(filled, cast, now):
    ref = filled.queued(cast.chen)
    set_findings(course_key=filled.course_key, ref=ref, source="shield", findings=[], now=now)
    item = of(filled, ref)
    assert (item.state, item.reasons, item.decided_at) == ("done", 0, None)
    assert QueueFinding.objects.count() == 0


def test_nothing_found_of_a_post_without_item_makes_none(filled, cast, now):
    ref = filled.thread(cast.chen)
    assert set_findings(course_key=filled.course_key, ref=ref, source="shield", findings=[], now=now) is None
    unknown = PostRef(PostKind.THREAD, "999999")
    assert filled.found(unknown) is None
    assert not QueueItem.objects.exists()


def test_what_was_decided_does_not_come_back_by_being_looked_at_again(filled, cast, now):
    ref = filled.queued(cast.chen)
    assert decide(filled, ref, cast, now)
    filled.found(ref, hours=-2, now=now + LATER)  # the same words, with a newer moment
    assert of(filled, ref).state == "done"


def test_something_new_opens_it_again(filled, cast, now):
    ref = filled.queued(cast.chen)
    decide(filled, ref, cast, now)
    filled.found(ref, Reason.REPORTED, source="reports", hours=-2, now=now + LATER, reports=1)
    item = of(filled, ref)
    assert item.state == "open"
    assert [row.reason for row in findings_of(item)] == ["reported"]


def test_a_text_changed_since_is_looked_at_again(filled, cast, now):
    ref = filled.queued(cast.chen)
    decide(filled, ref, cast, now)
    filled.forum.edit(ref, cast.chen, body="Now with something else in it.")
    filled.read(ref)
    from community_dashboard.moderation.projection.models import ForumPost

    ForumPost.objects.update(edited_at=now + timedelta(hours=1))
    filled.found(ref, hours=-1, now=now + LATER)
    assert of(filled, ref).state == "open"


def test_undoing_opens_what_was_answered(filled, cast, now):
    ref = filled.queued(cast.chen)
    decide(filled, ref, cast, now, outcome="upheld")
    set_findings(course_key=filled.course_key, ref=ref, source="shield", findings=[], now=now)
    reopen(course_key=filled.course_key, ref=ref, by=cast.bo, now=now)
    item = of(filled, ref)
    assert (item.state, item.outcome, item.decided_by) == ("open", "", None)
    assert reasons_in(item.reasons) == [Reason.SUSPECT]


def test_the_second_of_two_versions_changes_nothing(filled, cast, now):
    ref = filled.queued(cast.chen)
    version = of(filled, ref).version
    assert decide(filled, ref, cast, now, version=version)
    assert not settle(course_key=filled.course_key, ref=ref, version=version, by=cast.ada, now=now, outcome="upheld")
    item = of(filled, ref)
    assert (item.decided_by, item.outcome, item.version) == (cast.bo, "cleared", version + 1)


def test_a_post_without_item_is_settled_by_nothing(filled, cast, now):
    assert decide(filled, filled.thread(cast.chen), cast, now, version=0)


def test_a_post_gone_from_the_forum_leaves_the_list(filled, cast, now):
    ref = filled.queued(cast.chen)
    filled.forum.delete(ref)
    filled.read(ref)
    assert score_again(course_key=filled.course_key, ref=ref, now=now).state == "done"


def test_the_record_of_reporters_and_authors_comes_from_decisions(filled, cast, course_key, now):
    old, new = filled.queued(cast.dara, "Old"), filled.queued(cast.dara, "New")
    for ref in (old, new):
        filled.forum.flag(ref, cast.chen)
    decide(filled, old, cast, now, outcome="upheld")
    assert reporter_records(course_key, new) == [Record(1, 1)]
    assert author_record(course_key, cast.dara.id, but=new) == Record(1, 1)
    assert author_record(course_key, cast.chen.id) == Record()


def test_a_snoozed_post_comes_back_on_time_or_when_something_is_found(filled, cast, course_key, now):
    first, second = filled.queued(cast.chen, "One"), filled.queued(cast.chen, "Two")
    for ref in (first, second):
        snooze(by=cast.bo, course_key=course_key, ref=ref, until=now + LATER, now=now)
    filled.found(second, Reason.REPORTED, source="reports", now=now)
    assert [of(filled, ref).state for ref in (first, second)] == ["snoozed", "open"]
    assert wake(now=now) == 0
    assert wake(now=now + LATER) == 1
    assert of(filled, first).state == "open"


def test_what_is_decided_cannot_be_snoozed(filled, cast, course_key, now):
    ref = filled.queued(cast.chen)
    decide(filled, ref, cast, now)
    with pytest.raises(NoItemError):
        snooze(by=cast.bo, course_key=course_key, ref=ref, until=now + LATER, now=now)


def test_a_post_is_given_only_to_who_can_act_on_it(filled, cast, course_key, now):
    ref = filled.queued(cast.chen)
    assert assign(by=cast.bo, course_key=course_key, ref=ref, to=cast.bo, now=now).assigned_to == cast.bo
    for stranger in (cast.chen, cast.ada, cast.dara):
        with pytest.raises(NotYoursError):
            assign(by=cast.bo, course_key=course_key, ref=ref, to=stranger, now=now)
        with pytest.raises(NotYoursError):
            assign(by=stranger, course_key=course_key, ref=ref, to=cast.bo, now=now)
    assert of(filled, ref).assigned_to == cast.bo
