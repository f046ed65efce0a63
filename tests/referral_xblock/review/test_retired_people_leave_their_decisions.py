"""The log keeps what was done; of whom and by whom nobody can tell any more."""

from datetime import timedelta

import pytest
from completion.models import BlockCompletion
from django.contrib.auth import get_user_model

from referral_xblock import retirement
from referral_xblock.api import Decision, decide_on, list_reviews, recompute_all, undo_review
from referral_xblock.journey.models import Journey, Reviewed, Unjudged
from referral_xblock.journey.unjudged import look_again
from referral_xblock.models import Click
from tests.referral_xblock.review.arrivals import bring, bring_suspicious, journey_id, outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(cast, course_key, now):
    """Two fakes of chen, rejected by ada in words that name chen; the decision on the second is undone."""
    fakes = bring_suspicious(cast.chen, course_key, now, "fake1", "fake2")
    reviews = [
        decide_on(
            actor=cast.ada, course_key=course_key, journey_ids=[journey_id(fake, course_key)],
            decision=Decision.REJECT, why=f"Chen made {fake.username}.", now=now,
        )
        for fake in fakes
    ]  # fmt: skip
    undo_review(actor=cast.ada, course_key=course_key, review_id=reviews[1], now=now)
    return fakes


def test_a_retired_friend_is_a_stub_whose_rejection_holds(decided, course_key, now):
    gone = decided[0]
    retirement.retire(gone)
    assert not Reviewed.objects.filter(user=gone).exists()
    newest, oldest = list_reviews(course_key)
    assert (oldest.why, newest.why) == ("", "Chen made fake2.")
    [stub] = get_user_model().objects.filter(id__in=oldest.user_ids)
    recompute_all(course_key=course_key, now=now)
    assert outcome(stub, course_key) == ("not_credited", "rejected")


def test_a_retired_inviter_is_in_nobodys_words_and_waits_for_nothing(decided, cast, course_key):
    look_again([cast.chen.id], course_key)
    retirement.retire(cast.chen)
    assert [row.why for row in list_reviews(course_key)] == ["", ""]
    assert not Unjudged.objects.filter(inviter=cast.chen).exists()
    assert outcome(decided[0], course_key) == ("not_credited", "rejected")


def test_a_retired_member_of_the_team_leaves_what_was_done_without_the_name(decided, cast, course_key):
    retirement.retire(cast.ada)
    rows = list_reviews(course_key)
    assert [(row.decided_by, row.undone_by, row.why, row.decision) for row in rows] == [
        (None, None, "", Decision.REJECT),
        (None, None, "", Decision.REJECT),
    ]
    assert rows[0].undone_at
    assert outcome(decided[0], course_key) == ("not_credited", "rejected")


def test_nobody_is_freed_by_deleting_an_account_nor_accused_by_it(cast, course_key, now):
    [fake] = bring_suspicious(cast.chen, course_key, now, "fake")
    copies = bring(cast.dara, course_key, now, "copy1", "copy2", mail="dora+{}@firm.example")
    learner = bring(cast.dara, course_key, now, "learner")[0]
    BlockCompletion.objects.bulk_create(
        BlockCompletion(
            user=learner, context_key=course_key, block_key=course_key.make_usage_key("html", f"b{place}"),
            block_type="html", completion=1.0,
        )
        for place in range(3)
    )  # fmt: skip
    before = {person.username: outcome(person, course_key) for person in (fake, *copies, learner)}
    numbers = {person.username: journey_id(person, course_key) for person in (fake, *copies, learner)}
    for person in (fake, copies[0], learner):
        retirement.retire(person)
    recompute_all(course_key=course_key, now=now + timedelta(days=60))
    after = {name: Journey.objects.values_list("status", "reason").get(id=number) for name, number in numbers.items()}
    assert before == after == {
        "fake": ("held", "suspicious"), "copy1": ("held", "suspicious"), "copy2": ("held", "suspicious"),
        "learner": ("credited", ""),
    }  # fmt: skip


def test_what_an_old_click_showed_is_not_forgotten_with_it(cast, course_key, now):
    people = bring(cast.chen, course_key, now, "one", "two", visitor="device")
    Click.objects.all().delete()
    recompute_all(course_key=course_key, now=now + timedelta(days=2))
    assert [Journey.objects.get(user=one).signs for one in people] == [["same_device"], ["same_device"]]
