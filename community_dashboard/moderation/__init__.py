"""Moderation: the queue, the decisions, the clock and the log of a course's forum.

The *projection* is the forum as we read it: one row per post with its facts, not its text. A *finding* says why a post
stands in the *queue*, which has one *item* per post whatever the number of findings. A *decision* is what a moderator, or a
rule in the name of the acting account, did with a post or its author; every one is in the *log* and can be undone where the
forum allows it. To *hold* or *hide* a post is to *mask* it: the forum has no hiding, so its text is replaced and
the original kept by us. A *sanction* keeps an author from posting for a time or for good.

Not here: deleting for good by ourselves, private messages, and anything in a course the moderator does not moderate.
"""
