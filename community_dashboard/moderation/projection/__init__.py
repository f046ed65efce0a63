"""The projection: the forum as moderation reads it, one row per post with its facts and its states, not its text.

A post is *read* from the forum's own tables (from the host where the forum is in MongoDB) and its row written anew; reading
twice changes nothing. The *facts* of a thread are made from the rows of its comments: answers, who answered first, since when
its author waits. *Filling* reads a course that was there before us, in the background. *Reconciliation* compares with the
forum's tables and reads what no signal told.

What is left of a post that is gone from the forum: its row with the moments, without title and excerpt.

Not here: what is thought of a post (shield, urgency, clock), and what is done with it.
"""
