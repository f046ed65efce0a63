"""The page says beforehand what the job then does."""

from collections import Counter

import pytest
from django.utils import timezone

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.bulk.models import BulkJob, BulkStep
from community_dashboard.moderation.bulk.preview import Verdict
from community_dashboard.moderation.bulk.queries import preview
from community_dashboard.moderation.bulk.scopes import Kind, Scope, read_refs, scope_from_row, spell
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.projection.actions import project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def look(cast, course_key, moment):
    """`look(refs)`: what hiding them would do."""

    def one(refs=(), *, choice=Choice.HIDE, scope=None, by=cast.bo):
        scope = scope or Scope(Kind.SELECTION, refs=tuple(refs))
        return preview(scope, choice, course_key, by=by, until=moment)

    return one


def test_the_counts_are_what_the_steps_come_to(cast, course_key, posted, begin, look):
    refs, own, team = posted(4), posted(1, by=cast.bo), posted(1, by=cast.ada)
    begin(refs[:1])
    get_host().delete_post(by=cast.bo, course_key=course_key, ref=refs[1])
    project(course_key=course_key, refs=[refs[1]], now=timezone.now())
    seen = look(refs + own + team)
    assert seen.counts == {Verdict.ACTS: 2, Verdict.ALREADY: 1, Verdict.GONE: 1, Verdict.PROTECTED: 2}
    job = begin(refs + own + team)
    states = Counter(BulkStep.objects.filter(job=job).values_list("state", flat=True))
    assert states == {"done": 2, "skipped": 2, "failed": 2}


def test_it_shows_ten_at_most_and_those_that_change_first(posted, begin, look):
    refs = posted(12)
    begin(refs[:6])
    seen = look(refs)
    assert len(seen.examples) == 10
    assert [one.verdict for one in seen.examples] == [Verdict.ACTS] * 6 + [Verdict.ALREADY] * 4
    assert {one.author for one in seen.examples} == {"Chen Wei"}


def test_answers_are_neither_closed_nor_moved(cast, course_key, posted, look):
    thread = posted(1)[0]
    answer = get_host().reply(by=cast.chen, course_key=course_key, thread_id=thread.id, body="Still for sale.").ref
    project(course_key=course_key, refs=[answer], now=timezone.now())
    assert look([thread, answer], choice=Choice.CLOSE).counts == {Verdict.ACTS: 1, Verdict.NO_THREAD: 1}


def test_it_writes_nothing(posted, look, body_of):
    refs = posted(2)
    look(refs)
    assert not BulkJob.objects.exists()
    assert all("honey" in body_of(ref) for ref in refs)


def test_more_posts_cost_no_more_questions(posted, look, django_assert_max_num_queries):
    refs = posted(8)
    for number in (2, 8):
        with django_assert_max_num_queries(12):
            look(refs[:number])
    for scope in (Scope(Kind.FILTER), Scope(Kind.AUTHOR, author_id=1)):
        with django_assert_max_num_queries(16):
            look(scope=scope)


def test_a_scope_comes_back_from_its_row(posted):
    refs = posted(2)
    scope = Scope(Kind.SELECTION, refs=tuple(refs))
    assert scope_from_row(scope.as_row()) == scope
    assert read_refs([*map(spell, refs), spell(refs[0])]) == refs


@pytest.mark.parametrize("word", ["", "thread", "thread-", "unit-1", "thread-1;2", "thread-" + "9" * 65, "thread-<b>"])
def test_words_that_name_no_post_are_left_out(word):
    assert read_refs([word]) == []
