"""Invitations from inside a unit: the block, share links, attribution. Imports nothing: Studio loads it before settings."""

__version__ = "0.1.0"
