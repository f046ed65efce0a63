"""Courses of the demo host: OLX in, units and a Studio page out, blocks run as the LMS runs them.

A course is read from a Studio export (`olx`, `archive`, `about`), kept as one row per block (`models`), and its blocks are
run by a runtime of our own (`runtime`, `keyvalue`, `provided`). A *unit* is the vertical that a learner opens. What an
author wrote lives in `Block.authored`, what a learner did in `FieldValue`; neither ever overwrites the other.
This is no LMS: no schedules, no cohorts, no grade book, and of the problems only those with choices.
"""
