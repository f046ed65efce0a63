"""Who may see and do what in a course; the door of every page and every REST address.

It does not know what a page shows.
"""
