"""Two who know each other by an invitation learn together once both said yes, and no longer once one did not."""

from datetime import timedelta

import pytest
from completion.models import BlockCompletion
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from demo.campus import actions as campus
from referral_xblock.consent.actions import choose_name, choose_telling
from referral_xblock.data import Telling
from referral_xblock.models import BuddyPair
from referral_xblock.teams.buddies import agree, end, propose
from referral_xblock.teams.draw import in_draw
from referral_xblock.teams.pairs import measure, my_buddies
from referral_xblock.teams.weeks import coming_mondays
from tests.referral_xblock.teams.people import brought, learner
from tests.referral_xblock.visits import set_policy

pytestmark = pytest.mark.django_db
SALT = "referral-buddy"


@pytest.fixture
def journey(cast, course_key, fay):
    """chen brought fay."""
    return brought(cast.chen, fay, course_key)


def ask(user, course_key, now, **more):
    wish = {"starts_on": coming_mondays(now.date())[0], "weekly_blocks": 2}
    propose(user=user, course_key=course_key, now=now, **wish | more)


def pair_of(user, course_key, now):
    return my_buddies(user.id, course_key, now=now).pairs[0]


def test_the_inviter_asks_the_friend_agrees_and_both_see_it(cast, course_key, journey, fay, now):
    assert [one.journey_id for one in my_buddies(cast.chen.id, course_key, now=now).askable] == [journey.id]
    ask(cast.chen, course_key, now, journey_id=journey.id)
    theirs = pair_of(fay, course_key, now)
    assert (theirs.state, theirs.mine_to_answer, theirs.progress) == ("proposed", True, None)
    assert pair_of(cast.chen, course_key, now).mine_to_answer is False
    agree(user=fay, course_key=course_key, pair_id=theirs.id, now=now)
    for person in (cast.chen, fay):
        mine = pair_of(person, course_key, now)
        assert (mine.state, mine.progress.mine, mine.progress.theirs) == ("agreed", 0, 0)
        assert not my_buddies(person.id, course_key, now=now).askable


def test_the_friend_asks_and_the_inviter_agrees(cast, course_key, journey, fay, now):
    ask(fay, course_key, now)
    agree(user=cast.chen, course_key=course_key, pair_id=BuddyPair.objects.get().id, now=now)
    agree(user=cast.chen, course_key=course_key, pair_id=BuddyPair.objects.get().id, now=now)
    assert pair_of(fay, course_key, now).state == "agreed"


def test_before_both_agreed_nothing_of_the_friend_is_shown(cast, course_key, journey, fay, now):
    choose_name(user=fay, shown_as="Fay of the Fields", now=now)
    ask(fay, course_key, now)
    assert pair_of(cast.chen, course_key, now).name == ""
    agree(user=cast.chen, course_key=course_key, pair_id=BuddyPair.objects.get().id, now=now)
    assert pair_of(cast.chen, course_key, now).name == "Fay of the Fields"


def test_a_friend_who_tells_nothing_cannot_be_asked_but_can_ask(cast, course_key, journey, fay, now):
    choose_telling(user=fay, course_key=course_key, tells=Telling.NOTHING, now=now)
    assert not my_buddies(cast.chen.id, course_key, now=now).askable
    with pytest.raises(PermissionDenied):
        ask(cast.chen, course_key, now, journey_id=journey.id)
    ask(fay, course_key, now)
    assert BuddyPair.objects.get().state == "proposed"


def test_only_who_was_asked_can_agree(cast, course_key, journey, fay, now):
    ask(cast.chen, course_key, now, journey_id=journey.id)
    for person in (cast.chen, cast.bo, cast.dara, cast.ada):
        with pytest.raises(PermissionDenied):
            agree(user=person, course_key=course_key, pair_id=BuddyPair.objects.get().id, now=now)
    for person in (cast.bo, cast.dara, cast.ada):
        with pytest.raises(PermissionDenied):
            end(user=person, course_key=course_key, pair_id=BuddyPair.objects.get().id, now=now)
        with pytest.raises(PermissionDenied):
            ask(person, course_key, now, journey_id=journey.id)


def test_blocks_count_from_when_both_agreed(cast, course_key, tiny_course, journey, fay):
    now = timezone.now()
    first, second, third = tiny_course.completable
    BlockCompletion.objects.submit_completion(user=fay, block_key=first, completion=1.0)
    ask(cast.chen, course_key, now, journey_id=journey.id)
    agree(user=fay, course_key=course_key, pair_id=BuddyPair.objects.get().id, now=timezone.now())
    BuddyPair.objects.update(starts_on=now.date() - timedelta(days=7))
    for block in (second, third):
        BlockCompletion.objects.submit_completion(user=fay, block_key=block, completion=1.0)
    BlockCompletion.objects.submit_completion(user=cast.chen, block_key=second, completion=1.0)
    mine = pair_of(cast.chen, course_key, timezone.now()).progress
    assert (mine.mine, mine.theirs, mine.weeks) == (1, 2, 0)
    BlockCompletion.objects.submit_completion(user=cast.chen, block_key=third, completion=1.0)
    assert pair_of(cast.chen, course_key, timezone.now()).progress.weeks == 1


