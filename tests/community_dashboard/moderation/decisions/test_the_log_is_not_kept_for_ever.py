"""Rows of the log are deleted after as many days as the site wants, and only those that nothing rests on."""

from datetime import timedelta

import pytest

from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.retention import delete_old_decisions
from community_dashboard.moderation.decisions.tasks import tend_decisions
from tests.community_dashboard.moderation.decisions.conftest import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(desk, thread, answer):
    """Four decisions of one day."""
    desk.decide(thread, Choice.PIN)
    desk.decide(thread, Choice.WARN, "Please stay polite.", cause=Decision.objects.get().pk)
    desk.decide(thread, Choice.BAN, "Spam.")
    desk.decide(answer, Choice.HOLD)
    return desk


def test_the_older_ones_go(old):
    assert delete_old_decisions(now=old.now + timedelta(days=99), days=100) == 0
    assert delete_old_decisions(now=old.now + timedelta(days=101), days=100) == 2
    assert rows() == [("ban", "done"), ("hold", "done")]  # a ban lasts, and a text is still kept


def test_none_goes_where_the_site_keeps_all(old):
    assert delete_old_decisions(now=old.now + timedelta(days=9999), days=0) == 0


def test_page_by_page(old, monkeypatch):
    monkeypatch.setattr("community_dashboard.moderation.decisions.retention.PAGE", 1)
    assert delete_old_decisions(now=old.now + timedelta(days=101), days=100) == 2


def test_the_task_does_all_of_it(old, settings):
    settings.COMMUNITY_KEEP_DECISIONS_DAYS = 1  # the decisions of these tests lie months back
    tend_decisions.delay()
    assert rows() == [("ban", "done"), ("hold", "done")]
