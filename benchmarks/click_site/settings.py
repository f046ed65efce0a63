"""The demo's settings and what the neighbours need. MariaDB with TEST_MARIADB_PORT, else the demo's SQLite."""

import os

from demo.settings import *  # noqa: F403
from demo.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.sites", "pinax.referrals", "benchmarks.click_site"]
SITE_ID = 1  # pinax-referrals asks for it
ROOT_URLCONF = "benchmarks.click_site.urls"

if os.environ.get("TEST_MARIADB_PORT"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.mysql",
            "HOST": "127.0.0.1",
            "PORT": os.environ["TEST_MARIADB_PORT"],
            "USER": "root",
            "NAME": "clicks",
            "ATOMIC_REQUESTS": True,
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"charset": "utf8mb4", "init_command": "SET sql_mode='STRICT_TRANS_TABLES'"},
        }
    }
