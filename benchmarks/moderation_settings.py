"""The demo's settings for the benchmark of moderation. MariaDB with TEST_MARIADB_PORT, else the demo's SQLite."""

import os

from demo.settings import *  # noqa: F403
from demo.settings import LOGGING

ALLOWED_HOSTS = ["testserver"]
CELERY_TASK_ALWAYS_EAGER = True
LOGGING["loggers"]["tracking"]["handlers"] = []

if os.environ.get("TEST_MARIADB_PORT"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.mysql",
            "HOST": "127.0.0.1",
            "PORT": os.environ["TEST_MARIADB_PORT"],
            "USER": "root",
            "NAME": "moderation",
            "ATOMIC_REQUESTS": True,
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "charset": "utf8mb4",
                "isolation_level": "read committed",
                "init_command": "SET sql_mode='STRICT_TRANS_TABLES'",
            },
        }
    }
