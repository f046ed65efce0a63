"""Studio has our settings, models and translations, and nothing else of us. Each test is a Studio process of its own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

WITHOUT_THE_APP = """
import django
from django.conf import settings
settings.configure(INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"], USE_TZ=True)
django.setup()
from xblock.core import XBlock
block = XBlock.load_class("referral")
assert block.__module__ == "referral_xblock.block", block
"""

STUDIO = """
import sys
from types import ModuleType
from edx_django_utils.plugins import add_plugins, connect_plugin_receivers, get_plugin_apps, get_plugin_url_patterns
studio = sys.modules["studio"] = ModuleType("studio")
vars(studio).update(
    SERVICE_VARIANT="cms", SECRET_KEY="for this process", USE_TZ=True, FEATURES={}, ROOT_URLCONF="studio", urlpatterns=[],
    LMS_ROOT_URL="http://lms.example.org", DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sites", "completion"],
)
studio.INSTALLED_APPS += get_plugin_apps("cms.djangoapp")
add_plugins("studio", "cms.djangoapp", "common")
add_plugins("studio", "cms.djangoapp", "production")
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "studio"
import django
django.setup()
connect_plugin_receivers("cms.djangoapp")
"""

MIGRATES = """
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
assert "referral_xblock_link" in connection.introspection.table_names()
from xblock.core import XBlock
assert XBlock.load_class("referral").__module__ == "referral_xblock.block"
"""

SILENT = """
from importlib import import_module
from weakref import ReferenceType
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from openedx_events.tooling import OpenEdxPublicSignal
import_module("openedx_events.learning.signals")

def ours(signal):
    live = [found() if isinstance(found, ReferenceType) else found for _key, found, *_more in signal.receivers]
    return [found for found in live if found.__module__.startswith(("referral_xblock", "community_dashboard"))]

events = [signal for signal in OpenEdxPublicSignal.all_events() if signal.event_type.startswith("org.openedx.learning.")]
assert len(events) > 20
assert [signal.event_type for signal in events if ours(signal)] == []
assert [signal for signal in (post_delete, post_save, pre_delete, pre_save) if ours(signal)] == []
assert get_plugin_url_patterns("cms.djangoapp") == []

# The same question finds a listener where there is one.
def planted(**_): pass
planted.__module__ = "referral_xblock.listeners"
post_save.connect(planted)
assert ours(post_save) == [planted]
"""


def in_studio(*parts):
    command = [sys.executable, "-W", "ignore", "-c", "".join(parts)]
    done = subprocess.run(command, cwd=ROOT, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_block_is_found_by_its_entry_point_where_the_app_is_not_installed():
    in_studio(WITHOUT_THE_APP)


def test_the_apps_of_studio_migrate_alone():
    in_studio(STUDIO, MIGRATES)


def test_there_are_no_addresses_of_ours_and_no_ears_for_learners():
    in_studio(STUDIO, SILENT)
