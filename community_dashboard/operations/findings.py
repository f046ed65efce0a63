"""What can be found on a site, each with its id, its weight, what it means and what to do: the table of docs/operating.md."""

from __future__ import annotations

from dataclasses import dataclass

from community_dashboard.operations.meanings import SYSTEM_CHECKS, Meaning, Severity

__all__ = ["BY_ID", "MEANINGS", "Finding", "Meaning", "Severity", "found", "table"]


@dataclass(frozen=True)
class Finding:
    """One sentence about this site."""

    id: str
    severity: Severity
    sentence: str
    hint: str


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
OUR_RELEASE = (
    "Install a version of openedx-community-growth that supports this release of the platform, or report this line."
)

MEANINGS = (
    Meaning("platform.import", E, "A module or a name of the platform that we need is not there.", OUR_RELEASE),
    Meaning(
        "platform.attribute", E, "Something of the platform lacks an attribute or a method that we use.", OUR_RELEASE
    ),
    Meaning(
        "platform.parameters", E, "Something of the platform does not take the parameters that we pass.", OUR_RELEASE
    ),
    Meaning("platform.field", E, "A table of the platform lacks a field that we ask for.", OUR_RELEASE),
    Meaning("platform.address", E, "The platform has no address of a name that we link to.", OUR_RELEASE),
    Meaning(
        "platform.degrades",
        W,
        "Something that only some releases or sites have is missing; we go on without it.",
        "Nothing has to be done. The pages leave out, or say, what they cannot know here.",
    ),
    Meaning(
        "platform.tried",
        N,
        "How many uses of the platform's names were tried.",
        "What depends on the platform's answers is tried by --contract.",
    ),
    Meaning(
        "platform.other-host",
        N,
        "A setting names another host than the LMS, so that names of the LMS were not looked for.",
        "Leave REFERRAL_HOST and COMMUNITY_HOST out of your settings to run in the LMS.",
    ),
    Meaning(
        "host.start",
        E,
        "The class of a host cannot be imported or made.",
        "See what REFERRAL_HOST or COMMUNITY_HOST names.",
    ),
    Meaning("host.verb", E, "The class of a host lacks a verb, or its verb takes other parameters.", "Mend the class."),
    Meaning(
        "wiring.entry-point",
        E,
        "An entry point of ours is not registered.",
        "Install openedx-community-growth again: pip writes the entry points at installation.",
    ),
    Meaning(
        "wiring.entry-point-broken",
        E,
        "An entry point of ours cannot be loaded.",
        "The sentence says why; see also the names.",
    ),
    Meaning(
        "wiring.app", E, "One of our two apps is not in INSTALLED_APPS.", "Install the package again, or add the app."
    ),
    Meaning(
        "wiring.filter-step",
        E,
        "A filter step of ours cannot be imported.",
        "See what your settings name in the pipeline.",
    ),
    Meaning(
        "wiring.receiver",
        E,
        "A receiver of ours is not connected to its signal: what it tells is missed until reconciliation finds it.",
        "See the log of the start for an error in our listeners, and INSTALLED_APPS for both apps.",
    ),
    Meaning(
        "wiring.not-listening",
        W,
        "A setting keeps this process from listening to learners.",
        "Leave REFERRAL_LISTENS out of the settings of the LMS.",
    ),
    Meaning(
        "wiring.tracking",
        W,
        "The platform's tracking events do not reach the record: no opened unit, played video or answered problem is in it.",
        "Put our backend back where your own settings replace EVENT_TRACKING_BACKENDS; see docs/activity.md.",
    ),
    Meaning("background.tracking", E, "The Redis where such events wait does not answer.", "Mend it or its address."),
    Meaning(
        "background.tracking-lost",
        W,
        "Such events were lost in the last seven days, or so many wait that some soon will be.",
        "See whether beat and the workers run; docs/activity.md says what may be lost.",
    ),
    Meaning(
        "background.eager",
        N,
        "Celery runs tasks where they are sent from: there is no worker to ask.",
        "As it should be in a demo or in tests; in service, take CELERY_ALWAYS_EAGER out.",
    ),
    Meaning(
        "background.broker",
        E,
        "The broker of Celery cannot be reached.",
        "Start it, or mend CELERY_BROKER_* in the settings.",
    ),
    Meaning("background.worker", E, "No Celery worker answered.", "Start the workers of the LMS."),
    Meaning(
        "background.task", E, "No worker knows a task of ours.", "Restart the workers: they run an older installation."
    ),
    Meaning(
        "background.cache",
        E,
        "The cache does not give back what was put in.",
        "Start it, or mend CACHES in the settings.",
    ),
    Meaning(
        "background.cache-alone",
        W,
        "The cache is kept in each process alone, or nowhere: limits count for each process.",
        "Use Redis or Memcached in service.",
    ),
    Meaning(
        "background.schedule",
        W,
        "A periodic task of ours is not in the schedule of Celery's beat.",
        "Put it back where your own settings replace CELERYBEAT_SCHEDULE, or run the command of docs/operating.md from cron.",
    ),
    Meaning(
        "background.no-schedule",
        N,
        "This site has no schedule for Celery's beat.",
        "Run the commands of docs/operating.md from cron.",
    ),
    Meaning(
        "figures.unread",
        W,
        "Nobody has looked for more than a quarter of an hour at what there is to count: the figures of courses stand still.",
        "See whether beat and the workers run and community_dashboard.fill_figures is in the schedule; "
        "at once: manage.py lms fill_figures",
    ),
    Meaning(
        "figures.behind",
        W,
        "The figures are counted, and for more than a quarter of an hour not all of them: there is more than the runs get done.",
        "After an installation or an import, wait. Else give the workers more room, or count the rest at once: "
        "manage.py lms fill_figures",
    ),
    Meaning(
        "figures.uncompared",
        W,
        "The daily comparison of the record with the figures has not ended for two days: what was told late may be missing.",
        "As for figures.unread and figures.behind, which say why; at once: manage.py lms fill_figures",
    ),
    Meaning(
        "figures.failed",
        E,
        "Days of courses, or the learners of courses, could not be counted; they are tried again, and their pages say so.",
        "The log of the workers has the error; mend it, then: manage.py lms fill_figures",
    ),
    Meaning("database.migrations", E, "Tables of ours are not migrated.", "Run: manage.py lms migrate"),
    Meaning(
        "database.requests",
        W,
        "A request is not one transaction.",
        "Set ATOMIC_REQUESTS to True, as the platform does: what we write and what it writes then stand or fall together.",
    ),
    Meaning(
        "forum.app",
        W,
        "The forum is not the published app in this process: there is no moderation and no forum activity.",
        "Install openedx-forum, or leave moderation aside.",
    ),
    Meaning("forum.course", W, "What the host says of this course's forum.", "See docs/operating.md, “Which forum”."),
    Meaning(
        "forum.no-course",
        N,
        "Whether a course has the expected forum is known for a course.",
        "Name one: --course <key>",
    ),
    Meaning(
        "account.none",
        N,
        "No account is named for automatic moderation: automatic decisions stay proposals.",
        "Name one in COMMUNITY_ACTING_ACCOUNT if they shall be carried out.",
    ),
    Meaning("account.unknown", E, "The acting account does not exist.", "Create it, or mend COMMUNITY_ACTING_ACCOUNT."),
    Meaning("account.inactive", E, "The acting account is not active.", "Activate it, or name another."),
    Meaning(
        "account.role",
        E,
        "The acting account does not moderate the forum of this course.",
        "Instructor dashboard, Membership: make it Discussion Moderator.",
    ),
    Meaning(
        "account.outside",
        E,
        "The acting account may not enter the course: the platform's forum does not let it act there.",
        "Enrol it, or make it part of the course's team.",
    ),
    Meaning(
        "account.profile",
        E,
        "The acting account has no profile: the forum cannot answer it.",
        "Give it one: sign in with it once.",
    ),
    Meaning("account.no-course", N, "The acting account's role is known for a course.", "Name one: --course <key>"),
    Meaning("events.emitted", N, "How many kinds of events we tell, and to whom.", "Nothing has to be done."),
    Meaning(
        "events.off",
        N,
        "Events of ours are not told to the tracking log.",
        "Set what the sentence names to True if they shall be.",
    ),
    Meaning(
        "events.kept",
        W,
        "Events of ours go to the tracking log and are kept from xAPI.",
        "Mend EVENT_TRACKING_BACKENDS; docs/events.md says which lists there are.",
    ),
    Meaning(
        "site.debug",
        W,
        "DEBUG is on: an error in any receiver of an Open edX event stops what the learner does.",
        "Switch it off in service.",
    ),
    Meaning(
        "contract.failed", E, "The host did not do what its interface says.", "Report this line with your release."
    ),
    Meaning("contract.left-out", N, "A test of the host does not apply here.", "The sentence says why."),
    Meaning("contract.passed", N, "How many tests of the host passed.", "Nothing has to be done."),
    Meaning(
        "check.failed", E, "A check itself could not be carried out.", "The sentence has the error; mend that first."
    ),
    *SYSTEM_CHECKS,
)
BY_ID = {meaning.id: meaning for meaning in MEANINGS}


def found(id_: str, sentence: str, hint: str = "") -> Finding:
    """A finding of this id; KeyError for one that has no meaning here. Without a hint of its own, that of the id."""
    meaning = BY_ID[id_]
    return Finding(id_, meaning.severity, sentence, hint or meaning.hint)


def table() -> str:
    """The meanings as a Markdown table, for docs/operating.md."""
    lines = ["| id | weight | what it means | what to do |", "|---|---|---|---|"]
    lines += [f"| `{one.id}` | {one.severity} | {one.meaning} | {one.hint} |" for one in MEANINGS]
    return "\n".join(lines)
