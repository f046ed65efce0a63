"""Of all tracking events a few tell of learning; what is not exactly of their shape is no fact, and never an error."""

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opaque_keys.edx.keys import UsageKey

from community_dashboard.activity.facts import NewActivity
from community_dashboard.activity.kinds import Kind
from community_dashboard.activity.tracking.backend import TrackingBackend
from community_dashboard.activity.tracking.reading import EVENTS, fact_of, message_of, read
from tests.community_dashboard.activity.tracking.events import (
    NOW,
    answered,
    dropped,
    event,
    played,
    played_in_app,
    requested,
    selected,
)

COURSE = "course-v1:Test+Bees101+2026"
UNIT = UsageKey.from_string("block-v1:Test+Bees101+2026+type@vertical+block@meadow")
VIDEO = UsageKey.from_string("block-v1:Test+Bees101+2026+type@video+block@0b9e39477cf34507a7a48f74be381fdd")
PROBLEM = UsageKey.from_string("block-v1:Test+Bees101+2026+type@problem+block@count")
TELLING = [
    (Kind.OPENED, UNIT, requested(UNIT, 7)),
    (Kind.OPENED, UNIT, selected(UNIT, 7, "next")),
    (Kind.OPENED, UNIT, selected(UNIT, 7, "previous")),
    (Kind.OPENED, UNIT, selected(UNIT, 7, "tab")),
    (Kind.WATCHED, VIDEO, played(VIDEO, 7)),
    (Kind.WATCHED, VIDEO, played_in_app(VIDEO, 7)),
    (Kind.TRIED, PROBLEM, answered(PROBLEM, 7)),
    (Kind.TRIED, PROBLEM, dropped(PROBLEM, 7)),
    (Kind.TRIED, PROBLEM, dropped(PROBLEM, 7, "openassessmentblock.create_submission")),
]


@pytest.mark.parametrize(("kind", "block", "told"), TELLING, ids=[one[2]["name"][:30] for one in TELLING])
def test_an_event_of_learning_is_a_fact_of_person_block_and_moment(kind, block, told):
    fact = read(told)
    assert (fact.kind, fact.user_id, str(fact.course_key), fact.about, fact.happened_at) == (
        kind,
        7,
        COURSE,
        ("block", str(block)),
        NOW,
    )


def test_nothing_else_of_an_event_goes_on():
    message = message_of(read(answered(PROBLEM, 7)))
    assert json.loads(message) == ["tried", 7, str(PROBLEM), int(NOW.timestamp() * 1000)]
    assert fact_of(message) == read(answered(PROBLEM, 7))


def test_a_block_of_a_custom_course_belongs_to_that():
    unit = "ccx-block-v1:Test+Bees101+2026+ccx@3+type@vertical+block@meadow"
    assert str(read(requested(unit, 7)).course_key) == "ccx-v1:Test+Bees101+2026+ccx@3"
    video = UsageKey.from_string("ccx-block-v1:Test+Bees101+2026+ccx@3+type@video+block@v")
    assert read(played(video, 7)).about == ("block", str(video))


@pytest.mark.parametrize("name", ["pause_video", "edx.video.paused", "/event", "/xblocks/", "problem_show", "", "/"])
def test_other_events_tell_nothing(name):
    assert read(event(name, {"id": str(UNIT)}, user=7, event_source="server")) is None


@pytest.mark.parametrize("user", [None, "", "somebody", -1, 0, True, 2**63, "9" * 30, 7.0, [7], "٧"])
def test_a_visitor_and_an_account_that_is_none_tell_nothing(user):
    assert all(read({**told, "context": {**told["context"], "user_id": user}}) is None for _k, _b, told in TELLING)


def test_staff_who_look_as_a_learner_are_themselves():
    """The platform then puts the learner's name into the event, and leaves the account that is signed in."""
    assert read(answered(PROBLEM, 7, username="chen")).user_id == 7


def test_a_browser_cannot_tell_what_only_the_server_knows():
    assert read(answered(PROBLEM, 7, event_source="browser")) is None
    assert read({**requested(UNIT, 7), "context": {"user_id": 7, "event_source": "browser"}}) is None
    assert read(event("problem_check", "input_x_2_1=choice_1", user=7, event_source="browser")) is None


