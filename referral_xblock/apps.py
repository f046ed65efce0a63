"""How the platform finds this package. Imports neither models nor settings: the LMS loads it while settings are built."""

from django.apps import AppConfig


class ReferralConfig(AppConfig):
    """The Django app beside the block: links, clicks, journeys."""

    name = "referral_xblock"
    label = "referral_xblock"
    verbose_name = "Referrals"
    default_auto_field = "django.db.models.BigAutoField"

    plugin_app = {
        "url_config": {
            "lms.djangoapp": {"namespace": "referral_xblock", "regex": r"^", "relative_path": "urls"},
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

    def ready(self):
        """Listens to the platform's events, in the LMS only: Studio has no learners."""
        from django.conf import settings

        if settings.REFERRAL_LISTENS:
            from referral_xblock import listeners  # noqa: F401  (connects itself)
