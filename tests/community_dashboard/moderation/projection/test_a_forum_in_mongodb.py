"""A forum in MongoDB has no tables here: its posts are read through the host, and come to the same rows."""

from datetime import timedelta

import pytest

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.errors import UnavailableError
from community_dashboard.moderation.projection import mongo
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.models import ForumPost
from community_dashboard.moderation.projection.queries import find_post

pytestmark = pytest.mark.django_db
# What is asked of the tables alone.
ONLY_IN_TABLES = {"id", "edited_at"}


@pytest.fixture
def acting(cast, settings):
    """bo acts."""
    settings.COMMUNITY_ACTING_ACCOUNT = cast.bo.username
    return settings


@pytest.fixture
def in_mongo(monkeypatch):
    """From now on every post is taken for one in MongoDB."""

    def switch():
        for module in ("mongo", "reading"):
            monkeypatch.setattr(
                f"community_dashboard.moderation.projection.{module}.lives_in_mongo", lambda number: True
            )

    return switch


@pytest.fixture
def refs(cast, forum, now):
    """A question with a response and a reply, one of them reported."""
    thread = forum.thread(cast.chen, at=now, thread_type="question", commentable_id="course", pinned=True)
    answer = forum.answer(thread, cast.bo, at=now + timedelta(hours=1))
    reply = forum.reply(answer, cast.chen, at=now + timedelta(hours=2))
    forum.flag(answer, cast.dara)
    return [thread, answer, reply]


def rows():
    return [
        {name: value for name, value in row.items() if name not in ONLY_IN_TABLES}
        for row in ForumPost.objects.order_by("kind", "post_id").values()
    ]


def test_both_ways_come_to_the_same_rows(course_key, refs, now, acting, in_mongo):
    project(course_key=course_key, refs=refs, now=now)
    from_tables = rows()
    ForumPost.objects.all().delete()
    in_mongo()
    project(course_key=course_key, refs=refs, now=now)
    assert rows() == from_tables
    assert len(from_tables) == 3


def test_a_post_that_the_host_no_longer_has_is_gone(course_key, refs, forum, now, acting, in_mongo):
    in_mongo()
    project(course_key=course_key, refs=refs, now=now)
    forum.delete(refs[2])
    project(course_key=course_key, refs=refs, now=now)
    assert [find_post(course_key, ref).gone_at for ref in refs] == [None, None, now]


def test_a_forum_that_does_not_answer_loses_nothing(course_key, refs, now, acting, in_mongo, monkeypatch):
    in_mongo()
    project(course_key=course_key, refs=refs, now=now)
    before = rows()

    def silent(*arguments, **named):
        raise UnavailableError

    monkeypatch.setattr(mongo, "_read", silent)
    assert project(course_key=course_key, refs=refs, now=now) == []
    assert rows() == before


@pytest.mark.parametrize("account", ["", "nobody"])
def test_nothing_is_read_without_an_acting_account(course_key, refs, now, settings, in_mongo, account):
    settings.COMMUNITY_ACTING_ACCOUNT = account
    in_mongo()
    assert project(course_key=course_key, refs=refs, now=now) == []


def test_a_number_of_mongodb_is_not_looked_for_in_the_tables(course_key, now, acting):
    refs = [PostRef(kind, "64f0c2a1b3d4e5f607182930") for kind in PostKind]
    assert project(course_key=course_key, refs=refs, now=now) == []
