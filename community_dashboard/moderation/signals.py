"""Our own signals, sent after the commit. Receivers get keyword arguments and must not raise."""

from django.dispatch import Signal

# A decision was made or undone: `decision_id`, `course_key`.
DECIDED = Signal()

# The posts of a course that were there before us have been read: `course_key`.
FILLED = Signal()
