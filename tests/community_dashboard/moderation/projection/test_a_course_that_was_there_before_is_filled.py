"""The posts of a course that was there before us are read in the background, page by page, once."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from forum.backends.mysql.models import Comment, CommentThread

from community_dashboard.moderation.intake import arrival
from community_dashboard.moderation.projection import filling
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.filling import begin_filling, fill, to_be_continued
from community_dashboard.moderation.projection.models import Filling, ForumPost
from community_dashboard.moderation.projection.queries import find_post, progress_of
from community_dashboard.moderation.signals import FILLED

pytestmark = pytest.mark.django_db
BY_HAND = {"id", "unexamined_since"}  # the latter says who was to examine, not what stands in the forum


@pytest.fixture
def clock(now):
    """Time stands still."""
    return lambda: now


@pytest.fixture
def refs(cast, forum, now):
    """Twelve threads, every second a question; each with a response, each third with a reply; one post is reported."""
    found = []
    for number in range(12):
        at = now - timedelta(days=number)
        thread = forum.thread(cast.chen, f"Bee {number}", at=at, thread_type=("question", "discussion")[number % 2])
        found.append(thread)
        if number % 4:
            answer = forum.answer(thread, cast.bo, at=at + timedelta(hours=1), endorsed=number == 2)
            found.append(answer)
            if number % 3 == 0:
                found.append(forum.reply(answer, cast.chen, "Thank you", at=at + timedelta(hours=2)))
    forum.flag(found[5], cast.dara)
    return found


def rows():
    kept = ForumPost.objects.order_by("kind", "number").values()
    return [{name: value for name, value in row.items() if name not in BY_HAND} for row in kept]


def test_filling_and_reading_one_by_one_come_to_the_same(course_key, refs, now, clock):
    project(course_key=course_key, refs=refs, now=now)
    one_by_one = rows()
    ForumPost.objects.all().delete()
    begin_filling(course_key=course_key, now=now)
    assert fill(course_key=course_key, clock=clock)
    assert rows() == one_by_one
    assert len(one_by_one) == len(refs)


def test_progress_is_seen(course_key, refs, now, clock, monkeypatch):
    monkeypatch.setattr(filling, "PAGE", 5)
    assert progress_of(course_key) is None
    begin_filling(course_key=course_key, now=now)
    seen = [progress_of(course_key)]
    while not seen[-1].finished:
        fill(course_key=course_key, clock=clock, pages=1)
        seen.append(progress_of(course_key))
    assert (seen[0].done, seen[0].total) == (0, len(refs))
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert len({one.done for one in seen}) > 3
    assert seen[-1].done == len(refs)


@pytest.mark.parametrize("killed_in", range(6))
def test_what_is_killed_goes_on_where_it_stopped(course_key, refs, now, clock, monkeypatch, killed_in):
    monkeypatch.setattr(filling, "PAGE", 5)
    project(course_key=course_key, refs=refs, now=now)
    whole = rows()
    ForumPost.objects.all().delete()
    begin_filling(course_key=course_key, now=now)
    turns = iter(range(100))
    save = Filling.save

    def killed(self, *arguments, **named):
        if next(turns) == killed_in:
            raise KeyboardInterrupt
        save(self, *arguments, **named)

    monkeypatch.setattr(Filling, "save", killed)
    with pytest.raises(KeyboardInterrupt):
        fill(course_key=course_key, clock=clock)
    assert fill(course_key=course_key, clock=clock)
    assert rows() == whole
    assert progress_of(course_key).done == len(refs)


def test_a_course_is_filled_once(course_key, refs, now, clock, heard):
    with heard(FILLED):
        assert begin_filling(course_key=course_key, now=now)
        assert not begin_filling(course_key=course_key, now=now)
    fill(course_key=course_key, clock=clock)
    Filling.objects.update(done=0)
    assert fill(course_key=course_key, clock=clock)
    assert progress_of(course_key).done == 0


def test_a_page_that_was_asked_for_begins_it_after_the_commit(
    course_key, refs, now, django_capture_on_commit_callbacks, heard
):
    with heard(FILLED) as told, django_capture_on_commit_callbacks(execute=True):
        begin_filling(course_key=course_key, now=now)
    assert progress_of(course_key).finished
    assert [arguments["course_key"] for _signal, arguments in told] == [course_key]
    assert ForumPost.objects.count() == len(refs)


def test_other_courses_are_left_alone(cast, course_key, elsewhere, forum_of, refs, now, clock):
    theirs = forum_of(elsewhere)
    only = theirs.thread(cast.chen)
    begin_filling(course_key=elsewhere, now=now)
    fill(course_key=elsewhere, clock=clock)
    assert [(row["post_id"], row["course_key"]) for row in rows()] == [(only.id, elsewhere)]
    begin_filling(course_key=course_key, now=now)
    fill(course_key=course_key, clock=clock)
    assert ForumPost.objects.filter(course_key=course_key).count() == len(refs)


def test_far_between_is_found(cast, course_key, forum, now, clock, monkeypatch):
    monkeypatch.setattr(filling, "PAGE", 2)
    numbers = [5, 6, 7, 8, 9, 900, 70_000]
    author = cast.chen
    CommentThread.objects.bulk_create(
        CommentThread(id=number, author=author, course_id=str(course_key), title="Bee", body="Bzz")
        for number in numbers
    )
    begin_filling(course_key=course_key, now=now)
    fill(course_key=course_key, clock=clock)
    assert [row["number"] for row in rows()] == numbers


def test_what_was_told_meanwhile_is_not_overwritten_nor_doubled(cast, course_key, refs, forum, now, clock):
    begin_filling(course_key=course_key, now=now)
    fill(course_key=course_key, clock=clock, pages=1)
    newest = forum.thread(cast.dara)
    project(course_key=course_key, refs=[newest, refs[0], refs[-1]], now=now)
    fill(course_key=course_key, clock=clock)
    assert ForumPost.objects.count() == len(refs) + 1
    assert find_post(course_key, refs[0]).answers == 0


def test_a_course_without_a_forum_is_filled_at_once(course_key, now, clock):
    begin_filling(course_key=course_key, now=now)
    assert fill(course_key=course_key, clock=clock)
    assert progress_of(course_key).total == 0


def test_a_site_without_the_forum_app_is_filled_at_once(course_key, refs, now, clock, monkeypatch):
    monkeypatch.setattr("community_dashboard.activity.forum.apps.is_installed", lambda name: name != "forum")
    begin_filling(course_key=course_key, now=now)
    assert fill(course_key=course_key, clock=clock)
    assert rows() == []


def test_a_filling_at_which_nobody_is_is_continued(course_key, refs, now, clock):
    begin_filling(course_key=course_key, now=now)
    assert to_be_continued(now=now + timedelta(minutes=4)) == []
    assert to_be_continued(now=now + timedelta(minutes=6)) == [course_key]
    fill(course_key=course_key, clock=clock)
    assert to_be_continued(now=now + timedelta(minutes=6)) == []


def test_what_still_matters_is_examined_and_nothing_twice(course_key, refs, now, clock, monkeypatch):
    examined = []
    monkeypatch.setattr(arrival, "examine", lambda *, course_key, refs, now: examined.append(list(refs)))
    begin_filling(course_key=course_key, now=now)
    fill(course_key=course_key, clock=clock)
    arrival.look_at_course(course_key=course_key, clock=clock)
    seen = [ref for some in examined for ref in some]
    wanted = {
        ref
        for ref in refs
        if (row := find_post(course_key, ref))
        and (row.reports or row.waiting_since or now - row.created_at <= filling.RECENT)
    }
    assert set(seen) == wanted
    assert len(seen) == len(wanted)
    assert 3 < len(wanted) < len(refs)
    arrival.look_at_course(course_key=course_key, clock=clock)
    assert [ref for some in examined for ref in some] == seen


def test_looking_goes_on_where_it_stopped(course_key, refs, now, clock):
    begin_filling(course_key=course_key, now=now)
    fill(course_key=course_key, clock=clock)
    seen = []
    while True:
        seen += filling.to_look_at(course_key, limit=2)
        if filling.looked_at(course_key=course_key, now=now, limit=2):
            break
    assert len(seen) == len(set(seen)) > 4


def test_a_course_in_which_somebody_writes_is_filled_by_the_next_look(cast, course_key, refs, now):
    project(course_key=course_key, refs=refs[-1:], now=now)
    assert progress_of(course_key) is None
    arrival.reconcile_forum(clock=timezone.now)
    assert progress_of(course_key).total == len(refs)


def test_a_filled_course_has_no_answers_of_others(cast, course_key, refs, now, clock):
    begin_filling(course_key=course_key, now=now)
    fill(course_key=course_key, clock=clock)
    answers = sum(row["answers"] for row in rows())
    assert answers == Comment.objects.filter(author=cast.bo).count()


def test_the_command_reads_a_course_and_says_what_it_did(course_key, refs, capsys):
    call_command("reconcile_forum", course=[str(course_key)])
    assert progress_of(course_key).finished
    said = capsys.readouterr().out
    assert f"{len(refs)} of {len(refs)} posts read." in said
    assert "Read anew: 0 new posts" in said
    with pytest.raises(CommandError, match="not the key of a course"):
        call_command("reconcile_forum", course=["bees"])


def test_the_command_repairs(cast, course_key, forum, refs, capsys):
    call_command("reconcile_forum", course=[str(course_key)])
    forum.delete(refs[1])
    call_command("reconcile_forum")
    assert find_post(course_key, refs[1]).gone_at
    assert "only here or only there" in capsys.readouterr().out


def test_the_command_says_where_there_is_no_forum(capsys, monkeypatch):
    monkeypatch.setattr("community_dashboard.activity.forum.apps.is_installed", lambda name: name != "forum")
    call_command("reconcile_forum")
    assert "forum app is not installed" in capsys.readouterr().out
