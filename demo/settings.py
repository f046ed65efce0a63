"""The demo's settings: those of an LMS where it matters, a few of our own where an LMS would need a machine park.

What may be set from outside: DEMO_DIR (where the database and the secret live), DEMO_SECRET_KEY, DEMO_DEBUG, PORT,
LMS_ROOT_URL, DEMO_DUMMY_LANGUAGES, DEMO_REDIS_URL (redis://host:port: tasks go to workers, see demo/with_workers.py).
"""

import os
from importlib.util import find_spec
from pathlib import Path

from edx_django_utils.plugins import add_plugins, get_plugin_apps

from demo.secret import badge_key, secret_key
from demo.terminal import demo_folder

REPOSITORY = Path(__file__).resolve().parent.parent
DEMO_DIR = demo_folder()
DEMO_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = os.environ.get("DEMO_SECRET_KEY") or secret_key(DEMO_DIR / "secret")
# openedx-events lets an error of a receiver stop the platform when DEBUG is on; an LMS in service has it off, so have we.
DEBUG = os.environ.get("DEMO_DEBUG", "").lower() in ("1", "true", "yes")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

# Who we are, in the names the platform's apps ask for.
LMS_ROOT_URL = os.environ.get("LMS_ROOT_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
LMS_BASE = LMS_ROOT_URL.partition("://")[2]
CMS_ROOT_URL = LMS_ROOT_URL
CMS_BASE = LMS_BASE
PLATFORM_NAME = "Demo campus"
SERVICE_VARIANT = "lms"
FEATURES: dict[str, bool] = {}
ENV_TOKENS: dict[str, object] = {}  # what an LMS has from its YAML file, for the plugins that ask
REFERRAL_HOST = "demo.host.DemoHost"
REFERRAL_BADGE_KEY = badge_key(DEMO_DIR / "badge-key.pem")
COMMUNITY_HOST = "demo.dashboard_host.DashboardHost"
COMMUNITY_ACTING_ACCOUNT = "community-desk"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "waffle",
    "rest_framework",
    "drf_spectacular",
    "eventtracking.django.apps.EventTrackingConfig",
    "openedx_events",
    "openedx_filters",
    "demo.campus.apps.CampusConfig",
    "demo.courseware.apps.CoursewareConfig",
    "demo.forum.apps.CampusForumConfig",
]
# event-routing-backends asks the LMS beneath it who somebody is in xAPI and what a course is called; there is none here.
TO_XAPI = "event_routing_backends"
INSTALLED_APPS.extend(app for app in get_plugin_apps("lms.djangoapp") if not app.startswith(TO_XAPI))

MIDDLEWARE = [
    "edx_django_utils.cache.middleware.RequestCacheMiddleware",
    "crum.CurrentRequestUserMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "demo.campus.content_policy.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "waffle.middleware.WaffleMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "demo.urls"
WSGI_APPLICATION = "demo.wsgi.application"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "demo.campus.views.errors.forbidden_form"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [REPOSITORY / "demo" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "demo.campus.page.describe_page",
            ]
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "demo.sqlite",
        "NAME": str(DEMO_DIR / "db.sqlite3"),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "demo"}}

# As in the LMS, somebody who has not yet activated the account may be signed in.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.AllowAllUsersModelBackend"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]
LOGIN_URL = "campus:login"
LOGIN_REDIRECT_URL = "/"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LANGUAGES_OFFERED = [code for code, _name in LANGUAGES]
# Long strings and right-to-left, to look at pages with; never offered to a visitor.
DUMMY_LANGUAGES = [("eo", "Long dummy"), ("ar", "Right-to-left dummy")]
if os.environ.get("DEMO_DUMMY_LANGUAGES"):
    LANGUAGES = LANGUAGES + DUMMY_LANGUAGES
LOCALE_PATHS = [REPOSITORY / "locale", DEMO_DIR / "dummies"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [REPOSITORY / "demo" / "static"]
_workbench = find_spec("workbench")
if _workbench and _workbench.origin:
    # Only the browser runtime of the workbench is used, so it is not an installed app.
    STATICFILES_DIRS.append(Path(_workbench.origin).parent / "static")
# Served straight from the packages: no collecting step between a checkout and a page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 0 if DEBUG else 300
MEDIA_URL = "/media/"
MEDIA_ROOT = str(DEMO_DIR / "media")

EMAIL_BACKEND = "demo.campus.outbox.DatabaseOutbox"
DEFAULT_FROM_EMAIL = "Demo campus <campus@example.org>"

# Without Redis a task runs where it is sent from, and an error in it is logged, not raised, as with real workers.
REDIS_URL = os.environ.get("DEMO_REDIS_URL", "")
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_EAGER_PROPAGATES = False
CELERY_TASK_STORE_EAGER_RESULT = False
CELERY_BROKER_URL = f"{REDIS_URL}/0" if REDIS_URL else "memory://localhost"
# What a killed worker had in hand comes back after a minute, as in an LMS; Redis looks every hundred seconds.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 60}
CELERYBEAT_SCHEDULE: dict[str, dict] = {}  # under the LMS's name, so that plugins find it
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": f"{REDIS_URL}/1"}}
    COMMUNITY_TRACKING_REDIS_URL = f"{REDIS_URL}/2"

EVENT_TRACKING_ENABLED = True
EVENT_TRACKING_BACKENDS = {
    "tracking_logs": {"ENGINE": "eventtracking.backends.logger.LoggerBackend", "OPTIONS": {"name": "tracking"}}
}
EVENT_TRACKING_PROCESSORS: list[dict[str, str]] = []
TRACKING_IGNORE_URL_PATTERNS = [r"^/event", r"^/login", r"^/heartbeat"]

FORUM_SEARCH_BACKEND = "demo.search.NullSearchBackend"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "tracking": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": str(DEMO_DIR / "tracking.log"),
            "maxBytes": 10_000_000,
            "backupCount": 1,
            "delay": True,
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # No mail to administrators: its report reads the request again, and a request that cannot be read would fail twice.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "tracking": {"handlers": ["tracking"], "level": "INFO", "propagate": False},
    },
}

add_plugins(__name__, "lms.djangoapp", "common")
add_plugins(__name__, "lms.djangoapp", "production")
EVENT_TRACKING_BACKENDS.pop("event_transformer", None)  # of the same, whose settings come along uninvited
CELERY_BEAT_SCHEDULE = CELERYBEAT_SCHEDULE  # the name under which demo.workers looks
