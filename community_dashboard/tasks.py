"""Gathers the tasks of all domains for Celery's workers; written out, so that a reader finds them."""

from community_dashboard.activity.rollup.tasks import clear_activity, fill_figures
from community_dashboard.activity.tasks import reconcile_activity
from community_dashboard.activity.tracking.tasks import drain_tracking, record_told
from community_dashboard.engagement.digest.tasks import look_for_learner_digests, send_learner_digest
from community_dashboard.engagement.risk.tasks import learn_risks, reckon_risks, tend_risks
from community_dashboard.moderation.answers.tasks import index_threads
from community_dashboard.moderation.bulk.tasks import continue_bulk_jobs, run_bulk_job
from community_dashboard.moderation.decisions.tasks import tend_decisions
from community_dashboard.moderation.digest.tasks import look_for_digests, send_digest
from community_dashboard.moderation.intake.tasks import (
    find_breaches,
    learn_urgency,
    look_at_filled_course,
    read_posts,
    reconcile_forum,
)
from community_dashboard.moderation.projection.tasks import fill_course
from community_dashboard.moderation.sanctions.tasks import tell_sanctioned

__all__ = [
    "clear_activity",
    "continue_bulk_jobs",
    "drain_tracking",
    "fill_course",
    "fill_figures",
    "find_breaches",
    "index_threads",
    "learn_risks",
    "learn_urgency",
    "look_at_filled_course",
    "look_for_digests",
    "look_for_learner_digests",
    "read_posts",
    "reckon_risks",
    "reconcile_activity",
    "reconcile_forum",
    "record_told",
    "run_bulk_job",
    "send_digest",
    "send_learner_digest",
    "tell_sanctioned",
    "tend_decisions",
    "tend_risks",
]
