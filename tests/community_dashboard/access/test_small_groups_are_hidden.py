"""Groups under ten cannot be seen, nor reckoned from what is seen."""

import random
from itertools import product

import pytest

from community_dashboard.access.small_groups import Hidden, coarse, hide, may_divide


@pytest.mark.parametrize(
    ("counts", "shown", "others"),
    [
        ({}, {}, None),
        ({"FR": 0}, {}, None),
        ({"FR": 9}, {}, None),
        ({"FR": 4, "DE": 5}, {}, None),
        ({"FR": 10}, {"FR": 10}, None),
        ({"FR": 30, "DE": 10}, {"FR": 30, "DE": 10}, None),
        # One small group would be what is left of the sum: the smallest of the larger goes with it.
        ({"FR": 30, "DE": 12, "MA": 3}, {"FR": 30}, 15),
        ({"FR": 30, "MA": 3}, {}, 33),
        # Two small groups of less than ten together.
        ({"FR": 30, "DE": 12, "MA": 3, "SN": 4}, {"FR": 30}, 19),
        # Enough of them.
        ({"FR": 30, "DE": 12, "MA": 6, "SN": 4}, {"FR": 30, "DE": 12}, 10),
        # Who told nothing is a group like the others.
        ({"": 40, "FR": 30, "DE": 12, "MA": 6, "SN": 4}, {"": 40, "FR": 30, "DE": 12}, 10),
    ],
)
def test_what_is_shown(counts, shown, others):
    assert hide(counts) == Hidden(shown, others)


def test_the_largest_stand_first_and_ties_by_their_key():
    assert list(hide({"SN": 12, "DE": 40, "BE": 12}).shown) == ["DE", "BE", "SN"]


def test_another_bound_may_be_asked_for():
    assert hide({"a": 5, "b": 8}, least=5) == Hidden({"b": 8, "a": 5}, None)


def test_what_is_hidden_is_always_several_groups_and_enough_people():
    drawn = random.Random(6)
    for _ in range(3000):
        counts = {f"{n:02}": drawn.choice((0, 1, 3, 9, 10, 11, 40)) for n in range(drawn.randint(1, 8))}
        found, total = hide(counts), sum(counts.values())
        assert all(people >= 10 and people == counts[key] for key, people in found.shown.items())
        if found.others is None:
            assert sum(found.shown.values()) in (total, 0) and (found.shown or total < 10)
            continue
        gone = [people for key, people in counts.items() if people and key not in found.shown]
        assert found.others == sum(gone) >= 10 and len(gone) >= 2
        assert sum(found.shown.values()) + found.others == total


def test_no_small_group_can_be_reckoned_by_somebody_who_knows_the_rule():
    """Of all courses of two groups, and each page that can be seen of them: no size under ten is the only one possible."""
    possible = {}
    for counts in product(range(40), repeat=2):
        found = hide(dict(zip("ab", counts, strict=True)))
        possible.setdefault((tuple(found.shown.items()), found.others), []).append(counts)
    for (shown, _others), courses in possible.items():
        for place, key in enumerate("ab"):
            sizes = {counts[place] for counts in courses}
            assert key in dict(shown) or len(sizes) > 1 or sizes == {0} or min(sizes) >= 10


@pytest.mark.parametrize(
    ("chosen", "everybody", "allowed"),
    [(100, 200, True), (99, 400, False), (301, 400, False), (300, 400, True), (0, 0, False)],
)
def test_some_learners_are_divided_only_where_neither_they_nor_the_rest_are_few(chosen, everybody, allowed):
    assert may_divide(chosen=chosen, everybody=everybody) is allowed


def test_numbers_of_some_learners_are_tens():
    assert coarse({"FR": 104, "DE": 105, "MA": 4, "SN": 15}) == {"FR": 100, "DE": 110, "MA": 0, "SN": 20}
