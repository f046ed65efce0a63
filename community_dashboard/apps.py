"""How the platform finds this package. Imports neither models nor settings: the LMS loads it while settings are built."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """The instructors' dashboard."""

    name = "community_dashboard"
    label = "community_dashboard"
    verbose_name = "Community dashboard"
    default_auto_field = "django.db.models.BigAutoField"

    plugin_app = {
        "url_config": {
            "lms.djangoapp": {"namespace": "community_dashboard", "regex": r"^community/", "relative_path": "urls"},
        },
        "settings_config": {
            "lms.djangoapp": {
                "common": {"relative_path": "settings"},
                "production": {"relative_path": "settings"},
            },
            "cms.djangoapp": {
                "common": {"relative_path": "settings"},
                "production": {"relative_path": "settings"},
            },
        },
    }