def test_nothing_counts_before_the_day_on_which_they_begin(cast, course_key, tiny_course, journey, fay):
    now = timezone.now()
    ask(cast.chen, course_key, now, journey_id=journey.id, starts_on=coming_mondays(now.date())[2])
    agree(user=fay, course_key=course_key, pair_id=BuddyPair.objects.get().id, now=now)
    BlockCompletion.objects.submit_completion(user=fay, block_key=tiny_course.completable[0], completion=1.0)
    assert pair_of(cast.chen, course_key, timezone.now()).progress.theirs == 0


@pytest.mark.parametrize("who_ends", ["chen", "fay"])
def test_whoever_ends_it_may_ask_anew_and_the_other_may_not(cast, course_key, journey, fay, now, who_ends):
    ask(cast.chen, course_key, now, journey_id=journey.id)
    pair_id = BuddyPair.objects.get().id
    agree(user=fay, course_key=course_key, pair_id=pair_id, now=now)
    ender, other = (cast.chen, fay) if who_ends == "chen" else (fay, cast.chen)
    for _again in range(2):
        end(user=ender, course_key=course_key, pair_id=pair_id, now=now)
    for person in (ender, other):
        assert not my_buddies(person.id, course_key, now=now).pairs
    wish = {cast.chen.id: {"journey_id": journey.id}, fay.id: {}}
    assert not my_buddies(other.id, course_key, now=now).askable
    with pytest.raises(ValidationError):
        ask(other, course_key, now, **wish[other.id])
    ask(ender, course_key, now, **wish[ender.id])
    assert pair_of(other, course_key, now).mine_to_answer


def test_a_proposal_that_crosses_another_is_told_so(cast, course_key, journey, fay, now):
    ask(cast.chen, course_key, now, journey_id=journey.id)
    with pytest.raises(ValidationError, match="look at the proposal"):
        ask(fay, course_key, now)


@pytest.mark.parametrize(
    "wish", [{"weekly_blocks": 0}, {"weekly_blocks": 51}, {"starts_on": timezone.now().date().replace(year=2020)}]
)
def test_goals_and_days_that_make_no_sense_are_refused(cast, course_key, journey, now, wish):
    with pytest.raises(ValidationError):
        ask(cast.chen, course_key, now, journey_id=journey.id, **wish)


def test_who_leaves_the_course_is_in_no_pair(cast, course_key, journey, fay, now):
    ask(cast.chen, course_key, now, journey_id=journey.id)
    campus.unenrol(user=fay, course_key=course_key, by=None, now=now)
    assert not BuddyPair.objects.exists()


def test_an_invitation_that_no_longer_counts_cannot_be_agreed_on(cast, course_key, journey, fay, now):
    ask(cast.chen, course_key, now, journey_id=journey.id)
    journey.status = "held"
    journey.save()
    with pytest.raises(ValidationError):
        agree(user=fay, course_key=course_key, pair_id=BuddyPair.objects.get().id, now=now)


def test_where_it_is_measured_half_are_offered_a_buddy_on_both_sides(cast, course_key, open_teams, now):
    set_policy(course_key, buddies="measure")
    friends = [learner(f"friend{number}", course_key) for number in range(12)]
    journeys = {brought(cast.chen, friend, course_key).id: friend for friend in friends}
    offered = {one.journey_id for one in my_buddies(cast.chen.id, course_key, now=now).askable}
    assert offered == {number for number, friend in journeys.items() if in_draw(friend.id, str(course_key), salt=SALT)}
    for number, friend in journeys.items():
        assert bool(my_buddies(friend.id, course_key, now=now).askable) == (number in offered)
        if number not in offered:
            with pytest.raises(PermissionDenied):
                ask(friend, course_key, now)


def test_the_measure_compares_the_groups_as_they_were_drawn(cast, course_key, open_teams, now):
    friends = [learner(f"friend{number}", course_key) for number in range(24)]
    drawn = [friend for friend in friends if in_draw(friend.id, str(course_key), salt=SALT)]
    for friend in friends:
        brought(cast.chen, friend, course_key, completed_at=now if friend in drawn[::2] else None)
    found = measure(course_key)
    assert (found.offered, found.offered_completed) == (len(drawn), len(drawn[::2]))
    assert (found.others, found.others_completed) == (len(friends) - len(drawn), 0)
    assert found.difference.value == pytest.approx(len(drawn[::2]) / len(drawn))
    assert found.difference.low < found.difference.value < found.difference.high


def test_without_completions_nothing_is_claimed(course_key, open_teams):
    assert measure(course_key).difference is None
