"""The demo's settings for measuring receivers: passwords that cost nothing, MariaDB with TEST_MARIADB_PORT."""

import os

from demo.settings import *  # noqa: F403
from demo.settings import LOGGING

ALLOWED_HOSTS = ["testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING["loggers"]["tracking"]["handlers"] = []

if os.environ.get("TEST_MARIADB_PORT"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.mysql",
            "HOST": "127.0.0.1",
            "PORT": os.environ["TEST_MARIADB_PORT"],
            "USER": "root",
            "NAME": "receivers",
            "ATOMIC_REQUESTS": True,
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"charset": "utf8mb4", "init_command": "SET sql_mode='STRICT_TRANS_TABLES'"},
        }
    }
