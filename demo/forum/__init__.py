"""The forum of the campus: the published forum app as the LMS works with it, without pages of its own.

`acts.py` and `reading.py` have the verbs, `posts.py` the shapes, `events.py` what the platform tells of it, `models.py` what
the forum app leaves to the LMS: cohorts and who wants no mail of a course.
"""
