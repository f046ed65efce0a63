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
    # Rows on one page of a list.
    default("COMMUNITY_PAGE_SIZE", 50)

    # The ways in from the platform's own pages, each for those who may open the overview; False takes it away for all.
    # The tab in the navigation of every course, also in the learning MFE.
    default("COMMUNITY_SHOW_COURSE_TAB", True)
    # The link in the box "Course Tools" on a course's home page.
    default("COMMUNITY_SHOW_COURSE_TOOL", True)
    # The tab of the new instructor dashboard (Verawood and later).
    default("COMMUNITY_SHOW_DASHBOARD_TAB", True)
    # The section of the legacy instructor dashboard.
    default("COMMUNITY_SHOW_DASHBOARD_SECTION", True)

    # Minutes between two looks for activity that no listener told, where the site runs Celery beat; 0: none.
    default("COMMUNITY_RECONCILE_MINUTES", 15)
    # Pages of 500 rows that one such look reads of each source at most; the next goes on from there.
    default("COMMUNITY_RECONCILE_PAGES", 200)
