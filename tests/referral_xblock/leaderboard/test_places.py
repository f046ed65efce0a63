"""Places against counting by hand, and points of teams by the rule."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from referral_xblock.leaderboard.places import Places, Span, team_points
from referral_xblock.rewards.earning import STAGE_WEIGHTS, Friend, Rules, points

NOW = datetime(2026, 5, 1, tzinfo=UTC)
RULES = Rules(weights=STAGE_WEIGHTS)


def ago(days):
    return NOW - timedelta(days=days)


def test_equals_share_a_place_and_the_next_is_left_out():
    places = Places.of({9: 1, 5: 2, 3: 1})
    assert [places.place(points) for points in (9, 5, 5, 3)] == [1, 2, 2, 4]
    assert places.people == 4


@given(some.lists(some.integers(1, 30)), some.integers(0, 31))
def test_a_place_is_one_more_than_there_are_people_with_more(everybody, mine):
    histogram = {number: everybody.count(number) for number in set(everybody)}
    assert Places.of(histogram).place(mine) == 1 + sum(other > mine for other in everybody)


def test_a_friend_counts_for_the_team_in_which_the_inviter_was_on_the_day():
    friends = {1: [Friend(1, ago(40), ago(39)), Friend(2, ago(30), ago(29)), Friend(3, ago(20), ago(19), ago(2))]}
    first, second = Span(1, ago(45), ago(30)), Span(1, ago(30), ago(10))
    assert team_points(friends, [first], RULES, now=NOW) == 3
    assert team_points(friends, [second], RULES, now=NOW) == 9


@given(
    some.lists(some.tuples(some.integers(0, 60), some.booleans(), some.booleans(), some.booleans()), max_size=8),
    some.lists(some.integers(0, 60), min_size=2, max_size=2, unique=True),
    some.integers(0, 4),
)
def test_two_teams_one_after_the_other_share_what_the_inviter_brought_in_that_time(told, cuts, cap):
    """Nothing is counted twice, and with the whole time in teams nothing is lost."""
    friends = {
        1: [
            Friend(
                n, ago(days), ago(days) if active else None, ago(days) if completed else None, ago(0) if left else None
            )
            for n, (days, active, completed, left) in enumerate(told)
        ]
    }
    rules = Rules(weights=STAGE_WEIGHTS, cap=cap)
    late, early = sorted(cuts)
    spans = [Span(1, ago(100), ago(early)), Span(1, ago(early), ago(late)), Span(1, ago(late), NOW + timedelta(days=1))]
    parts = [team_points(friends, [span], rules, now=NOW) for span in spans]
    assert sum(parts) == points(friends[1], rules, now=NOW)
    assert team_points(friends, spans, rules, now=NOW) == sum(parts)
