"""Intake: what is written in the forum comes to moderation.

The forum's signals leave the posts that changed (`noting.py`), a worker reads them into the projection and then *examines* them:
every source is asked for its findings, and the queue is told.

Not here: what the sources think (shield, urgency, clock), and what becomes of a post (decisions).
"""
