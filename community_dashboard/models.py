"""Gathers the tables of all domains for Django; written out, so that a reader finds them."""

from community_dashboard.activity.models import Activity, Forgotten, Place

__all__ = ["Activity", "Forgotten", "Place"]
