"""What can be wrong with a note or a tag, in a sentence for who wrote it."""

from __future__ import annotations


class LearnerError(Exception):
    """The words of the error are for the reader."""


class NotInCourseError(LearnerError):
    """This person is not of this course, or not any more."""
