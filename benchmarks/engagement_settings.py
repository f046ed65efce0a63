"""The settings of the benchmark of moderation, with files that the server may ask this program for (LOAD DATA LOCAL).

With ENGAGEMENT_PEER, the folder of openedx-completion-aggregator, that package is an installed app.
"""

import os
import sys

from benchmarks.moderation_settings import *  # noqa: F403
from benchmarks.moderation_settings import DATABASES, INSTALLED_APPS

DATABASES["default"]["NAME"] = "engagement"
DATABASES["default"]["OPTIONS"] |= {"local_infile": True}

if os.environ.get("ENGAGEMENT_PEER"):
    sys.path.append(os.environ["ENGAGEMENT_PEER"])
    INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.aggregator_app.AggregatorConfig"]
    COMPLETION_AGGREGATOR_BLOCK_TYPES = {"course", "chapter", "sequential", "vertical"}
    COMPLETION_AGGREGATOR_TRACKING_EVENT_TYPES: set[str] = set()
    COMPLETION_AGGREGATOR_UPDATER_CACHE_TIMEOUT = 600
    COMPLETION_AGGREGATOR_AGGREGATE_UNRELEASED_BLOCKS = False
    COMPLETION_AGGREGATOR_USE_COLLECTED_BLOCK_STRUCTURE = False
