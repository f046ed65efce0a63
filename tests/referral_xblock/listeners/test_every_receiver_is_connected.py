"""The platform connects each receiver when it starts: in the LMS, in Studio, and where a site has switched listening off."""

import json
import os
import subprocess
import sys

import pytest
from django.db.models.signals import post_save
from openedx_events.content_authoring import signals as authoring
from openedx_events.tooling import OpenEdxPublicSignal

from tests.referral_xblock.listeners.receivers import connected

RECEIVERS = {
    "referral.registered": "org.openedx.learning.student.registration.completed.v1",
    "referral.signed_in": "org.openedx.learning.auth.session.login.completed.v1",
    "referral.enrolled": "org.openedx.learning.course.enrollment.created.v1",
    "referral.unenrolled": "org.openedx.learning.course.unenrollment.completed.v1",
    "referral.passing": "org.openedx.learning.course.passing.status.updated.v1",
    "referral.ccx_passing": "org.openedx.learning.ccx.course.passing.status.updated.v1",
    "referral.grade": "org.openedx.learning.course.persistent_grade_summary.changed.v1",
    "referral.certificate": "org.openedx.learning.certificate.created.v1",
    "referral.certificate_changed": "org.openedx.learning.certificate.changed.v1",
    "referral.certificate_revoked": "org.openedx.learning.certificate.revoked.v1",
    "referral.moment_answered": "org.openedx.learning.forum.thread.response.created.v1",
    "referral.moment_certificate": "org.openedx.learning.certificate.created.v1",
    "referral.moment_certificate_changed": "org.openedx.learning.certificate.changed.v1",
    "referral.moment_certificate_revoked": "org.openedx.learning.certificate.revoked.v1",
    "referral.moment_completed": "",  # post_save of BlockCompletion
    "referral.moment_exam_errored": "org.openedx.learning.exam.attempt.errored.v1",
    "referral.moment_exam_rejected": "org.openedx.learning.exam.attempt.rejected.v1",
    "referral.put_out": "org.openedx.learning.course.unenrollment.completed.v1",
    "referral.block_completed": "",  # post_save of BlockCompletion
}
RERUN = {"referral.rerun": "org.openedx.content_authoring.course.rerun.completed.v1"}
RETIREMENT = ["referral.retire_critical", "referral.retire_mailings", "referral.retire_misc"]

STARTED = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "started"
sys.path.insert(0, sys.argv[1])
import django
django.setup()
from demo.stubs import NAMES
from tests.referral_xblock.listeners.receivers import connected
retirement = NAMES["openedx.core.djangoapps.user_api.accounts.signals"].values()
print(json.dumps({
    "events": sorted(connected()),
    "retirement": sorted(key[0] for signal in retirement for (key, *_rest) in signal.receivers),
}))
"""


def test_every_receiver_of_the_lms_is_connected_to_its_signal():
    found = {name: getattr(signal, "event_type", "") for name, signal in connected().items()}
    assert found == RECEIVERS
    assert connected()["referral.block_completed"] is post_save
    assert all(OpenEdxPublicSignal.get_signal_by_type(event) for event in RECEIVERS.values() if event)


@pytest.mark.parametrize(
    ("service", "listens", "events", "retirement"),
    [
        ("lms", True, list(RECEIVERS), RETIREMENT),
        ("lms", False, [], RETIREMENT),
        ("cms", None, list(RERUN) if hasattr(authoring, "COURSE_RERUN_COMPLETED") else [], []),  # not in Teak
    ],
    ids=["LMS", "LMS that is told not to listen", "Studio"],
)
def test_a_service_that_starts_connects_what_is_for_it(tmp_path, service, listens, events, retirement):
    (tmp_path / "started.py").write_text(settings_of(service, listens))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", STARTED, str(tmp_path)],
        env=os.environ | {"DEMO_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["events"] == sorted(events)
    assert [name for name in found["retirement"] if name.startswith("referral.")] == retirement


def settings_of(service, listens):
    """Our package on the campus as the service would load it: its plugin settings, then its plugin receivers."""
    return f"""
from tests.settings import *
SERVICE_VARIANT = {service!r}
for name in ("REFERRAL_LISTENS", "REFERRAL_NOTES_RERUNS"):
    globals().pop(name, None)
{"" if listens is None else f"REFERRAL_LISTENS = {listens}"}
import sys
from referral_xblock.settings import plugin_settings
plugin_settings(sys.modules[__name__])
from edx_django_utils import plugins
connect = plugins.connect_plugin_receivers
plugins.connect_plugin_receivers = lambda _lms: connect("{service}.djangoapp")  # the campus is an LMS
"""
