"""Studio's workers and a workbench load the block where this package is no installed app."""

import subprocess
import sys

LOADS = """
from django.conf import settings
settings.configure(INSTALLED_APPS=[], USE_I18N=True, LMS_ROOT_URL="https://lms.example")
import django
django.setup()
import sys
from xblock.core import XBlock
block_class = XBlock.load_class("referral")
tables = sorted(name for name in sys.modules if name.startswith("referral_xblock") and name.endswith(".models"))
assert not tables, tables

from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.runtime import DictKeyValueStore, KvsFieldData
from xblock.test.tools import TestRuntime

runtime = TestRuntime(services={"field-data": KvsFieldData(DictKeyValueStore())})
runtime.local_resource_url = lambda block, uri: "/" + uri
for view in ("student_view", "author_view", "studio_view", "public_view"):
    block = block_class(runtime, scope_ids=ScopeIds("ada", "referral", "definition", "usage"))
    html = getattr(block, view)({}).body_html()
    assert "referral" in html, view
tables = sorted(name for name in sys.modules if name.startswith("referral_xblock") and name.endswith(".models"))
assert not tables, tables
print("drawn")
"""


def test_the_block_loads_and_draws_with_referral_xblock_missing_from_installed_apps():
    done = subprocess.run([sys.executable, "-c", LOADS], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.strip().endswith("drawn"), done.stderr
