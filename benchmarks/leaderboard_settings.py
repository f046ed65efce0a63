"""The demo's settings for the benchmark of the leaderboard. MariaDB with TEST_MARIADB_PORT, else the demo's SQLite."""

import os

from demo.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver"]
CELERY_TASK_ALWAYS_EAGER = True

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
