"""The shapes of the platform's discussion API, as its serializers give them, become ours."""

from datetime import UTC, datetime

import pytest

from community_dashboard.data import Act, PostKind, PostRef
from community_dashboard.host.edx_platform.forum_reading import request_of
from community_dashboard.host.edx_platform.posts import as_page, as_post
from community_dashboard.host.forum_rules import acts_on
from referral_xblock.data import Role

MODERATOR = frozenset({Role.LEARNER, Role.FORUM_MODERATOR})
LEARNER = frozenset({Role.LEARNER})

# What a moderator gets of an open question of somebody else.
THREAD = {
    "id": "12",
    "author": "chen",
    "author_label": None,
    "created_at": "2026-03-02T09:30:00Z",
    "updated_at": "2026-03-02T10:30:00Z",
    "raw_body": "Do **bees** sting?",
    "rendered_body": "<p>Do <strong>bees</strong> sting?</p>",
    "abuse_flagged": True,
    "voted": False,
    "vote_count": 3,
    "editable_fields": [
        "abuse_flagged", "close_reason_code", "closed", "copy_link", "edit_reason_code", "following", "pinned", "raw_body",
        "read", "title", "topic_id", "type", "voted",
    ],
    "can_delete": True,
    "anonymous": False,
    "anonymous_to_peers": False,
    "last_edit": None,
    "course_id": "course-v1:Test+Bees101+2026",
    "topic_id": "course",
    "group_id": 4,
    "group_name": "Red",
    "type": "question",
    "title": "Stings",
    "pinned": True,
    "closed": False,
    "comment_count": 3,
    "unread_comment_count": 0,
    "has_endorsed": True,
    "close_reason": None,
}  # fmt: skip
COMMENT = {
    "id": "12",
    "author": None,
    "created_at": "2026-03-02T09:30:00Z",
    "updated_at": "2026-03-02T09:30:00Z",
    "raw_body": "Yes.",
    "abuse_flagged": False,
    "abuse_flagged_any_user": True,
    "vote_count": 0,
    "editable_fields": ["abuse_flagged", "edit_reason_code", "endorsed", "raw_body", "voted"],
    "can_delete": True,
    "thread_id": "7",
    "parent_id": None,
    "endorsed": True,
    "child_count": 1,
}


def test_a_thread_is_read():
    post = as_post(THREAD, MODERATOR)
    assert (post.ref, post.thread_id, post.parent_id) == (PostRef(PostKind.THREAD, "12"), "12", "")
    assert (post.author, post.title, post.body) == ("chen", "Stings", "Do **bees** sting?")
    assert post.updated == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    assert (post.thread_type, post.topic_id, post.group_id) == ("question", "course", 4)
    assert (post.pinned, post.closed, post.endorsed, post.flagged) == (True, False, True, True)
    assert (post.votes, post.comments) == (3, 2)  # the platform counts the thread itself as a comment
    assert post.acts == set(Act) - {Act.START, Act.ENDORSE}


def test_a_comment_is_read():
    post = as_post(COMMENT, MODERATOR)
    assert (post.ref, post.thread_id, post.parent_id) == (PostRef(PostKind.COMMENT, "12"), "7", "")
    assert (post.author, post.endorsed, post.flagged, post.comments) == ("", True, True, 1)
    assert post.acts == {Act.READ, Act.REPLY, Act.FLAG, Act.CLEAR_FLAGS, Act.EDIT, Act.ENDORSE, Act.DELETE}
    reply = as_post(COMMENT | {"parent_id": "3"}, MODERATOR)
    assert (reply.parent_id, reply.acts) == ("3", post.acts - {Act.REPLY, Act.ENDORSE})


def test_what_either_side_forbids_is_not_offered():
    closed = THREAD | {
        "closed": True,
        "editable_fields": ["abuse_flagged", "close_reason_code", "closed", "copy_link", "pinned", "read"],
    }
    assert as_post(closed, MODERATOR).acts == acts_on(PostKind.THREAD, MODERATOR, reply=False, closed=True)
    in_closed = COMMENT | {"editable_fields": ["abuse_flagged"]}
    assert as_post(in_closed, MODERATOR).acts == {Act.READ, Act.FLAG, Act.CLEAR_FLAGS, Act.DELETE}
    # The author, to whom the platform gives more than our rules do, and the team, which may pin there but not here.
    assert as_post(THREAD, LEARNER).acts == {Act.READ, Act.REPLY, Act.FLAG}
    assert as_post(THREAD, frozenset({Role.COURSE_STAFF})).acts == {Act.READ, Act.REPLY, Act.FLAG}
    assert as_post(THREAD | {"editable_fields": ["abuse_flagged"], "can_delete": False}, MODERATOR).acts == {
        Act.READ,
        Act.REPLY,
        Act.FLAG,
        Act.CLEAR_FLAGS,
    }


def test_a_page_is_read():
    answer = {"results": [THREAD], "pagination": {"next": None, "previous": None, "count": 41, "num_pages": 3}}
    page = as_page(answer, MODERATOR, 2)
    assert (len(page.posts), page.page, page.pages, page.total) == (1, 2, 3, 41)
    assert as_page({"results": [], "pagination": {"count": 0, "num_pages": 1}}, MODERATOR, 1).posts == ()


@pytest.mark.parametrize(
    ("root", "host", "secure"),
    [("https://lms.example.org", "lms.example.org", True), ("http://localhost:8000", "localhost:8000", False)],
)
def test_a_task_asks_in_the_name_of_the_account(settings, root, host, secure):
    settings.LMS_ROOT_URL = root
    account = object()
    request = request_of(account)
    assert (request.user, request.get_host(), request.is_secure()) == (account, host, secure)
    assert request.build_absolute_uri("/x/") == f"{root}/x/"
