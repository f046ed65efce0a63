"""What holds for a whole course: window, audience, caps, thresholds. One row per course; none means the defaults.

It does not hold texts or pictures: those are the block's own fields, in the course's content.
"""
