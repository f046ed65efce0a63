"""With event-routing-backends among the plugins, the platform's own loader leaves our events let through, in the LMS alone."""

import subprocess
import sys
from copy import deepcopy
from importlib.util import find_spec

import pytest

from community_dashboard.emission.events import NAMES as OF_THE_DASHBOARD
from referral_xblock.emission.events import NAMES as OF_THE_BLOCK
from referral_xblock.emission.routing import ALLOWED, BACKENDS, ON_THE_BUS, kept_from_xapi
from tests.xapi import ROOT, environment, needs_xapi

HERE = find_spec("event_routing_backends") is not None
inside = pytest.mark.skipif(not HERE, reason="runs in the process of the first test, which has event-routing-backends")
OURS = [*OF_THE_BLOCK, *OF_THE_DASHBOARD]


@needs_xapi
@pytest.mark.slow
@pytest.mark.skipif(HERE, reason="this is that process")
def test_in_a_process_that_has_it_all_of_the_following_holds():
    command = [sys.executable, "-m", "pytest", "-rN", "-W", "ignore", __file__]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=250)
    assert done.returncode == 0, done.stdout
    assert "4 passed, 1 skipped" in done.stdout


@inside
def test_they_are_let_through_and_listed_once(layers):
    settings = layers("lms")
    assert kept_from_xapi(settings, OURS) == []
    allowed = getattr(settings, ALLOWED)
    assert [name for name in OURS if allowed.count(name) != 1] == []
    assert getattr(settings, ON_THE_BUS).issuperset(OURS)
    assert "edx.course.enrollment.activated" in allowed


@inside
def test_what_a_site_lists_in_its_own_file_gets_ours_behind_it(layers):
    plain = layers("lms")
    site = {ALLOWED: ["play_video"], BACKENDS: deepcopy(getattr(plain, BACKENDS))}
    for processor in site[BACKENDS]["event_transformer"]["OPTIONS"]["processors"]:
        processor["OPTIONS"]["whitelist"] = ["play_video"]
    settings = layers("lms", site=site)
    assert getattr(settings, ALLOWED)[0] == "play_video"
    assert kept_from_xapi(settings, OURS) == []


@inside
def test_switched_off_they_are_not_listed(layers):
    off = {"REFERRAL_EMIT_EVENTS": False, "COMMUNITY_EMIT_EVENTS": False}
    settings = layers("lms", common=off)
    assert kept_from_xapi(settings, OURS) == OURS


@inside
def test_studio_tells_nothing_and_lets_nothing_through(layers):
    assert kept_from_xapi(layers("cms"), OURS) == OURS
