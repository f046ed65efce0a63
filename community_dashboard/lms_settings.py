"""What the settings of the LMS get beyond our defaults, and Studio's do not.

Filter steps, a template folder, periodic work, the gate before the forum, and a backend for tracking events.
"""

from datetime import timedelta
from pathlib import Path

from community_dashboard.emission.events import NAMES
from community_dashboard.filter_steps import STEPS, with_steps
from community_dashboard.settings import plugin_settings as add_defaults
from referral_xblock.emission.routing import allow_in_xapi

# Our entries in the schedule: each with its task and the setting that says every how many minutes.
PERIODIC = {
    "community-reconcile-activity": ("community_dashboard.reconcile_activity", "COMMUNITY_RECONCILE_MINUTES"),
    "community-drain-tracking": ("community_dashboard.drain_tracking", "COMMUNITY_TRACKING_MINUTES"),
    "community-fill-figures": ("community_dashboard.fill_figures", "COMMUNITY_FILL_MINUTES"),
    "community-clear-activity": ("community_dashboard.clear_activity", "COMMUNITY_CLEAR_MINUTES"),
    "community-reconcile-forum": ("community_dashboard.reconcile_forum", "COMMUNITY_RECONCILE_MINUTES"),
    "community-send-digests": ("community_dashboard.look_for_digests", "COMMUNITY_DIGEST_MINUTES"),
    "community-send-weekly-digests": ("community_dashboard.look_for_learner_digests", "COMMUNITY_WEEKLY_MINUTES"),
    "community-tend-decisions": ("community_dashboard.tend_decisions", "COMMUNITY_TEND_DECISIONS_MINUTES"),
    "community-continue-bulk-jobs": ("community_dashboard.continue_bulk_jobs", "COMMUNITY_BULK_MINUTES"),
    "community-learn-urgency": ("community_dashboard.learn_urgency", "COMMUNITY_LEARN_MINUTES"),
    "community-find-breaches": ("community_dashboard.find_breaches", "COMMUNITY_BREACH_MINUTES"),
    "community-tend-risks": ("community_dashboard.tend_risks", "COMMUNITY_RISK_MINUTES"),
}
GATE = "community_dashboard.moderation.sanctions.gate.PostingGate"
TRACKING = "community_activity"  # our name among the backends for tracking events
TRACKING_ENGINE = "community_dashboard.activity.tracking.backend.TrackingBackend"
MAKO_FOLDER = str(Path(__file__).parent / "mako")


def plugin_settings(settings):
    """Called at the end of the LMS's common and production settings, any number of times.

    Between the two the site's YAML file may have replaced whole dictionaries and lists, so both merge into what they find.
    New objects are set, none is changed in place: Studio shares some of the LMS's.
    """
    add_defaults(settings)
    settings.OPEN_EDX_FILTERS_CONFIG = with_steps(getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None), STEPS)
    folders = list(getattr(settings, "MAKO_TEMPLATE_DIRS_BASE", None) or [])
    if MAKO_FOLDER not in folders:
        folders.append(MAKO_FOLDER)
    settings.MAKO_TEMPLATE_DIRS_BASE = folders
    # At the end: whoever signs people in and chooses their language has then done so.
    settings.MIDDLEWARE = [*(one for one in getattr(settings, "MIDDLEWARE", None) or () if one != GATE), GATE]
    if settings.COMMUNITY_EMIT_EVENTS:
        allow_in_xapi(settings, NAMES)
    # At the top, beside the platform's own: what stands inside its "tracking_logs" is replaced by the site's YAML file, and
    # reads events that were made over for the log.
    backends = dict(getattr(settings, "EVENT_TRACKING_BACKENDS", None) or {})
    if settings.COMMUNITY_TRACKING:
        backends.setdefault(TRACKING, {"ENGINE": TRACKING_ENGINE, "OPTIONS": {}})
    else:
        backends.pop(TRACKING, None)
    settings.EVENT_TRACKING_BACKENDS = backends
    schedule = getattr(settings, "CELERYBEAT_SCHEDULE", None)
    if isinstance(schedule, dict):
        others = {name: entry for name, entry in schedule.items() if name not in PERIODIC}
        own = {
            name: {"task": task, "schedule": timedelta(minutes=getattr(settings, minutes))}
            for name, (task, minutes) in PERIODIC.items()
            if getattr(settings, minutes)
        }
        settings.CELERYBEAT_SCHEDULE = {**others, **own}
