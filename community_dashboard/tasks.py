"""Gathers the tasks of all domains for Celery's workers; written out, so that a reader finds them."""

from community_dashboard.activity.tasks import reconcile_activity

__all__ = ["reconcile_activity"]
