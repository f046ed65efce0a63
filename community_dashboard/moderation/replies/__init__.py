"""Answers kept for use again: the page where a course's moderators keep them, and their words under a post.

What is kept, and who may keep it, is in `decisions.kept_replies`, beside the decision that sends it.
"""
