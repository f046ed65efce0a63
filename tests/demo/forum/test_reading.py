"""What one sees of the demo's forum, page by page."""

import pytest
from opaque_keys.edx.keys import CourseKey
from opaque_keys.edx.locator import LibraryLocator

from community_dashboard.data import Act, PostKind, PostRef
from community_dashboard.host.errors import DisabledError, ForumError, GoneError, NotAllowedError
from tests.people import make_course

NOWHERE = CourseKey.from_string("course-v1:No+Such+Course")


def test_a_thread_is_read_with_what_the_reader_may_do(cast, course_key, asked, host):
    post = host.read_post(by=cast.chen, course_key=course_key, ref=asked.thread.ref)
    assert (post.author, post.title, post.thread_type, post.topic_id) == (
        "chen",
        "Which bees sting?",
        "question",
        "course",
    )
    assert (post.comments, post.closed, post.pinned, post.flagged) == (2, False, False, False)
    assert post.created is not None and post.created.tzinfo is not None
    assert post.acts == {Act.READ, Act.REPLY, Act.FLAG}
    moderator = host.read_post(by=cast.bo, course_key=course_key, ref=asked.thread.ref)
    assert moderator.acts == set(Act) - {Act.START, Act.ENDORSE}


def test_responses_and_replies_are_listed_apart(cast, course_key, asked, host):
    about = {"by": cast.bo, "course_key": course_key, "thread_id": asked.thread.thread_id}
    responses = host.list_comments(**about)
    assert [post.body for post in responses.posts] == ["The females."]
    assert responses.posts[0].comments == 1
    assert Act.ENDORSE in responses.posts[0].acts
    replies = host.list_comments(**about, parent_id=asked.answer.ref.id)
    assert [(post.body, post.parent_id) for post in replies.posts] == [("Thank you.", asked.answer.ref.id)]
    assert replies.posts[0].acts.isdisjoint({Act.REPLY, Act.ENDORSE})
    assert host.list_comments(**about, page=5).posts == ()


def test_threads_come_in_pages_and_by_what_one_looks_for(cast, course_key, host, ask, asked):
    second = ask("Do wasps make honey?", by=cast.bo, topic_id="hive")
    third = ask("Where do bees sleep?")
    host.flag_post(by=cast.chen, course_key=course_key, ref=second.ref)
    about = {"by": cast.bo, "course_key": course_key}

    def titles(**wanted):
        return {post.title for post in host.list_threads(**about, **wanted).posts}

    first = host.list_threads(**about, page_size=2)
    assert (len(first.posts), first.pages, first.total) == (2, 2, 3)
    rest = host.list_threads(**about, page_size=2, page=2)
    assert {post.ref for post in first.posts + rest.posts} == {asked.thread.ref, second.ref, third.ref}
    assert host.list_threads(**about, page_size=2, page=3).posts == ()
    assert titles(topic_id="hive") == {"Do wasps make honey?"}
    assert titles(author="chen") == {"Which bees sting?", "Where do bees sleep?"}
    assert titles(author="nobody") == set()
    assert titles(flagged=True) == {"Do wasps make honey?"}
    assert titles(unanswered=True) == {"Which bees sting?", "Do wasps make honey?", "Where do bees sleep?"}
    host.endorse(**about, comment_id=asked.answer.ref.id)
    assert titles(unanswered=True) == {"Do wasps make honey?", "Where do bees sleep?"}


def test_the_topics_are_the_course_and_its_units(course_key, host):
    assert [(topic.id, topic.title) for topic in host.topics(course_key)] == [
        ("course", "General"),
        ("meadow", "Who visits a flower"),
        ("hive", "Inside the hive"),
    ]
    assert host.topics(NOWHERE) == []


def test_an_anonymous_post_names_nobody(cast, course_key, host):
    from forum import api

    made = api.create_thread("Shy", "Why?", str(course_key), str(cast.chen.id), anonymous=True)
    peers = api.create_thread("Less shy", "Why?", str(course_key), str(cast.chen.id), anonymous_to_peers=True)
    names = {
        (person.username, which["title"]): host.read_post(
            by=person, course_key=course_key, ref=PostRef(PostKind.THREAD, which["id"])
        ).author
        for person in (cast.bo, cast.ada)
        for which in (made, peers)
    }
    assert names == {("bo", "Shy"): "", ("bo", "Less shy"): "chen", ("ada", "Shy"): "", ("ada", "Less shy"): ""}


@pytest.mark.parametrize("key", [NOWHERE, LibraryLocator("Test", "Books"), None, "course-v1:No+Such+Course"])
def test_a_course_without_forum_is_told_in_a_sentence(cast, host, key):
    forum = host.forum(key)
    assert (forum.enabled, forum.in_this_database) == (False, False)
    assert forum.sentence
    with pytest.raises(ForumError) as caught:
        host.list_threads(by=cast.bo, course_key=key)
    assert str(caught.value)


def test_global_staff_meet_the_missing_forum_itself(cast, host):
    cast.dara.is_staff = True
    with pytest.raises(DisabledError):
        host.list_threads(by=cast.dara, course_key=NOWHERE)


@pytest.mark.parametrize("wrong", ["", "0", "999999", "abc", "5f0c1e0e0b0a4e0001f0c0de"])
@pytest.mark.parametrize("kind", list(PostKind))
def test_a_post_that_never_was_is_gone(cast, course_key, host, kind, wrong):
    with pytest.raises(GoneError):
        host.read_post(by=cast.bo, course_key=course_key, ref=PostRef(kind, wrong))


def test_a_post_of_another_course_is_not_there(cast, course_key, host, asked):
    other = make_course("course-v1:Test+Wasps101+2026").course_key
    cast.bo.is_staff = True  # may act in both
    for ref in (asked.thread.ref, asked.answer.ref):
        with pytest.raises(GoneError):
            host.read_post(by=cast.bo, course_key=other, ref=ref)
        with pytest.raises(GoneError):
            host.delete_post(by=cast.bo, course_key=other, ref=ref)
    with pytest.raises(NotAllowedError):
        host.read_post(by=cast.chen, course_key=other, ref=asked.thread.ref)
