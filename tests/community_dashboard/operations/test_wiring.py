"""Apps, entry points, filter steps and receivers: whole in the demo, and each part that is taken away is told."""

import ast
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from django.db.models.signals import post_save
from openedx_events.learning.signals import COURSE_ENROLLMENT_CREATED

from community_dashboard.operations import wiring
from community_dashboard.operations.circumstances import Circumstances
from community_dashboard.operations.expected import expected_of_settings, signal_receivers
from community_dashboard.operations.receivers import Receiver, receivers_in

ROOT = Path(__file__).resolve().parents[3]
HERE = Circumstances()


def told(check):
    return [(finding.id, finding.sentence) for finding in check(HERE)]


@pytest.mark.parametrize(
    "check", [wiring.check_entry_points, wiring.check_filter_steps, wiring.check_receivers, wiring.check_tracking]
)
def test_in_the_demo_everything_is_in_its_place(check):
    assert told(check) == []


def test_the_list_of_entry_points_is_that_of_the_packaging():
    (call,) = (
        node
        for node in ast.walk(ast.parse((ROOT / "setup.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "entry_points"
    )
    groups = {
        group: tuple(line.split(" = ")[0] for line in lines) for group, lines in ast.literal_eval(call.value).items()
    }
    assert groups == wiring.ENTRY_POINTS


def test_an_entry_point_that_is_not_registered_is_told(monkeypatch):
    monkeypatch.setitem(wiring.ENTRY_POINTS, "xblock.v1", ("referral", "not_there"))
    assert told(wiring.check_entry_points) == [
        ("wiring.entry-point", "The entry point not_there of the group xblock.v1 is not registered.")
    ]


def test_an_entry_point_that_cannot_be_loaded_is_told(monkeypatch):
    broken = EntryPoint("referral", "referral_xblock.block:Gone", "xblock.v1")
    monkeypatch.setattr(wiring, "ENTRY_POINTS", {"xblock.v1": ("referral",)})
    monkeypatch.setattr(wiring, "entry_points", lambda group: [broken])
    ((id_, sentence),) = told(wiring.check_entry_points)
    assert id_ == "wiring.entry-point-broken"
    assert "Gone" in sentence


def test_an_app_that_is_not_installed_is_told(settings):
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if "DashboardConfig" not in app]
    assert ("wiring.app", "community_dashboard is not in INSTALLED_APPS.") in told(wiring.check_entry_points)


def test_a_filter_step_that_cannot_be_imported_is_told(monkeypatch):
    final = expected_of_settings()
    final.OPEN_EDX_FILTERS_CONFIG = {"some.filter.v1": {"pipeline": ["community_dashboard.gone.Step"]}}
    monkeypatch.setattr(wiring, "expected_of_settings", lambda: final)
    ((id_, sentence),) = told(wiring.check_filter_steps)
    assert id_ == "wiring.filter-step"
    assert sentence.startswith("community_dashboard.gone.Step, for some.filter.v1, cannot be imported")


@pytest.mark.parametrize(
    ("signal", "uid"), [(COURSE_ENROLLMENT_CREATED, "referral.enrolled"), (post_save, "community.block_completed")]
)
def test_a_receiver_that_fell_off_is_told(monkeypatch, signal, uid):
    monkeypatch.setattr(signal, "receivers", [entry for entry in signal.receivers if entry[0][0] != uid])
    ((id_, sentence),) = told(wiring.check_receivers)
    assert id_ == "wiring.receiver"
    assert "is not connected to" in sentence


def test_a_receiver_that_the_platform_connects_is_told_when_it_fell_off(monkeypatch):
    path, signal_path, uid = next(iter(signal_receivers()))
    module, _dot, name = signal_path.rpartition(".")
    signal = getattr(__import__(module, fromlist=[name]), name)
    monkeypatch.setattr(signal, "receivers", [entry for entry in signal.receivers if entry[0][0] != uid])
    assert told(wiring.check_receivers) == [("wiring.receiver", f"{path} is not connected to {signal_path}.")]


def test_a_signal_that_is_gone_is_told(monkeypatch):
    monkeypatch.setattr(wiring, "signal_receivers", lambda: [("a.b", "openedx_events.learning.signals.GONE", "uid")])
    ((id_, sentence),) = told(wiring.check_receivers)
    assert id_ == "wiring.receiver"
    assert "there is no signal openedx_events.learning.signals.GONE" in sentence


def test_a_process_that_does_not_listen_is_told_and_not_blamed_for_its_receivers(settings, monkeypatch):
    settings.REFERRAL_LISTENS = False
    monkeypatch.setattr(COURSE_ENROLLMENT_CREATED, "receivers", [
        entry for entry in COURSE_ENROLLMENT_CREATED.receivers if entry[0][0] != "referral.enrolled"
    ])  # fmt: skip
    assert [id_ for id_, _sentence in told(wiring.check_receivers)] == ["wiring.not-listening"]


def test_receivers_are_read_from_the_source():
    source = """
from django.db.models.signals import post_save
from openedx_events.learning.signals import A, B as C

@receiver([A, C], dispatch_uid="one")
@receiver(post_save, sender="forum.Comment", dispatch_uid="two")
def heard(**kwargs): ...

@receiver(A)
def without_a_uid(**kwargs): ...
"""
    assert receivers_in(source) == [
        Receiver("heard", "openedx_events.learning.signals", "A", "one"),
        Receiver("heard", "openedx_events.learning.signals", "B", "one"),
        Receiver("heard", "django.db.models.signals", "post_save", "two", "forum.Comment"),
    ]


def test_a_table_that_is_not_here_needs_no_receiver(monkeypatch):
    monkeypatch.setattr(
        wiring,
        "_written_in",
        lambda package: [Receiver("f", "django.db.models.signals", "post_save", "u", "gone.Table")],
    )
    assert told(wiring.check_receivers) == []


@pytest.mark.parametrize(
    "backends", [None, {}, {"tracking_logs": {"ENGINE": "eventtracking.backends.logger.LoggerBackend"}}]
)
def test_a_backend_for_tracking_events_that_fell_out_is_told(settings, backends):
    settings.EVENT_TRACKING_BACKENDS = backends
    assert told(wiring.check_tracking) == [("wiring.tracking", "EVENT_TRACKING_BACKENDS has no longer our backend.")]


def test_tracking_that_the_platform_has_switched_off_is_told(settings):
    settings.EVENT_TRACKING_ENABLED = False
    ((id_, sentence),) = told(wiring.check_tracking)
    assert id_ == "wiring.tracking"
    assert "EVENT_TRACKING_ENABLED" in sentence


def test_a_site_that_wants_no_tracking_is_told_nothing(settings):
    settings.COMMUNITY_TRACKING = False
    settings.EVENT_TRACKING_BACKENDS = {}
    assert told(wiring.check_tracking) == []
