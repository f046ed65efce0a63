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
        # Of the three, only the mailings' signal brings the e-mail address as it was; see retirement.py.
        "signals_config": {
            "lms.djangoapp": {
                "relative_path": "retirement",
                "receivers": [
                    {
                        "receiver_func_name": receiver,
                        "signal_path": f"openedx.core.djangoapps.user_api.accounts.signals.{signal}",
                        "dispatch_uid": f"referral.{receiver}",
                    }
                    for receiver, signal in (
                        ("retire_misc", "USER_RETIRE_LMS_MISC"),
                        ("retire_mailings", "USER_RETIRE_MAILINGS"),
                        ("retire_critical", "USER_RETIRE_LMS_CRITICAL"),
                    )
                ],
            },
        },
    }

    def ready(self):
        """Listens to the platform's events: in the LMS to what learners do, in Studio to re-runs alone."""
        from django.conf import settings

        from referral_xblock import checks  # noqa: F401  (registers itself)

        if settings.REFERRAL_LISTENS:
            from referral_xblock import listeners  # noqa: F401  (connects itself)

            self._register_own_data()
            self._offer_rewards()
            self._offer_learning_together()
            self._offer_prompts()
            self._offer_statements()
        if settings.REFERRAL_NOTES_RERUNS:
            from referral_xblock.policy.listeners import connect

            connect()

    @staticmethod
    def _register_own_data():
        """What each domain puts into the file that a person saves at /community/me/."""
        from referral_xblock.consent.own_choices import own_choices
        from referral_xblock.journey.own_data import own_journeys
        from referral_xblock.leaderboard.own_data import own_learning_together
        from referral_xblock.links.own_data import own_links
        from referral_xblock.own_data import register_own_data
        from referral_xblock.policy.own_data import own_rules
        from referral_xblock.prompts.own_data import own_prompts
        from referral_xblock.rewards.own_data import own_rewards
        from referral_xblock.sharing.own_data import own_sharing

        register_own_data("choices", own_choices)
        register_own_data("journeys", own_journeys)
        register_own_data("links", own_links)
        register_own_data("prompts", own_prompts)
        register_own_data("rewards", own_rewards)
        register_own_data("rules", own_rules)
        register_own_data("sharing", own_sharing)
        register_own_data("learning_together", own_learning_together)

    @staticmethod
    def _offer_rewards():
        """Rewards follow the journeys, and stand in the block and on a person's own page."""
        from referral_xblock.panels import register_panel
        from referral_xblock.rewards import listeners, panel  # noqa: F401  (the listener connects itself)

        register_panel("rewards", panel.draw, order=10)

    @staticmethod
    def _offer_learning_together():
        """Teams, study buddies and the leaderboard stand in the block and on a person's own page."""
        from referral_xblock.leaderboard import listeners, panel  # noqa: F401  (the listeners connect themselves)
        from referral_xblock.panels import register_panel
        from referral_xblock.teams.panel import draw_buddies, draw_team

        register_panel("teams", draw_team, order=20)
        register_panel("buddies", draw_buddies, order=30)
        register_panel("leaderboard", panel.draw_leaderboard, order=40)

    @staticmethod
    def _offer_prompts():
        """After a good moment, a learner may be asked to invite: in the block and on the course's page."""
        from referral_xblock.panels import Place, register_panel
        from referral_xblock.prompts import listeners  # noqa: F401  (the listeners connect themselves)
        from referral_xblock.prompts.panel import draw_prompt

        register_panel("prompt", draw_prompt, places={Place.UNIT, Place.COURSE}, order=5)

    @staticmethod
    def _offer_statements():
        """What we tell the tracking log becomes xAPI, where event-routing-backends is installed."""
        from referral_xblock.emission.events import EVENTS
        from referral_xblock.emission.xapi import register_statements

        register_statements(EVENTS)
