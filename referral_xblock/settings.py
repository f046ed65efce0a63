"""Every setting of this package with its default and its reason. A value that the site has set is kept."""

from datetime import timedelta
from pathlib import Path

from referral_xblock.emission.events import NAMES
from referral_xblock.emission.routing import allow_in_xapi

# The tasks' names, and their entries in the schedule.
CATCH_UP = "referral_xblock.catch_up"
CONTINUE_REWARDS = "referral_xblock.continue_rewards"
APPLY_RETENTION = "referral_xblock.apply_retention"
LOOK_FOR_REMINDERS = "referral_xblock.look_for_reminders"
STANDINGS = "referral_xblock.recompute_standings"


def plugin_settings(settings):
    """Adds our defaults; called by the platform at the end of its common and production settings, any number of times."""

    def default(name, value):
        if not hasattr(settings, name):
            setattr(settings, name, value)

    # Dotted path of the class that answers for the platform; see host/interface.py.
    default("REFERRAL_HOST", "referral_xblock.host.edx_platform.EdxPlatform")
    # Studio shares these settings but has no learners: it listens to nothing of ours.
    default("REFERRAL_LISTENS", getattr(settings, "SERVICE_VARIANT", "lms") != "cms")
    # Studio alone tells of re-runs, so that the settings page of the new course can offer the rules of the old one.
    default("REFERRAL_NOTES_RERUNS", getattr(settings, "SERVICE_VARIANT", "lms") == "cms")
    # Minutes between two looks for work that was left for a worker and forgotten, as by a broker that was down; 0 for never.
    # Needs Celery's beat in the LMS; `manage.py lms recompute_journeys` from cron does the same.
    default("REFERRAL_CATCH_UP_MINUTES", 10)
    # Hours between the beginnings of two repairs of all journeys in the background; 0 for never.
    default("REFERRAL_REPAIR_HOURS", 24)
    # The private key that signs badges: a PEM text, or the path of a file that holds one (`manage.py make_badge_key`).
    # Without one there are rewards, but no badges.
    default("REFERRAL_BADGE_KEY", "")
    # Keys that signed badges before, as PEM texts or paths; their public halves are enough. Their badges stay verifiable.
    default("REFERRAL_BADGE_FORMER_KEYS", [])
    # Extra salt for keyed hashes and draws; a leak of one does not open the others.
    default("REFERRAL_HASH_SALT", "referral")
    # Earlier values of SECRET_KEY, kept after a change only to find who was invited or wants no mail, and to honour the way to
    # stop in old mails: unlike SECRET_KEY_FALLBACKS they open no session.
    default("REFERRAL_FORMER_SECRET_KEYS", [])
    # Of the draw that leaves a tenth of the learners without the prompt. Not a secret; changing it draws anew and spoils the
    # comparison, so it is apart from the site's key, which may be changed at any time.
    default("REFERRAL_HOLDOUT_SALT", "referral-holdout")
    # Of the draw that offers half of the invited a study buddy, where a course measures that. The same holds for it.
    default("REFERRAL_BUDDY_SALT", "referral-buddy")
    # Hours for which the address of an invitation may wait, encrypted, for a worker; then it is wiped and nothing is sent.
    default("REFERRAL_SEALED_ADDRESS_HOURS", 24)
    # How many beacons one browser may send in a minute before they are no longer counted.
    default("REFERRAL_BEACONS_PER_MINUTE", 60)
    # Days between two reminders to one inviter in one course, and hours between two looks for those that are due (0: none).
    default("REFERRAL_REMINDER_DAYS", 14)
    default("REFERRAL_REMINDER_HOURS", 24)
    # How many days rows are kept; 0 for ever. What a journey is computed from is spared, see retention/tables.py. Pages that
    # count say since when they can. A click is kept for at least 367 days, one by a machine for 2.
    default("REFERRAL_KEEP_MACHINE_CLICKS_DAYS", 90)
    default("REFERRAL_KEEP_CLICKS_DAYS", 730)
    default("REFERRAL_KEEP_SHOWINGS_DAYS", 1095)
    default("REFERRAL_KEEP_SHARES_DAYS", 1095)
    default("REFERRAL_KEEP_EVENTS_DAYS", 730)
    default("REFERRAL_KEEP_WAITING_DAYS", 30)
    default("REFERRAL_KEEP_MOMENTS_DAYS", 365)
    # Hours between two runs that delete what is older; 0 for never. `manage.py lms apply_retention` from cron does the same.
    default("REFERRAL_RETENTION_HOURS", 24)
    # Pages of 500 rows that one such run looks at; the next goes on from there.
    default("REFERRAL_RETENTION_PAGES", 400)
    # Whether shares, clicks, journeys, rewards and invitations are told to the platform's tracking log, see docs/events.md; with
    # event-routing-backends also in xAPI, and so to Aspects.
    default("REFERRAL_EMIT_EVENTS", True)
    # How many times an hour somebody may save their own data as a file.
    default("REFERRAL_OWN_DATA_PER_HOUR", 10)
    # Seconds for which what a course looks like to an outsider may be kept in the cache.
    default("REFERRAL_COURSE_CACHE_SECONDS", 300)
    # A TrueType file for the preview card, for languages that the bundled font cannot write.
    default("REFERRAL_CARD_FONT", "")

    # Where Atlas puts the translations of a package that brings a block, only the block's own service would look: our pages and
    # mails ask Django. In `common` the paths are not known yet.
    pulled = Path(getattr(settings, "REPO_ROOT", ".")) / "conf/plugins-locale/xblock.v1/referral_xblock"
    paths = getattr(settings, "LOCALE_PATHS", None)
    if isinstance(paths, list) and str(pulled) not in map(str, paths) and pulled.is_dir():
        paths.append(str(pulled))

    # Signed tokens stand in these addresses: they stay out of the tracking log.
    ignored = list(getattr(settings, "TRACKING_IGNORE_URL_PATTERNS", []))
    for pattern in (r"^/r/", r"^/community/"):
        if pattern not in ignored:
            ignored.append(pattern)
    settings.TRACKING_IGNORE_URL_PATTERNS = ignored

    if settings.REFERRAL_LISTENS and settings.REFERRAL_EMIT_EVENTS:
        allow_in_xapi(settings, NAMES)

    schedule_tasks(settings)


def schedule_tasks(settings):
    """Puts our periodic tasks into the LMS's schedule, or takes them out; a schedule that is not there is not made.

    Studio shares the LMS's objects: a new dictionary is set.
    """
    schedule = getattr(settings, "CELERYBEAT_SCHEDULE", None)
    if not isinstance(schedule, dict) or not settings.REFERRAL_LISTENS:
        return
    every = {  # so many minutes
        CATCH_UP: settings.REFERRAL_CATCH_UP_MINUTES,
        CONTINUE_REWARDS: settings.REFERRAL_CATCH_UP_MINUTES,
        STANDINGS: 60 if settings.REFERRAL_CATCH_UP_MINUTES else 0,
        APPLY_RETENTION: 60 * settings.REFERRAL_RETENTION_HOURS,
        LOOK_FOR_REMINDERS: 60 * settings.REFERRAL_REMINDER_HOURS,
    }
    ours = {
        task: {"task": task, "schedule": timedelta(minutes=minutes), "options": {"expires": 60 * minutes}}
        for task, minutes in every.items()
        if minutes
    }
    others = {name: other for name, other in schedule.items() if name not in every}
    settings.CELERYBEAT_SCHEDULE = others | ours
