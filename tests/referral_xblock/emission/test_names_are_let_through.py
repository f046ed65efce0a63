"""Our names join every list between the tracker and xAPI: once, whatever runs first, and nothing is changed in place."""

from __future__ import annotations

from copy import deepcopy
from types import SimpleNamespace

import pytest

from referral_xblock.emission.routing import (
    ALLOWED,
    BACKENDS,
    ON_THE_BUS,
    TO_XAPI,
    WHITELIST,
    allow_in_xapi,
    kept_from_xapi,
)

OURS = ("openedx.community.link.shared", "openedx.community.link.clicked")
THEIRS = ["edx.course.enrollment.activated", "play_video"]
CALIPER = "event_routing_backends.processors.caliper.transformer_processor.CaliperProcessor"


def whitelist(names):
    return {"ENGINE": WHITELIST, "OPTIONS": {"whitelist": names}}


def router(processor, names):
    processors = [whitelist(names), {"ENGINE": processor, "OPTIONS": {}}]
    return {"ENGINE": "some.Router", "OPTIONS": {"processors": processors, "backend_name": "xapi"}}


def routed(allowed, top="event_transformer"):
    """Two routers behind one list, as a set beside the list that is the setting; and a plain log."""
    return {
        "tracking_logs": {"ENGINE": "some.Log", "OPTIONS": {"processors": [whitelist(["page_close"])]}},
        top: {
            "ENGINE": "some.Routing",
            "OPTIONS": {
                "processors": [whitelist({*allowed, "seek_video"})],
                "backends": {"xapi": router(TO_XAPI, allowed), "caliper": router(CALIPER, ["seek_video"])},
            },
        },
    }


@pytest.fixture
def site():
    """Settings of an LMS with event-routing-backends, after its own ran."""
    allowed = list(THEIRS)
    return SimpleNamespace(**{ALLOWED: allowed, BACKENDS: routed(allowed), ON_THE_BUS: {*THEIRS, "seek_video"}})


def lists(site, top="event_transformer"):
    """The names before both routers, before xAPI and before Caliper."""
    options = getattr(site, BACKENDS)[top]["OPTIONS"]
    inner = (
        options["backends"][name]["OPTIONS"]["processors"][0]["OPTIONS"]["whitelist"] for name in ("xapi", "caliper")
    )
    return options["processors"][0]["OPTIONS"]["whitelist"], *inner


def test_every_list_on_the_way_gets_them(site):
    allow_in_xapi(site, OURS)
    outer, xapi, caliper = lists(site)
    assert outer == {*THEIRS, "seek_video", *OURS}
    assert xapi == getattr(site, ALLOWED) == [*THEIRS, *OURS]
    assert caliper == ["seek_video"]
    assert getattr(site, ON_THE_BUS) == {*THEIRS, "seek_video", *OURS}
    assert getattr(site, BACKENDS)["tracking_logs"]["OPTIONS"]["processors"][0]["OPTIONS"]["whitelist"] == [
        "page_close"
    ]
    assert kept_from_xapi(site, OURS) == []


def test_once_more_changes_nothing(site):
    allow_in_xapi(site, OURS)
    once = deepcopy(vars(site))
    allow_in_xapi(site, OURS)
    assert vars(site) == once


def test_two_packages_leave_each_others_names(site):
    allow_in_xapi(site, OURS[:1])
    allow_in_xapi(site, OURS[1:])
    assert kept_from_xapi(site, OURS) == []


def test_nothing_is_changed_in_place(site):
    before = dict(vars(site))
    seen = deepcopy(before)
    allow_in_xapi(site, OURS)
    assert before == seen


def test_the_router_holds_the_setting_itself_as_before(site):
    """Other plugins add to the setting and count on it."""
    allow_in_xapi(site, OURS)
    assert lists(site)[1] is getattr(site, ALLOWED)


def test_the_way_over_the_event_bus_is_found_under_any_name(site):
    setattr(site, BACKENDS, routed(("play_video",), top="xapi"))
    assert kept_from_xapi(site, OURS) == list(OURS)
    allow_in_xapi(site, OURS)
    assert kept_from_xapi(site, OURS) == []
    assert lists(site, "xapi")[1] == ("play_video", *OURS)


@pytest.mark.parametrize("backends", [None, {}, {"a": None}, {"a": {"ENGINE": "some.Log"}}, {"a": {"OPTIONS": None}}])
def test_a_site_whose_backends_are_others_is_left_as_it_is(backends):
    site = SimpleNamespace(**{ALLOWED: [], BACKENDS: deepcopy(backends)})
    allow_in_xapi(site, OURS)
    assert getattr(site, BACKENDS) == backends
    assert kept_from_xapi(site, OURS) == list(OURS)


def test_without_the_plugin_nothing_is_set():
    site = SimpleNamespace()
    allow_in_xapi(site, OURS)
    assert vars(site) == {}


def test_one_list_in_between_is_enough_to_keep_them(site):
    allow_in_xapi(site, OURS)
    getattr(site, BACKENDS)["event_transformer"]["OPTIONS"]["processors"].append(whitelist(list(OURS[:1])))
    assert kept_from_xapi(site, OURS) == list(OURS[1:])
