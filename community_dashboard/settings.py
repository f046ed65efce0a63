"""Every setting of this package with its default and its reason. A value that the site has set is kept."""


def plugin_settings(settings):
    """Adds our defaults; called by the platform at the end of its common and production settings, any number of times."""

    def default(name, value):
        if not hasattr(settings, name):
            setattr(settings, name, value)

    # Dotted path of the class that answers `community_dashboard.host.interface.Host` on this platform.
    default("COMMUNITY_HOST", "community_dashboard.host.edx_platform.EdxPlatform")
    # Username of the account in whose name automatic moderation acts. It needs a forum role in the courses; "" leaves every
    # automatic decision as a proposal for a moderator.
    default("COMMUNITY_ACTING_ACCOUNT", "")
    # Minutes for which a post of the queue is its opener's before others see it as free again; 3 at most where the page says
    # each minute that it is open.
    default("COMMUNITY_CLAIM_MINUTES", 10)
    # Rows on one page of a list.
    default("COMMUNITY_PAGE_SIZE", 50)
    # Files of the list of learners (CSV, XLSX, JSON) that one person may save in ten minutes; 0: no limit.
    default("COMMUNITY_LEARNER_FILES_PER_TEN_MINUTES", 30)
    # Pages of that list that one person may read by REST in ten minutes, each of COMMUNITY_PAGE_SIZE rows; 0: no limit. Who wants
    # the whole list of a large course saves a file.
    default("COMMUNITY_LEARNER_PAGES_PER_TEN_MINUTES", 600)

    # Whether the forum refuses the posts of authors whom moderators silenced or banned, with until when and why. Without it such
    # posts appear, and are held as soon as they are found.
    default("COMMUNITY_POSTING_GATE", True)

    # Whether an author whom moderators warn, silence or ban gets a mail with what, until when, why and where to appeal. The
    # discussions MFE shows no words of the server, so without it only /community/me/ says so.
    default("COMMUNITY_TELL_SANCTIONED", True)

    # The ways in from the platform's own pages, each for those who may open the overview; False takes it away for all.
    # The tab in the navigation of every course, also in the learning MFE.
    default("COMMUNITY_SHOW_COURSE_TAB", True)
    # The link in the box "Course Tools" on a course's home page.
    default("COMMUNITY_SHOW_COURSE_TOOL", True)
    # The tab of the new instructor dashboard (Verawood and later).
    default("COMMUNITY_SHOW_DASHBOARD_TAB", True)
    # The section of the legacy instructor dashboard.
    default("COMMUNITY_SHOW_DASHBOARD_SECTION", True)

    # Minutes between two looks for activity and forum posts that no listener told, where the site runs Celery beat; 0: none.
    default("COMMUNITY_RECONCILE_MINUTES", 15)
    # Whether the platform's tracking events tell the record which units learners open, which videos they play and which
    # problems they answer. False leaves our backend out of EVENT_TRACKING_BACKENDS.
    default("COMMUNITY_TRACKING", True)
    # Redis in which such facts wait for a worker, as redis://host:port/number; a request then pays one round trip for each.
    # "" sends each in a Celery task, which costs a request more and the workers much more. Two platforms must not share one.
    default("COMMUNITY_TRACKING_REDIS_URL", "")
    # Facts that may wait there at most, about 150 bytes each; what comes after is left out and counted.
    default("COMMUNITY_TRACKING_LIST", 200_000)
    # Minutes between two rounds in which workers write them into the record, where the site runs Celery beat; 0: none.
    default("COMMUNITY_TRACKING_MINUTES", 1)
    # Minutes between two runs that bring the figures of courses to what the record says, where the site runs Celery beat; 0:
    # none.
    default("COMMUNITY_FILL_MINUTES", 3)
    # Days for which the record of activity is kept, once its days are counted; the figures stay, and so do enrolments, passing,
    # certificates and credited friends. 0 keeps all for ever.
    default("COMMUNITY_KEEP_ACTIVITY_DAYS", 730)
    # Minutes between two rounds in which older rows of the record are cleared away, where the site runs Celery beat; 0: none.
    default("COMMUNITY_CLEAR_MINUTES", 1440)
    # Minutes between two looks for questions that have passed the course's target, where the site runs Celery beat; 0: none.
    default("COMMUNITY_BREACH_MINUTES", 5)
    # Minutes between two rounds in which the urgency of courses learns from what their moderators decided, where the site runs
    # Celery beat and has scikit-learn; 0: none.
    default("COMMUNITY_LEARN_MINUTES", 1440)
    # Minutes between two looks for courses whose learners' chances of dropping out are due (once a day after the figures are
    # filled), where the site runs Celery beat; 0: no chances.
    default("COMMUNITY_RISK_MINUTES", 30)
    # Days after which a course learns anew who drops out, where scikit-learn is installed; 0: only when its team asks for it.
    default("COMMUNITY_RISK_LEARN_DAYS", 7)
    # Minutes between two looks for moderators to whom the daily digest is due, where the site runs Celery beat; 0: no digests.
    default("COMMUNITY_DIGEST_MINUTES", 30)
    # The hour of the day, in the course's time zone, from which on its moderators get the digest.
    default("COMMUNITY_DIGEST_HOUR", 7)
    # Minutes between two looks for people of course teams to whom the weekly digest is due, where the site runs Celery beat;
    # 0: no weekly digests.
    default("COMMUNITY_WEEKLY_MINUTES", 60)
    # The day of the week (0 is Monday) and the hour, in the time zone of the site, from which on the weekly digest goes out. The
    # week it tells of ends with Sunday by universal time.
    default("COMMUNITY_WEEKLY_WEEKDAY", 0)
    default("COMMUNITY_WEEKLY_HOUR", 8)
    # Minutes between two looks for decisions whose process died, and for texts and rows that are kept no longer; 0: none.
    default("COMMUNITY_TEND_DECISIONS_MINUTES", 15)
    # Minutes between two looks for work on many posts whose worker died, where the site runs Celery beat; 0: none.
    default("COMMUNITY_BULK_MINUTES", 1)
    # Days for which a decision stays in the log; a ban stays longer. 0 keeps all for ever.
    default("COMMUNITY_KEEP_DECISIONS_DAYS", 1095)
    # Whether decisions of moderation and digests are told to the platform's tracking log, see docs/events.md; with
    # event-routing-backends also in xAPI, and so to Aspects.
    default("COMMUNITY_EMIT_EVENTS", True)
    # Pages of 500 rows that one such look reads of each source at most; the next goes on from there.
    default("COMMUNITY_RECONCILE_PAGES", 200)
