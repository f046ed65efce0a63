"""What the settings of the LMS get beyond our defaults, and Studio's do not: filter steps, a template folder, periodic work."""

from datetime import timedelta
from pathlib import Path

from community_dashboard.filter_steps import STEPS, with_steps
from community_dashboard.settings import plugin_settings as add_defaults

RECONCILE = "community-reconcile-activity"
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
    schedule = getattr(settings, "CELERYBEAT_SCHEDULE", None)
    if isinstance(schedule, dict):
        others = {name: entry for name, entry in schedule.items() if name != RECONCILE}
        minutes = settings.COMMUNITY_RECONCILE_MINUTES
        own = {RECONCILE: {"task": "community_dashboard.reconcile_activity", "schedule": timedelta(minutes=minutes)}}
        settings.CELERYBEAT_SCHEDULE = {**others, **(own if minutes else {})}
