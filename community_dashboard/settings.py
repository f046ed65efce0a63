"""Every setting of this package with its default and its reason. A value that the site has set is kept."""


def plugin_settings(settings):
    """Adds our defaults; called by the platform at the end of its common and production settings, any number of times."""

    def default(name, value):
        if not hasattr(settings, name):
            setattr(settings, name, value)

    # Rows on one page of a list.
    default("COMMUNITY_PAGE_SIZE", 50)
