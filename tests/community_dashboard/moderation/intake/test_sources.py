"""What each source tells of a post, and what it costs to ask them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.clock.models import CourseTarget
from community_dashboard.moderation.data import Choice, Reason
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.intake.breaching import find_breaches
from community_dashboard.moderation.intake.examining import examine
from community_dashboard.moderation.intake.tasks import find_breaches as find_breaches_task
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.queries import find_post
from community_dashboard.moderation.queue.models import QueueFinding
from community_dashboard.moderation.queue.queries import item_of
from community_dashboard.moderation.sanctions.models import Sanction
from community_dashboard.moderation.shield.actions import forget_traces
from community_dashboard.moderation.shield.models import Trace
from tests.community_dashboard.moderation.intake.conftest import LURE
from tests.community_dashboard.moderation.projection.conftest import ForumOf

pytestmark = pytest.mark.django_db(transaction=True)


def reasons(room, ref: PostRef) -> dict[str, QueueFinding]:
    item = item_of(room.course_key, ref)
    return {row.reason: row for row in item.findings.all()} if item else {}


def test_a_report_brings_a_post_into_the_queue_and_one_less_does_not_bring_it_back(cast, room, forum):
    ref = room.ask(room.learner("asker", days=30), "Bees", "Why?")
    forum.flag(ref, cast.chen)
    forum.flag(ref, cast.bo)
    assert reasons(room, ref)[Reason.REPORTED].facts == {"reports": 2}
    decide(by=cast.bo, course_key=room.course_key, ref=ref, choice=Choice.HIDE, now=timezone.now())
    assert item_of(room.course_key, ref).state == "done"
    from forum import api

    api.update_thread_flag(ref.id, "unflag", user_id=str(cast.chen.id), course_id=str(room.course_key))
    assert item_of(room.course_key, ref).state == "done"
    forum.flag(ref, room.learner("third"))
    forum.flag(ref, room.learner("fourth"))
    assert item_of(room.course_key, ref).state == "open"


def test_only_the_first_post_of_an_author_is_a_first_post(cast, room):
    author = room.learner("asker")
    first, second = room.ask(author, "One", "Hello"), room.ask(author, "Two", "Hello again")
    assert Reason.FIRST_POST in reasons(room, first)
    assert Reason.FIRST_POST not in reasons(room, second)
    assert reasons(room, room.ask(cast.bo, "Of the team", "Hello")) == {}


@pytest.mark.parametrize(
    "body",
    [
        "The video 2.3 does not load, there is an error message.",
        "La vidéo 2.3 ne se lance pas, il y a un message d'erreur.",
        "Question 3: the correct answer is marked wrong.",
        "Je crois qu'il y a une erreur dans le corrigé de la question 3.",
    ],
)
def test_an_error_in_the_course_is_told(room, body):
    ref = room.ask(room.learner("asker"), "Week 2", body)
    assert Reason.COURSE_ERROR in reasons(room, ref)


def test_an_urgent_question_is_told_until_the_team_has_answered(cast, room):
    ref = room.ask(
        room.learner("asker"),
        "Urgent",
        "Please help, I cannot submit the final exam and the deadline is in two hours, my work is lost!",
    )
    assert Reason.URGENT in reasons(room, ref)
    room.answer(ref, cast.bo, "It is extended until tomorrow.")
    assert Reason.URGENT not in reasons(room, ref)


def test_what_somebody_writes_who_may_not_post_is_held(cast, room, guard):
    author = room.learner("silenced", days=30)
    earlier = room.ask(author, "Before", "Something harmless before")
    now = timezone.now()
    row = decide(
        by=cast.bo, course_key=room.course_key, ref=earlier, choice=Choice.SILENCE, reason="Please stop.", now=now,
        fields={"until": (now + timedelta(days=1)).isoformat()},
    )  # fmt: skip
    assert Sanction.objects.get().decision_id == row.pk
    later = ForumOf(room.course_key).thread(author, "After", "Something harmless after")
    assert "harmless after" not in room.read(later, cast.chen)
    assert reasons(room, later)[Reason.HELD].code == "sanction.held"
    assert "harmless before" in room.read(earlier, cast.chen)


def test_a_question_past_its_target_is_found_by_the_periodic_task_and_goes_with_an_answer(cast, room, forum):
    CourseTarget.objects.create(
        course_key=room.course_key, kind="question", hours=24, share=90, changed_by=cast.bo, changed_at=timezone.now()
    )
    author = room.learner("asker", days=90)
    late = forum.thread(author, "Late", "Why?", thread_type="question", at=timezone.now() - timedelta(days=3))
    project(course_key=room.course_key, refs=[late], now=timezone.now())
    soon = forum.thread(author, "Soon", "Why not?", thread_type="question", at=timezone.now() - timedelta(hours=1))
    project(course_key=room.course_key, refs=[soon], now=timezone.now())
    find_breaches_task()
    assert Reason.UNANSWERED in reasons(room, late)
    assert Reason.UNANSWERED not in reasons(room, soon)
    assert find_breaches(now=timezone.now()) == 0
    room.answer(late, cast.bo, "Because.")
    assert Reason.UNANSWERED not in reasons(room, late)


def test_a_post_that_is_deleted_leaves_the_queue(cast, room, forum):
    ref = room.ask(room.learner("asker"), "Bees", "Hello")
    forum.flag(ref, cast.chen)
    assert item_of(room.course_key, ref).state == "open"
    forum.delete(ref)
    assert item_of(room.course_key, ref).state == "done"
    examine(course_key=room.course_key, refs=[ref, PostRef(PostKind.COMMENT, "999999")], now=timezone.now())
    assert item_of(room.course_key, ref).state == "done"


def test_a_post_of_another_course_is_not_examined(cast, room, guard):
    from opaque_keys.edx.keys import CourseKey

    ref = room.ask(cast.chen, "Bees", "Hello")
    Trace.objects.all().delete()
    examine(course_key=CourseKey.from_string("course-v1:No+Such+One"), refs=[ref], now=timezone.now())
    assert not Trace.objects.exists()


def test_old_texts_are_not_judged(cast, room, forum, guard):
    ref = forum.thread(room.learner("fresh"), "Old", "Nothing", at=timezone.now() - timedelta(days=8))
    assert find_post(room.course_key, ref) is not None
    Trace.objects.all().delete()
    project(course_key=room.course_key, refs=[ref], now=timezone.now())
    examine(course_key=room.course_key, refs=[ref], now=timezone.now())
    assert not Trace.objects.exists()


def test_traces_are_kept_for_thirty_days(cast, room):
    room.ask(cast.chen, "Bees", "Hello")
    assert forget_traces(now=timezone.now() + timedelta(days=29)) == 0
    assert forget_traces(now=timezone.now() + timedelta(days=31)) == 1


def test_five_hundred_posts_cost_a_bounded_number_of_queries(cast, room, monkeypatch):
    """Of posts of which nothing new is told, the number of queries grows with the batches of 200 alone."""
    from forum.backends.mysql.models import Comment, CommentThread

    from community_dashboard.moderation.projection import reading

    author, now = room.learner("busy", days=60), timezone.now()
    thread = ForumOf(room.course_key).thread(author, "All", "All of it", at=now - timedelta(days=5))
    row = CommentThread.objects.get(pk=thread.id)
    made = Comment.objects.bulk_create(
        Comment(
            author=author, author_username=author.username, course_id=str(room.course_key), body=f"Number {number}",
            comment_thread=row, created_at=now - timedelta(days=4), updated_at=now - timedelta(days=4), depth=0,
            sort_key=str(number),
        )
        for number in range(500)
    )  # fmt: skip
    ids = [one.pk or 0 for one in made]
    assert reading.numbers_of([PostRef(PostKind.COMMENT, str(ids[0]))], PostKind.COMMENT)
    refs = [PostRef(PostKind.COMMENT, str(number)) for number in Comment.objects.values_list("pk", flat=True)]
    assert len(refs) == 500
    project(course_key=room.course_key, refs=refs, now=now)
    for allowed in (200, 130):  # the second time, every text is known
        with CaptureQueriesContext(
            connection,
        ) as queries:
            examine(course_key=room.course_key, refs=refs, now=now)
        assert len(queries) <= allowed
    assert Trace.objects.filter(kind="comment").count() == 500


def test_two_hundred_lures_at_once_are_all_held(cast, room, guard, monkeypatch):
    """A worker that was down comes back: the posts come in one message."""
    from community_dashboard.moderation.intake import tasks

    thread, attacker, sent = room.ask(cast.chen), room.learner("fresh"), []
    monkeypatch.setattr(tasks.read_posts, "apply_async", lambda arguments, **how: sent.append(arguments))
    refs = [room.answer(thread, attacker, f"{LURE}{number}") for number in range(8)]
    monkeypatch.undo()
    posts = [post for _course, some in sent for post in some]
    tasks.read_posts(str(room.course_key), posts)
    assert all("WhatsApp" not in room.read(ref, cast.chen) for ref in refs)
