"""The LMS's host and the demo's have the interface's verbs, with its parameters."""

import inspect
import subprocess
import sys

import pytest

from community_dashboard.host.chosen import get_host
from community_dashboard.host.edx_platform import EdxPlatform
from community_dashboard.host.interface import Host
from demo.dashboard_host import DashboardHost

VERBS = sorted(name for name in dir(Host) if not name.startswith("_"))


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("host", [EdxPlatform, DashboardHost])
def test_a_verb_takes_and_gives_what_the_interface_says(host, verb):
    promised, given = (inspect.signature(getattr(owner, verb)) for owner in (Host, host))
    assert given == promised


@pytest.mark.parametrize("host", [EdxPlatform, DashboardHost])
def test_a_host_has_nothing_beside_the_interface(host):
    assert {name for name in dir(host) if not name.startswith("_")} == set(VERBS)


def test_the_setting_chooses(settings):
    assert isinstance(get_host(), DashboardHost)
    settings.COMMUNITY_HOST = "community_dashboard.host.edx_platform.EdxPlatform"
    assert isinstance(get_host(), EdxPlatform)


def test_the_class_for_the_lms_is_read_without_an_lms():
    """Nothing of the platform is imported before a verb is called."""
    program = (
        "import sys, django; django.setup();"
        "import community_dashboard.host.edx_platform;"
        "known = [name for name in sys.modules if name.partition('.')[0] in ('lms', 'openedx', 'common', 'xmodule')];"
        "from demo.stubs import NAMES;"
        "stubs = {'.'.join(path.split('.')[:n]) for path in NAMES for n in range(1, 9)};"
        "sys.exit(str(sorted(set(known) - stubs)) if set(known) - stubs else 0)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
