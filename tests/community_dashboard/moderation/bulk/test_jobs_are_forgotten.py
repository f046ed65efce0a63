"""A retired person is in no job, and old jobs go with the log."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community_dashboard.moderation.bulk.forgetting import forget_old, forget_person
from community_dashboard.moderation.bulk.models import BulkJob, BulkStep
from community_dashboard.moderation.bulk.scopes import Kind, Scope
from community_dashboard.moderation.bulk.tasks import continue_bulk_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_moderator_s_name_and_words_are_gone_and_the_job_stays(cast, posted, begin):
    job = begin(posted(2))
    for _again in range(2):
        forget_person(user_id=cast.bo.id)
    job.refresh_from_db()
    assert (job.by, job.reason, job.steps.count()) == (None, "", 2)


def test_a_job_over_the_posts_of_a_retired_author_is_gone(cast, posted, begin):
    about, other = begin(scope=Scope(Kind.AUTHOR, author_id=posted(1)[0] and cast.chen.id)), begin(posted(1))
    forget_person(user_id=cast.chen.id)
    assert list(BulkJob.objects.values_list("id", flat=True)) == [other.pk]
    assert not BulkStep.objects.filter(job_id=about.pk).exists()


def test_an_unfinished_job_of_a_retired_moderator_rests(cast, posted, begin, monkeypatch):
    monkeypatch.setattr("community_dashboard.moderation.bulk.tasks.run_bulk_job.apply_async", lambda *a, **k: None)
    job = begin(posted(1))
    monkeypatch.undo()
    forget_person(user_id=cast.bo.id)
    continue_bulk_jobs()
    assert BulkStep.objects.get(job=job).state == "todo"


def test_jobs_go_with_the_log_they_belong_to(posted, begin, settings):
    begin(posted(1))
    assert forget_old(now=timezone.now()) == 0
    assert forget_old(now=timezone.now() + timedelta(days=settings.COMMUNITY_KEEP_DECISIONS_DAYS + 1)) == 1
    assert not BulkStep.objects.exists()
