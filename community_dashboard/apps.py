"""How the platform finds this package. Imports neither models nor settings: the LMS loads it while settings are built."""

from django.apps import AppConfig

_EVENTS = "openedx_events.learning.signals"
_FORUM = "openedx.core.djangoapps.django_comment_common.signals"
_RETIREMENT = "openedx.core.djangoapps.user_api.accounts.signals"

# Who listens to which signals of the platform; listeners to tables are connected in `listeners.py` itself.
LISTENERS = {
    "on_registration": [f"{_EVENTS}.STUDENT_REGISTRATION_COMPLETED"],
    "on_sign_in": [f"{_EVENTS}.SESSION_LOGIN_COMPLETED"],
    "on_enrolment": [f"{_EVENTS}.COURSE_ENROLLMENT_CREATED"],
    "on_unenrolment": [f"{_EVENTS}.COURSE_UNENROLLMENT_COMPLETED"],
    "on_grade": [f"{_EVENTS}.PERSISTENT_GRADE_SUMMARY_CHANGED"],
    "on_passing_status": [f"{_EVENTS}.COURSE_PASSING_STATUS_UPDATED"],
    "on_ccx_passing_status": [f"{_EVENTS}.CCX_COURSE_PASSING_STATUS_UPDATED"],
    "on_certificate": [f"{_EVENTS}.CERTIFICATE_CREATED", f"{_EVENTS}.CERTIFICATE_CHANGED"],
    "on_certificate_revoked": [f"{_EVENTS}.CERTIFICATE_REVOKED"],
    "on_thread": [f"{_EVENTS}.FORUM_THREAD_CREATED"],
    "on_answer": [f"{_EVENTS}.FORUM_THREAD_RESPONSE_CREATED"],
    "on_comment": [f"{_EVENTS}.FORUM_RESPONSE_COMMENT_CREATED"],
    "on_edit": [f"{_FORUM}.thread_edited", f"{_FORUM}.comment_edited"],
    "on_deletion": [f"{_FORUM}.thread_deleted", f"{_FORUM}.comment_deleted"],
    "on_flag": [f"{_FORUM}.thread_flagged", f"{_FORUM}.comment_flagged"],
    "on_vote": [f"{_FORUM}.thread_voted", f"{_FORUM}.comment_voted"],
    "on_endorsement": [f"{_FORUM}.comment_endorsed"],
    "on_follow": [f"{_FORUM}.thread_followed"],
    "note_told_post": [
        *(f"{_FORUM}.thread_{act}" for act in ("created", "edited", "deleted", "flagged")),
        *(f"{_FORUM}.comment_{act}" for act in ("created", "edited", "deleted", "flagged", "endorsed")),
    ],
    "forget_retired": [
        f"{_RETIREMENT}.USER_RETIRE_MAILINGS",
        f"{_RETIREMENT}.USER_RETIRE_LMS_MISC",
        f"{_RETIREMENT}.USER_RETIRE_LMS_CRITICAL",
    ],
}


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
                "common": {"relative_path": "lms_settings"},
                "production": {"relative_path": "lms_settings"},
            },
            "cms.djangoapp": {
                "common": {"relative_path": "settings"},
                "production": {"relative_path": "settings"},
            },
        },
        "signals_config": {
            "lms.djangoapp": {
                "relative_path": "listeners",
                "receivers": [
                    {
                        "receiver_func_name": listener,
                        "signal_path": signal,
                        "dispatch_uid": f"community.{listener}.{signal.rpartition('.')[2]}",
                    }
                    for listener, signals in LISTENERS.items()
                    for signal in signals
                ],
            },
        },
    }

    def ready(self):
        """Registers our system checks, and what others ask of us; the platform connects the listeners."""
        from django.conf import settings

        from community_dashboard import checks  # noqa: F401  (registers itself)

        if settings.REFERRAL_LISTENS:  # in Studio nobody learns
            from community_dashboard.activity.own_data import own_activity
            from community_dashboard.activity.rollup.own_data import own_figures
            from community_dashboard.emission.events import EVENTS
            from community_dashboard.engagement.digest.own_data import own_weekly_digests
            from community_dashboard.engagement.learners.own_data import own_notes
            from community_dashboard.engagement.risk.own_data import own_risks
            from community_dashboard.engagement.segments.own_data import own_segment_changes
            from community_dashboard.host.forum_rules import register_posting_rule
            from community_dashboard.moderation.appeals.own_data import own_appeals
            from community_dashboard.moderation.appeals.panel import draw_decisions
            from community_dashboard.moderation.bulk.own_data import own_jobs
            from community_dashboard.moderation.clock.own_data import own_targets
            from community_dashboard.moderation.decisions.own_data import own_decisions
            from community_dashboard.moderation.digest.own_data import own_digests
            from community_dashboard.moderation.phone.own_data import own_taps
            from community_dashboard.moderation.projection.own_data import own_posts
            from community_dashboard.moderation.queue.own_data import own_queue
            from community_dashboard.moderation.sanctions.gate import refuse_sanctioned
            from community_dashboard.moderation.sanctions.own_data import own_sanctions
            from community_dashboard.moderation.shield.own_data import own_rules
            from community_dashboard.moderation.urgency.own_data import own_marks
            from referral_xblock.api import PanelPlace, register_own_data, register_panel, register_statements

            register_statements(EVENTS)
            register_own_data("activity", own_activity)
            register_own_data("figures", own_figures)
            register_own_data("notes on learners", own_notes)
            register_own_data("appeals", own_appeals)
            register_own_data("digests", own_digests)
            register_own_data("decisions", own_decisions)
            register_own_data("posts", own_posts)
            register_own_data("queue", own_queue)
            register_own_data("chances of dropping out", own_risks)
            register_own_data("sanctions", own_sanctions)
            register_own_data("moderation rules", own_rules)
            register_own_data("targets", own_targets)
            register_own_data("taps", own_taps)
            register_own_data("jobs", own_jobs)
            register_own_data("marks", own_marks)
            register_own_data("segment changes", own_segment_changes)
            register_own_data("weekly digests", own_weekly_digests)
            register_panel("moderation", draw_decisions, places={PanelPlace.PERSON}, order=50)
            register_posting_rule("sanctions", refuse_sanctioned)