BAD_BLOCKS = [
    "", "x", "@", "block-v1:", str(UNIT) + "\n", str(UNIT) * 9, "i4x://Test/Bees/vertical/meadow", COURSE, "\x00", "🐝" * 80,
    "lib-block-v1:Test+Lib+type@video+block@v", "lb:Test:Lib:video:v", 5, None, ["x"], {"a": 1}, b"x", 1.5,
]  # fmt: skip


@pytest.mark.parametrize("block", BAD_BLOCKS, ids=repr)
def test_what_is_no_block_of_a_course_tells_nothing(block):
    for told in (
        requested(block, 7),
        event("play_video", {"id": block}, user=7, event_source="browser", course_id="course-v1:Nowhere"),
        event("edx.video.played", {"module_id": block}, user=7),
        event("problem_check", {"problem_id": block}, user=7, event_source="server"),
        event("edx.ui.lms.sequence.next_selected", {"id": block}, user=7),
    ):
        assert read(told) is None


@pytest.mark.parametrize("key", ["name", "timestamp", "data", "context"])
def test_half_an_event_tells_nothing(key):
    for _kind, _block, told in TELLING:
        half = {name: value for name, value in told.items() if name != key}
        assert read(half) is None
        assert read({**told, key: None}) is None or (key == "data" and told["name"].startswith("/xblock/"))


@pytest.mark.parametrize("at", [None, "2026-03-02", 0, datetime(2026, 3, 2), datetime.max])
def test_a_moment_that_is_none_tells_nothing(at):
    assert all(read({**told, "timestamp": at}) is None for _kind, _block, told in TELLING)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.datetimes()
    | st.sampled_from([str(UNIT), str(VIDEO), COURSE, "server", "browser", NOW, 7]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
FIELDS = ("id", "module_id", "problem_id", "course_id", "user_id", "event_source", "module", "usage_key")
PARTS = st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=8) | ANYTHING
NAMES = st.sampled_from([*EVENTS, "/xblock/", f"/xblock/{UNIT}"]) | ANYTHING


@settings(max_examples=400, deadline=None)
@given(st.fixed_dictionaries({}, optional={"name": NAMES, "data": PARTS, "context": PARTS, "timestamp": ANYTHING}))
def test_whatever_is_told_is_a_whole_fact_or_nothing_and_never_an_error(told):
    before = deepcopy(told)
    fact = read(told)
    assert repr(told) == repr(before)
    if fact is not None:
        assert isinstance(fact, NewActivity)
        assert fact.user_id > 0
        assert UsageKey.from_string(fact.about[1]).context_key == fact.course_key
        assert len(fact.about[1]) <= 255
        assert fact.happened_at.tzinfo is not None


@settings(max_examples=200, deadline=None)
@given(ANYTHING)
def test_whatever_is_no_event_at_all_is_passed_over(told):
    TrackingBackend().send(told)
    assert read(told) is None


@settings(max_examples=200, deadline=None)
@given(st.text() | st.binary() | ANYTHING.map(lambda one: json.dumps(one, default=str)))
def test_whatever_waits_in_the_list_is_a_fact_or_nothing(message):
    fact = fact_of(message)
    assert fact is None or isinstance(fact, NewActivity)


@pytest.mark.parametrize(
    "message",
    [
        f'["opened",7,"{UNIT}",1e400]',
        f'["opened",7,"{UNIT}",-1e30]',
        f'["registered",7,"{UNIT}",0]',
        f'["opened",7,"{UNIT}"]',
        "[" * 100_000,
        b"\xff",
    ],
)
def test_a_message_that_was_tampered_with_is_nothing(message):
    assert fact_of(message) is None


def test_once_a_day_for_a_person_and_block_whatever_the_moment():
    keys = {read(requested(UNIT, 7, at=NOW + timedelta(minutes=minutes))).key for minutes in (0, 5, 700)}
    assert len(keys) == 1
    tomorrow = read(requested(UNIT, 7, at=datetime(2026, 3, 3, 0, 0, tzinfo=UTC)))
    assert tomorrow.key not in keys


def test_the_day_is_that_of_utc_wherever_the_clock_stands():
    east = timezone(timedelta(hours=13))
    fact = read(requested(UNIT, 7, at=datetime(2026, 3, 3, 1, 0, tzinfo=east)))
    assert fact.happened_at.isoformat() == "2026-03-02T12:00:00+00:00"
    assert fact.key == read(requested(UNIT, 7)).key
