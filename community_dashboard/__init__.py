"""The instructors' dashboard: what needs you now, moderation, engagement, growth. Imports nothing at import time."""

__version__ = "0.1.0"
