"""The address holds the filter; keys are kept if they make sense."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community_dashboard.moderation.data import Reason
from community_dashboard.moderation.queue.filters import STATES, Filters, filters_from
from community_dashboard.moderation.queue.keys import DEFAULTS, TwiceError, clean_keys, keys_of

FILTERS = st.builds(
    Filters,
    reason=st.none() | st.sampled_from(Reason),
    topics=st.lists(st.text("abc&=+ é", min_size=1, max_size=9), max_size=4, unique=True).map(
        lambda names: tuple(sorted(names))
    ),
    group=st.none() | st.integers(0, 10**8),
    language=st.sampled_from(["", "fr", "en"]),
    hours=st.integers(0, 24 * 365),
    assignee=st.sampled_from(["", "nobody", "me", "17"]),
    state=st.sampled_from(STATES),
)


def read(query):
    asked = QueryDict(query)
    return filters_from(asked, asked.getlist("topic"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILTERS)
def test_an_address_gives_the_filter_back(filters):
    assert read(filters.query()) == filters


def test_reported_or_held_is_one_filter():
    assert read(Filters(burning=True).query()) == Filters(burning=True)


@given(st.text(max_size=80))
def test_an_odd_address_still_opens(text):
    assert isinstance(
        read(f"reason={text}&hours={text}&group={text}&assignee={text}&state={text}&topic={text}"), Filters
    )


def test_everything_is_an_empty_query():
    assert Filters().query() == ""
    assert Filters().query(page=3) == "page=3"


def test_only_what_differs_is_kept():
    assert clean_keys(DEFAULTS) == {}
    assert clean_keys({"approve": "x", "hide": "", "next": "ab", "nonsense": "q"}) == {"approve": "x"}
    assert keys_of(True, {"approve": "x"}).of["approve"] == "x"


def test_a_key_has_one_meaning():
    with pytest.raises(TwiceError):
        clean_keys({"approve": "j"})
    assert clean_keys({"approve": "h", "hide": "a"}) == {"approve": "h", "hide": "a"}
