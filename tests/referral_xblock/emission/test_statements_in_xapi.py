"""With the real event-routing-backends every event of ours comes out as one valid xAPI statement, whatever loads first."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import uuid
from copy import deepcopy
from datetime import datetime

import pytest

from community_dashboard.emission.events import EVENTS as OF_THE_DASHBOARD
from referral_xblock.emission.events import EVENTS as OF_THE_BLOCK
from tests.referral_xblock.emission.xapi_process import ACCOUNT, COURSE, VALUES
from tests.xapi import FOLDER, ROOT, environment, needs_xapi

pytestmark = [pytest.mark.slow, needs_xapi]  # a process of its own, with a database
EVENTS = (*OF_THE_BLOCK, *OF_THE_DASHBOARD)
EXTENSION = "urn:openedx-community-growth:xapi:extension:"
IRI = re.compile(r"(https?://[^\s]+|urn:[a-z0-9-]+:[^\s]+)$")


@pytest.fixture(scope="module", params=["theirs,ours", "ours,theirs"])
def process(request):
    """What a process with the plugin printed, for each order of the plugins' settings."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.referral_xblock.emission.xapi_process"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(ORDER=request.param), capture_output=True, text=True, timeout=250
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def statements(process):
    """Each event with its one statement."""
    assert [name for name, _made in process["told"]] == [event.name for event in EVENTS]
    assert [len(made) for _name, made in process["told"]] == [1] * len(EVENTS)
    return [(event, made[0]) for event, (_name, made) in zip(EVENTS, process["told"], strict=True)]


def test_nothing_went_wrong_and_the_check_says_that_all_are_told(process):
    assert process["errors"] == []
    assert process["found"] == [
        ["events.emitted", f"{len(EVENTS)} kinds of events go to the tracking log and to xAPI."]
    ]


def test_no_name_is_listed_twice_and_the_router_still_holds_the_setting_itself(process):
    assert (process["twice"], process["same"]) == (0, True)


def test_each_is_a_statement_that_can_be_read_again(statements, monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    from tincan import Statement

    for _event, one in statements:
        assert json.loads(Statement(deepcopy(one)).to_json()) == one
        assert one["version"] == "1.0.3"
        assert uuid.UUID(one["id"]).version == 5
        assert datetime.fromisoformat(one["timestamp"]).utcoffset() is not None
    assert len({one["id"] for _event, one in statements}) == len(statements)


def test_every_iri_is_one(statements):
    for event, one in statements:
        found = [
            one["verb"]["id"],
            one["object"]["id"],
            one["object"]["definition"]["type"],
            *one["context"]["extensions"],
        ]
        assert [iri for iri in found if not IRI.match(iri)] == [], event.name
        assert "{" not in one["object"]["id"]


def test_the_actor_is_anonymous_and_a_click_has_none(statements):
    for event, one in statements:
        if event.actor:
            assert one["actor"]["objectType"] == "Agent"
            assert uuid.UUID(one["actor"]["account"]["name"])
        else:
            assert one["actor"] == {
                "objectType": "Group",
                "member": [],
                "account": {"homePage": "http://testserver", "name": "visitors"},
            }
        assert str(ACCOUNT) not in json.dumps(one)


def test_the_fields_and_the_course_go_along(statements):
    for event, one in statements:
        extensions = one["context"]["extensions"]
        assert {name: extensions.get(EXTENSION + name, "") for name in event.fields} == {
            name: VALUES[name] for name in event.fields
        }
        (parent,) = one["context"]["contextActivities"]["parent"]
        assert parent["id"] == f"http://testserver/course/{COURSE}"
        assert "" not in extensions.values()
        assert None not in extensions.values()


def test_no_report_of_aspects_takes_them_for_something_else(statements):
    """It chooses by the verbs of the platform's own statements, and forum posts by the type of the object."""
    source = (FOLDER / "event_routing_backends/processors/xapi/constants.py").read_text("utf-8")
    verbs = set(re.findall(r"^XAPI_VERB_\w+ = '(.+)'$", source, flags=re.MULTILINE))
    assert len(verbs) > 20
    assert verbs.isdisjoint({one["verb"]["id"] for _event, one in statements})
    assert not any(one["object"]["definition"]["type"].endswith("/discussion") for _event, one in statements)
