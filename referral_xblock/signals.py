"""What this package tells others, after the transaction that made it true has committed."""

from django.dispatch import Signal

# A journey changed. Arguments: course_key (CourseKey), user_id (the invited), inviter_id (or None), stages (frozenset of
# data.Stage that are now credited; empty while held or not credited).
JOURNEY_CHANGED = Signal()

# Teams were left, closed or merged. Arguments: course_key (CourseKey), team_ids (frozenset of int).
TEAM_CHANGED = Signal()

# A link was shared, by this channel for the first time that day. Arguments: course_key (CourseKey), user_id, channel (slug),
# day (date, UTC).
LINK_SHARED = Signal()
