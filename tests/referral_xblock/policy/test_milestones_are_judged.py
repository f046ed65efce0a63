"""Whatever a file holds in the place of milestones, it is judged in words; what was judged right stays as it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_xblock.policy.milestones import KEYS, check, check_one, check_weights, leads_somewhere

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*KEYS, "odd"]), inner, max_size=6),
    max_leaves=12,
)
GOOD = {"counts": "active", "number": 3, "title": "Guide"}


@given(JSON)
def test_nothing_is_raised_and_what_is_right_can_be_kept_again(given_value):
    kept, problems = check(given_value)
    json.dumps(kept)
    check_weights(given_value)
    if not any(problems):
        assert check(kept) == (kept, problems)


def test_each_gets_a_short_name_of_its_own():
    kept, problems = check([GOOD, GOOD, GOOD | {"slug": "active-3-2"}])
    assert not any(problems)
    assert [one["slug"] for one in kept] == ["active-3", "active-3-3", "active-3-2"]
    assert check([GOOD | {"slug": "a"}, GOOD | {"slug": "a"}])[1][1]["slug"]


@pytest.mark.parametrize(
    "link", ["https://univ.example/meadow", "http://univ.example", "/courses/x?y=1#z", "/", "https://[::1]/x"]
)
def test_addresses_and_paths_lead_somewhere(link):
    assert leads_somewhere(link)
    assert not check_one(GOOD | {"link": link})[1]


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "//evil.example", "/\\evil.example", "\\\\evil", "data:text/html,x",
        "https://", "https:evil", "ftp://x", "https://good.example@evil.example/", "/x\ty", "courses", "https://a b", "http://[",
        "/\u202ex",
    ],
)  # fmt: skip
def test_what_a_browser_would_take_otherwise_does_not(link):
    assert not leads_somewhere(link)
