"""Decisions: what a moderator, or a rule in the name of the acting account, did with a post or its author.

A decision is one row of the log. It is *begun* before the forum is asked and *done* after it answered; what stayed begun is
looked at again. *Masking* replaces a text in the forum and keeps the original. Who may decide what about whom is one table,
`authority.py`. A decision can be *undone* for 30 days where the forum allows it.

Not here: what stands in the queue and why, what a silenced author meets, the log's page.
"""
