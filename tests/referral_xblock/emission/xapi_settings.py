"""The demo's settings with event-routing-backends as an LMS has it: installed, and its settings among those of the plugins.

ORDER says in which order the plugins' settings run, as "theirs,ours" or "ours,theirs": the platform promises none.
"""

import os
import sys

from event_routing_backends.settings import common, production

from community_dashboard import lms_settings as of_the_dashboard
from referral_xblock import settings as of_the_block
from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS, LOGGING

HERE = sys.modules[__name__]
ENV_TOKENS: dict[str, object] = {}
INSTALLED_APPS = [*INSTALLED_APPS, "celery_utils", "event_routing_backends.apps.EventRoutingBackendsConfig"]
LOGGING["loggers"]["tracking"]["level"] = "ERROR"
vars(HERE).pop("EVENT_TRACKING_BACKENDS_ALLOWED_XAPI_EVENTS", None)  # as if the demo had never had it
vars(HERE).pop("EVENT_TRACKING_BACKENDS_ALLOWED_CALIPER_EVENTS", None)

PLUGINS = {
    "ours": {"common": (of_the_block, of_the_dashboard), "production": (of_the_block, of_the_dashboard)},
    "theirs": {"common": (common,), "production": (production,)},
}
for phase in ("common", "production"):
    for plugin in os.environ["ORDER"].split(","):
        for module in PLUGINS[plugin][phase]:
            module.plugin_settings(HERE)
