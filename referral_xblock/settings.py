"""Every setting of this package with its default and its reason. A value that the site has set is kept."""


def plugin_settings(settings):
    """Adds our defaults; called by the platform at the end of its common and production settings, any number of times."""

    def default(name, value):
        if not hasattr(settings, name):
            setattr(settings, name, value)

    # Dotted path of the class that answers for the platform; see host/interface.py.
    default("REFERRAL_HOST", "referral_xblock.host.edx_platform.EdxPlatform")
    # Studio shares these settings but has no learners: it listens to nothing of ours.
    default("REFERRAL_LISTENS", getattr(settings, "SERVICE_VARIANT", "lms") != "cms")
    # Extra salt for keyed hashes and draws; a leak of one does not open the others.
    default("REFERRAL_HASH_SALT", "referral")
    # Of the draw that leaves a tenth of the learners without the prompt. Not a secret; changing it draws anew and spoils the
    # comparison, so it is apart from the site's key, which may be changed at any time.
    default("REFERRAL_HOLDOUT_SALT", "referral-holdout")
    # How many beacons one browser may send in a minute before they are no longer counted.
    default("REFERRAL_BEACONS_PER_MINUTE", 60)
    # Seconds for which what a course looks like to an outsider may be kept in the cache.
    default("REFERRAL_COURSE_CACHE_SECONDS", 300)
    # A TrueType file for the preview card, for languages that the bundled font cannot write.
    default("REFERRAL_CARD_FONT", "")

    # Signed tokens stand in these addresses: they stay out of the tracking log.
    ignored = list(getattr(settings, "TRACKING_IGNORE_URL_PATTERNS", []))
    for pattern in (r"^/r/", r"^/community/"):
        if pattern not in ignored:
            ignored.append(pattern)
    settings.TRACKING_IGNORE_URL_PATTERNS = ignored
