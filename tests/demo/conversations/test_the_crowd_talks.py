"""The crowd's conversations are those of people who were there, and the dashboard finds them as it would find any forum."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from forum.backends.mysql.models import AbuseFlagger, Comment, CommentThread

from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.queue.models import QueueItem
from demo.conversations.drawing import SPAN, Writer, draw_conversations
from demo.conversations.loading import TEXTS, load_conversations
from demo.population.crowd import NAMED, load_crowd

TEXT = json.loads(TEXTS.read_text(encoding="utf-8"))


@pytest.fixture
def writers(now):
    """A hundred people who came one after the other, half of them French."""
    step = (SPAN - timedelta(hours=3)) / 100
    return [Writer(number, ("fr", "en")[number % 2], now - SPAN + number * step) for number in range(1, 101)]


def draw(writers, now, seed=1):
    return draw_conversations(TEXT, writers=writers, team=[900, 901], now=now, seed=seed)


def test_the_same_seed_makes_the_same_conversations(writers, now):
    assert draw(writers, now) == draw(writers, now)
    assert draw(writers, now) != draw(writers, now, seed=2)


@pytest.mark.parametrize("seed", range(5))
def test_nobody_speaks_before_they_came_or_after_now(seed, writers, now):
    came = {one.user_id: one.enrolled_at for one in writers}
    for one in draw(writers, now, seed):
        last = one.at
        assert came.get(one.by, now - SPAN) <= one.at <= now  # the team was there from the beginning
        for answer in one.answers:
            assert max(came.get(answer.by, now - SPAN), last) <= answer.at <= now
            last = answer.at
        assert all(one.at <= at <= now for _user_id, at in one.reporters)


def test_everything_that_was_written_is_said_once_but_offers(writers, now):
    titles = Counter(one.title for one in draw(writers, now))
    written = [one["title"] for one in TEXT["threads"][:30] + TEXT["same"]]
    assert {titles[title] for title in written} == {1}
    assert all(titles[one["title"]] == 2 for one in TEXT["offers"])


def test_the_team_writes_every_week_and_endorses_what_learners_answer(writers, now):
    said = draw(writers, now)
    notes = [one for one in said if one.by in (900, 901)]
    assert [(one.at - (now - SPAN)).days // 7 for one in notes] == list(range(8))
    endorsed = [(answer.by, answer.endorsed_by) for one in said for answer in one.answers if answer.endorsed_by]
    assert endorsed
    for by, endorser in endorsed:
        assert by != endorser
        assert (by in (900, 901)) != (endorser in (900, 901))


@pytest.mark.parametrize("number", [0, 1, 3, 7])
def test_a_small_crowd_says_little(number, writers, now):
    said = draw(writers[:number], now)
    assert bool(said) == bool(number)


@pytest.mark.django_db(transaction=True)
def test_the_dashboard_knows_every_post_and_who_waits(cast, course_key, now):
    load_crowd(60, course_key=course_key, seed=3, now=now, progress=str)
    load_conversations(course_key=course_key, team=[cast.bo, cast.ada], crowd=NAMED, seed=3, now=now, progress=str)
    assert ForumPost.objects.count() == CommentThread.objects.count() + Comment.objects.count() > 40
    assert ForumPost.objects.filter(waiting_since__isnull=False).exists()
    assert QueueItem.objects.filter(state="open").exists()
    reported = {str(number) for number in AbuseFlagger.objects.values_list("content_object_id", flat=True)}
    assert set(ForumPost.objects.filter(reports__gt=0).values_list("post_id", flat=True)) == reported
    assert {row.created_at == row.updated_at for row in Comment.objects.all()} == {True}
