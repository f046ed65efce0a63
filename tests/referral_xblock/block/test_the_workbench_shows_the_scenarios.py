"""A smoke test in the stock workbench, as a block's developer would open it."""

import os
import subprocess
import sys

import pytest
from lxml import etree

from referral_xblock.block import ReferralXBlock

OPENS = """
import django
django.setup()
from django.test import Client
from django.test.utils import setup_test_environment
from django.core.management import call_command
from workbench.scenarios import SCENARIOS, init_scenarios
call_command("migrate", run_syncdb=True, verbosity=0)
init_scenarios()
ours = [name for name in SCENARIOS if name.startswith("referral.")]
assert len(ours) == 2, sorted(SCENARIOS)
setup_test_environment()
for name in ours:
    for view in ("student_view", "author_view", "studio_view"):
        response = Client().get(f"/view/{name}/{view}/") if view != "student_view" else Client().get(f"/scenario/{name}/")
        assert response.status_code == 200, (name, view, response.status_code)
        if view == "student_view":
            assert b"data-referral-address" in response.content, name
print("opened")
"""
SETTINGS = """
from workbench.settings import *
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
SECRET_KEY = "for this test only"
ALLOWED_HOSTS = ["*"]
WORKBENCH = {"reset_state_on_restart": False, "services": {}}
LOGGING = {"version": 1}
"""


@pytest.mark.parametrize(("title", "xml"), ReferralXBlock.workbench_scenarios())
def test_each_scenario_is_well_formed_and_holds_the_block(title, xml):
    tree = etree.fromstring(xml)
    assert title
    assert tree.tag == "referral" or tree.findall("referral")


@pytest.mark.slow
def test_the_stock_workbench_draws_every_scenario(tmp_path):
    pytest.importorskip("workbench")
    (tmp_path / "bench_settings.py").write_text(SETTINGS)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "bench_settings", "PYTHONPATH": f"{tmp_path}:{os.getcwd()}"}
    done = subprocess.run(
        [sys.executable, "-c", OPENS],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment,
        cwd=tmp_path,
    )
    assert done.stdout.strip().endswith("opened"), done.stderr[-3000:]
