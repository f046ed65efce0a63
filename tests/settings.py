"""The demo's settings, made quick and quiet for tests.

SQLite in memory; or MariaDB with TEST_MARIADB_PORT (127.0.0.1, user root, no password).
"""

import atexit
import os
import shutil
import tempfile

if "DEMO_DIR" not in os.environ:
    os.environ["DEMO_DIR"] = tempfile.mkdtemp(prefix="demo-tests-")
    atexit.register(shutil.rmtree, os.environ["DEMO_DIR"], ignore_errors=True)
os.environ.setdefault("DEMO_SECRET_KEY", "not a secret: for tests only")
os.environ["LMS_ROOT_URL"] = "http://testserver"
os.environ["DEMO_DUMMY_LANGUAGES"] = "yes"

from demo.settings import *  # noqa: F403
from demo.settings import LOGGING, MIDDLEWARE

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_EAGER_PROPAGATES = True
COMMUNITY_ACTING_ACCOUNT = ""  # tests begin without people; those that want one name it
LOGGING["loggers"]["tracking"]["handlers"] = []
# The walk over every package's files is for a server; a test that wants a file uses Django's finders.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]

if os.environ.get("TEST_MARIADB_PORT"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.mysql",
            "HOST": "127.0.0.1",
            "PORT": os.environ["TEST_MARIADB_PORT"],
            "USER": "root",
            "NAME": "test",
            "ATOMIC_REQUESTS": True,
            "OPTIONS": {"charset": "utf8mb4", "init_command": "SET sql_mode='STRICT_TRANS_TABLES'"},
            "TEST": {"CHARSET": "utf8mb4"},
        }
    }
else:
    DATABASES = {"default": {"ENGINE": "demo.sqlite", "NAME": ":memory:", "ATOMIC_REQUESTS": True}}
