"""Reading a post writes its row: what it is, who wrote it, its states, and a beginning of its text."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from forum.backends.mysql.models import AbuseFlagger, Comment, CommentThread

from community_dashboard.activity.actions import forget_person
from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.projection.actions import forget_author, mask_known, project, unmask_known
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.projection.own_data import own_posts
from community_dashboard.moderation.projection.queries import bodies_of, find_post, posts_in, text_of
from community_dashboard.retirement import forget_retired

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def read(course_key, now):
    """`read(*refs)`: projects them and returns their rows in that order."""

    def reading(*refs):
        project(course_key=course_key, refs=refs, now=now)
        return [find_post(course_key, ref) for ref in refs]

    return reading


def everything():
    return list(ForumPost.objects.order_by("kind", "post_id").values())


def test_a_thread(cast, course_key, forum, now, read):
    ref = forum.thread(
        cast.chen, "Où sont les abeilles ?", "Je ne <b>trouve</b> pas la réponse dans le cours.", at=now,
        thread_type="question", commentable_id="week1", group_id=7, pinned=True, closed=True,
    )  # fmt: skip
    (row,) = read(ref)
    assert (row.kind, row.post_id, row.number, row.thread_id, row.parent_id) == (
        "thread",
        ref.id,
        int(ref.id),
        ref.id,
        "",
    )
    assert (row.author, row.topic_id, row.group_id, row.thread_type) == (cast.chen, "week1", 7, "question")
    assert (row.title, row.excerpt) == ("Où sont les abeilles ?", "Je ne trouve pas la réponse dans le cours.")
    assert (row.language, row.length) == ("fr", 49)
    assert (row.created_at, row.changed_at, row.edited_at, row.gone_at) == (now, now, None, None)
    assert (row.closed, row.pinned, row.endorsed, row.by_staff, row.masked, row.reports) == (
        True, True, False, False, False, 0,
    )  # fmt: skip


def test_a_response_and_a_reply_have_the_place_of_their_thread(cast, forum, now, read):
    thread = forum.thread(cast.chen, at=now, thread_type="question", commentable_id="week1", group_id=7)
    answer = forum.answer(thread, cast.bo, at=now + HOUR)
    reply = forum.reply(answer, cast.chen, at=now + 2 * HOUR)
    _, first, second = read(thread, answer, reply)
    assert (first.kind, first.thread_id, first.parent_id) == ("comment", thread.id, "")
    assert (second.kind, second.thread_id, second.parent_id) == ("comment", thread.id, answer.id)
    for row in (first, second):
        assert (row.topic_id, row.group_id, row.thread_type, row.title) == ("week1", 7, "question", "")
    assert (first.by_staff, second.by_staff) == (True, False)  # bo moderates


def test_a_thread_and_a_comment_of_the_same_number_are_two(cast, forum, now, read):
    thread = forum.thread(cast.chen)
    twin = PostRef(PostKind.COMMENT, thread.id)
    Comment.objects.filter(pk=forum.answer(thread, cast.bo).id).update(id=thread.id)
    read(thread, twin)
    assert {(row["kind"], row["post_id"]) for row in everything()} == {("thread", thread.id), ("comment", thread.id)}


def test_reading_again_changes_nothing(cast, course_key, forum, now, read):
    thread = forum.thread(cast.chen, at=now)
    answer = forum.answer(thread, cast.bo)
    forum.flag(answer, cast.chen)
    read(thread, answer)
    before = everything()
    read(answer, thread, answer)
    assert everything() == before


def test_what_changes_is_followed(cast, course_key, forum, now, read):
    thread = forum.thread(cast.chen)
    answer = forum.answer(thread, cast.bo)
    read(thread, answer)
    forum.flag(answer, cast.chen)
    forum.flag(answer, cast.dara)
    CommentThread.objects.update(commentable_id="week2", closed=True, thread_type="question")
    forum.edit(answer, cast.bo, endorsed=True, endorsement_user_id=str(cast.chen.id))
    first, second = read(thread, answer)
    assert (first.topic_id, first.closed, first.thread_type) == ("week2", True, "question")
    assert (second.reports, second.endorsed, second.topic_id) == (2, True, "week2")
    assert first.accepted_at == second.accepted_at is not None


def test_a_moved_thread_takes_its_comments_along(cast, forum, now, read):
    thread = forum.thread(cast.chen, commentable_id="week1")
    answer = forum.answer(thread, cast.bo)
    read(thread, answer)
    CommentThread.objects.update(commentable_id="week2", group_id=3)
    read(thread)
    assert {(row["topic_id"], row["group_id"]) for row in everything()} == {("week2", 3)}


def test_an_edit_by_the_author_counts_and_one_by_a_moderator_does_not(cast, forum, now, read):
    by_author, by_moderator = forum.thread(cast.chen, at=now), forum.thread(cast.chen, at=now)
    read(by_author, by_moderator)
    forum.edit(by_author, cast.chen, body="Why so few?")
    forum.edit(by_moderator, cast.bo, body="Why so few?")
    first, second = read(by_author, by_moderator)
    assert first.edited_at > now
    assert second.edited_at is None
    assert first.fingerprint == second.fingerprint


def test_a_changed_title_counts_though_the_forum_keeps_no_trace_of_it(cast, forum, now, read):
    thread = forum.thread(cast.chen, at=now)
    read(thread)
    forum.edit(thread, cast.chen, title="Cheap pollen")
    (row,) = read(thread)
    assert row.edited_at == row.changed_at > now
    forum.edit(thread, cast.chen, closed=False)
    (again,) = read(thread)
    assert again.edited_at == row.edited_at


def test_a_post_that_is_deleted_is_gone_with_all_below_it(cast, course_key, forum, now, read):
    thread = forum.thread(cast.chen)
    answer = forum.answer(thread, cast.bo)
    reply = forum.reply(answer, cast.chen)
    other = forum.answer(thread, cast.dara)
    read(thread, answer, reply, other)
    forum.delete(answer)
    rows = project(course_key=course_key, refs=[answer], now=now)
    assert {(row.post_id, row.gone_at, row.excerpt) for row in rows} == {(answer.id, now, ""), (reply.id, now, "")}
    assert find_post(course_key, thread).answers == 1
    forum.delete(thread)
    read(thread)
    assert {row["gone_at"] for row in everything()} == {now}
    assert {(row["title"], row["excerpt"], row["reports"]) for row in everything()} == {("", "", 0)}


def test_what_is_gone_keeps_the_moment_in_which_that_was_seen(cast, course_key, forum, now, read):
    thread = forum.thread(cast.chen)
    read(thread)
    forum.delete(thread)
    read(thread)
    project(course_key=course_key, refs=[thread], now=now + HOUR)
    assert find_post(course_key, thread).gone_at == now


def test_a_post_of_another_course_is_not_taken(cast, course_key, elsewhere, forum_of, now, read):
    theirs = forum_of(elsewhere).thread(cast.chen)
    assert read(theirs, PostRef(PostKind.COMMENT, "99999"), PostRef(PostKind.THREAD, "no number")) == [None] * 3
    project(course_key=elsewhere, refs=[theirs], now=now)
    read(theirs)  # asked for in the wrong course, it is not gone
    assert find_post(elsewhere, theirs).gone_at is None
    assert posts_in(course_key, [theirs]) == {}
    assert bodies_of(course_key, [theirs]) == {}


def test_a_megabyte_is_kept_short(cast, forum, now, read):
    body = "<p>All &amp; every <i>bee</i></p> " + "buzz " * 200_000
    thread = forum.thread(cast.chen, "x" * 1000, body)
    (row,) = read(thread)
    assert row.length == len(body)
    assert row.title == "x" * 255
    assert row.excerpt.startswith("All & every bee buzz") and row.excerpt.endswith("…") and len(row.excerpt) <= 300


def test_two_thousand_reports_are_one_number(cast, course_key, forum, now, read, django_user_model):
    thread = forum.thread(cast.chen)
    users = django_user_model.objects.bulk_create(
        django_user_model(username=f"reporter{number}", email=f"r{number}@example.org") for number in range(2000)
    )
    kind = CommentThread.objects.get().content_type
    people = django_user_model.objects.filter(username__in=[user.username for user in users])
    AbuseFlagger.objects.bulk_create(
        AbuseFlagger(content_type=kind, content_object_id=int(thread.id), user=user) for user in people
    )
    with CaptureQueriesContext(connection) as queries:
        (row,) = read(thread)
    assert row.reports == 2000
    assert len(queries) < 30


def test_a_retired_author_is_nobody(cast, course_key, forum, now, read):
    thread = forum.thread(cast.chen, at=now, thread_type="question")
    answer = forum.answer(thread, cast.bo, at=now + HOUR)
    read(thread)
    assert find_post(course_key, thread).waiting_since == now
    forget_person(user_id=cast.chen.id, now=now)
    forget_author(user_id=cast.chen.id)
    kept = find_post(course_key, thread)
    assert (kept.author, kept.title, kept.excerpt, kept.waiting_since) == (None, "", "", None)
    again, _ = read(thread, answer)
    assert (again.author, again.title, again.excerpt, again.waiting_since, again.answers) == (None, "", "", None, 1)


def test_a_retired_moderator_answered_nothing_by_name(cast, course_key, forum, now, read):
    thread = forum.thread(cast.chen, at=now, thread_type="question")
    read(thread, forum.answer(thread, cast.bo, at=now + HOUR))
    assert find_post(course_key, thread).first_staff_answer_by == cast.bo.id
    forget_person(user_id=cast.bo.id, now=now)
    forget_author(user_id=cast.bo.id)
    kept = find_post(course_key, thread)
    assert (kept.first_staff_answer_by, kept.first_staff_answer_at) == (0, now + HOUR)
    again, _ = read(thread, forum.answer(thread, cast.dara, at=now + 2 * HOUR))
    assert again.first_staff_answer_by == 0


def test_retirement_reaches_the_rows(cast, course_key, forum, read):
    thread = forum.thread(cast.chen)
    read(thread)
    forget_retired(user=cast.chen)
    assert find_post(course_key, thread).author is None


def test_a_person_takes_their_posts_along(cast, forum, now, read):
    thread = forum.thread(cast.chen, at=now)
    read(thread, forum.answer(thread, cast.bo))
    (part,) = own_posts(cast.chen.id)
    assert [(row["number"], row["title"], row["beginning"], row["at"]) for row in part.rows] == [
        (thread.id, "Bees", "Why so many bees?", now)
    ]


def test_a_mask_keeps_what_was_behind_it(cast, course_key, forum, now, read):
    thread = forum.thread(cast.chen, "Bees", "Why so many bees in the hive?")
    (before,) = read(thread)
    assert mask_known(course_key=course_key, ref=thread, title="Hidden", body="Waiting for a moderator.")
    forum.edit(thread, cast.bo, title="Hidden", body="Waiting for a moderator.")
    (masked,) = read(thread)
    assert masked.masked
    kept = ("title", "excerpt", "language", "fingerprint", "length", "edited_at")
    assert [getattr(masked, name) for name in kept] == [getattr(before, name) for name in kept]
    assert bodies_of(course_key, [thread]) == {thread: "Waiting for a moderator."}
    assert unmask_known(course_key=course_key, ref=thread)
    forum.edit(thread, cast.bo, title="Bees", body="Why so many bees in the hive?")
    (restored,) = read(thread)
    assert not restored.masked
    assert [getattr(restored, name) for name in kept] == [getattr(before, name) for name in kept]


def test_who_writes_over_the_mask_takes_it_off(cast, course_key, forum, now, read):
    thread = forum.thread(cast.chen, "Bees", "Why so many bees in the hive?")
    read(thread)
    mask_known(course_key=course_key, ref=thread, title="Bees", body="Waiting for a moderator.")
    forum.edit(thread, cast.bo, body="Waiting for a moderator.")
    assert read(thread)[0].masked
    forum.edit(thread, cast.chen, body="Buy pollen at pollen.example")
    (row,) = read(thread)
    assert not row.masked
    assert (row.excerpt, row.edited_at is not None) == ("Buy pollen at pollen.example", True)


def test_a_mask_is_known_before_the_forum_has_it(cast, course_key, forum, now, read):
    thread = forum.thread(cast.chen, "Bees", "Why so many bees in the hive?")
    read(thread)
    mask_known(course_key=course_key, ref=thread, title="Bees", body="Waiting for a moderator.")
    assert not read(thread)[0].masked  # read before the forum had it: the text is still there
    forum.edit(thread, cast.bo, body="Waiting for a moderator.")
    (row,) = read(thread)
    assert row.masked
    assert row.excerpt == "Why so many bees in the hive?"


def test_no_mask_where_there_is_no_post(course_key, elsewhere, cast, forum, read):
    thread = forum.thread(cast.chen)
    read(thread)
    assert not mask_known(course_key=course_key, ref=PostRef(PostKind.THREAD, "99999"), body="…")
    assert not mask_known(course_key=elsewhere, ref=thread, body="…")
    assert not unmask_known(course_key=elsewhere, ref=thread)


def test_the_text_is_the_forums_own(cast, course_key, forum):
    from community_dashboard.host.chosen import get_host

    thread = forum.thread(cast.chen, "Bees", "Why <script>alert(1)</script> so many?")
    assert text_of(get_host(), cast.bo, course_key, thread) == ("Bees", "Why <script>alert(1)</script> so many?")


def test_the_cost_does_not_grow_with_the_posts(cast, course_key, forum, now):
    refs = [forum.thread(cast.chen) for _ in range(3)]
    refs += [forum.answer(refs[0], cast.bo) for _ in range(3)]
    costs = []
    for some in (refs[:1] + refs[3:4], refs):
        with CaptureQueriesContext(connection) as queries:
            project(course_key=course_key, refs=some, now=now)
        costs.append(len(queries))
    assert costs[0] == costs[1] < 30
