"""The platform that hosts us: one interface, chosen by `settings.REFERRAL_HOST`, never by what can be imported.

`edx_platform/` is the LMS and Studio; the demo brings its own. What is published on the package index (events, filters,
completion, keys) is the same everywhere and is imported directly by whoever needs it.
"""
