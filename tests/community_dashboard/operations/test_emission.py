"""What the check says of our events, where xAPI is not there and where it is kept from them."""

import pytest
from eventtracking import tracker as tracking

from community_dashboard.emission.events import EVENTS
from community_dashboard.operations import emission
from community_dashboard.operations.circumstances import Circumstances
from referral_xblock.api import OWN_EVENTS

ALL = len(OWN_EVENTS) + len(EVENTS)


def told():
    return [(finding.id, finding.sentence) for finding in emission.check_events(Circumstances())]


def test_in_the_demo_they_go_to_the_log():
    assert told() == [
        ("events.emitted", f"{ALL} kinds of events go to the tracking log; event-routing-backends is not installed.")
    ]


def test_each_switch_that_is_off_is_named(settings):
    settings.COMMUNITY_EMIT_EVENTS = False
    assert told() == [
        ("events.off", "COMMUNITY_EMIT_EVENTS is off."),
        (
            "events.emitted",
            f"{len(OWN_EVENTS)} kinds of events go to the tracking log; event-routing-backends is not installed.",
        ),
    ]
    settings.REFERRAL_EMIT_EVENTS = False
    assert [id_ for id_, _sentence in told()] == ["events.off", "events.off"]


def test_a_platform_that_tracks_nothing_is_said(monkeypatch):
    monkeypatch.setattr(tracking, "TRACKERS", {})
    assert told() == [("events.off", "The platform tracks nothing here: EVENT_TRACKING_ENABLED is off.")]


@pytest.mark.parametrize("registered", [True, False])
def test_what_is_kept_from_xapi_is_named(monkeypatch, settings, registered):
    """Here the settings let nothing through: they are those of a site without it."""
    monkeypatch.setattr(emission, "has_xapi", lambda: True)
    monkeypatch.setattr(emission, "are_registered", lambda events: registered)
    found = told()
    assert {id_ for id_, _sentence in found} == {"events.kept"}
    assert len(found) == (1 if registered else 2)
    for _id, sentence in found:
        assert all(event.name in sentence for event in (*OWN_EVENTS, *EVENTS))
