"""The ways from the platform's own pages into a course's dashboard.

A course tab, a course tool, a tab of the new instructor dashboard, a section of the legacy one. Each is for those who may
open the overview, and has a setting that switches it off. The platform finds them by entry point (setup.py) or dotted path
(filter_steps.py) and calls them while it builds its own pages: they never raise, and somebody without right costs no more
than the question who that person is.
"""
