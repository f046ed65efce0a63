"""What runs on the LMS's workers: jobs, and a look for those whose worker died."""

import logging

from celery import shared_task
from django.utils import timezone

from community_dashboard.moderation.bulk import running
from community_dashboard.moderation.bulk.forgetting import forget_old

log = logging.getLogger(__name__)

SAFE = {"acks_late": True, "reject_on_worker_lost": True, "ignore_result": True}
# One more attempt at once; a person waits for the answer.
SENDING = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


@shared_task(name="community_dashboard.run_bulk_job", **SAFE)
def run_bulk_job(job_id: int) -> None:
    """Works on one job for most of a minute and sends it on if there is more."""
    if running.run(job_id=job_id, clock=timezone.now):
        send_job(job_id)


@shared_task(name="community_dashboard.continue_bulk_jobs", **SAFE)
def continue_bulk_jobs() -> None:
    """Sends every job that no worker has, and deletes those that are older than the log."""
    for job_id in running.forsaken(now=timezone.now()):
        send_job(job_id)
    forget_old(now=timezone.now())


def send_job(job_id: int) -> None:
    """Asks a worker for the job; where none can be asked, the next look does it."""
    try:
        run_bulk_job.apply_async((job_id,), retry=True, retry_policy=SENDING)
    except Exception:
        log.warning("No worker can be asked at present; the next look for jobs does it.", exc_info=True)
