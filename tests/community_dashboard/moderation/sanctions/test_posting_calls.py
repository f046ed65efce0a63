"""Which requests write in a forum, and where."""

import pytest

from community_dashboard.moderation.sanctions.posting import Call, Place, find_call, place_of

KEY = "course-v1:Test+Bees101+2026"
API = "/api/discussion/v1"
OLD = f"/courses/{KEY}/discussion"


@pytest.mark.parametrize(
    ("method", "path", "call"),
    [
        ("POST", f"{API}/threads/", Call("threads")),
        ("PATCH", f"{API}/threads/12/", Call("threads", "12")),
        ("POST", f"{API}/comments/", Call("comments")),
        ("PATCH", f"{API}/comments/66f0c0ffee/", Call("comments", "66f0c0ffee")),
        ("POST", f"{OLD}/course/threads/create", Call("", course=KEY)),
        ("POST", f"{OLD}/i4x-Test-1.2/threads/create", Call("", course=KEY)),
        ("POST", f"{OLD}/threads/12/update", Call("", course=KEY)),
        ("POST", f"{OLD}/threads/12/reply", Call("", course=KEY)),
        ("POST", f"{OLD}/comments/7/update", Call("", course=KEY)),
        ("POST", f"{OLD}/comments/7/reply", Call("", course=KEY)),
        ("POST", "/courses/Org/Old/Run/discussion/threads/12/reply", Call("", course="Org/Old/Run")),
    ],
)
def test_what_writes_is_found(method, path, call):
    assert find_call(method, path) == call


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{API}/threads/"),
        ("DELETE", f"{API}/threads/12/"),
        ("POST", f"{API}/threads/12/"),
        ("PATCH", f"{API}/threads/"),
        ("POST", f"{API}/courses/{KEY}/upload"),
        ("PATCH", f"{API}/courses/{KEY}/settings"),
        ("POST", f"{OLD}/threads/12/upvote"),
        ("POST", f"{OLD}/threads/12/flagAbuse"),
        ("POST", f"{OLD}/threads/12/delete"),
        ("POST", f"{OLD}/comments/7/endorse"),
        ("GET", f"{OLD}/threads/12/reply"),
        ("POST", "/login"),
        ("POST", "/somewhere/else/api/discussion/v1/threads/"),
    ],
)
def test_what_does_not_is_left_alone(method, path):
    assert find_call(method, path) is None


@pytest.mark.parametrize(
    ("call", "fields", "place"),
    [
        (Call("threads"), {"course_id": KEY, "raw_body": "x"}, Place(course=KEY)),
        (Call("comments"), {"thread_id": "12"}, Place(kind="thread", id="12")),
        (Call("comments"), {"thread_id": 12}, Place(kind="thread", id="12")),
        (Call("threads", "12"), {"raw_body": "x"}, Place(kind="thread", id="12")),
        (Call("comments", "7"), {"raw_body": "x"}, Place(kind="comment", id="7")),
        (Call("threads", "12"), {"title": "x", "read": True}, Place(kind="thread", id="12")),
        (Call("", course=KEY), {}, Place(course=KEY)),
    ],
)
def test_where_it_writes(call, fields, place):
    assert place_of(call, fields) == place


@pytest.mark.parametrize(
    ("call", "fields"),
    [
        (Call("threads", "12"), {"read": True}),
        (Call("threads", "12"), {"voted": True, "following": False, "abuse_flagged": True}),
        (Call("comments", "7"), {"abuse_flagged": True}),
        (Call("threads"), {}),
        (Call("threads"), {"course_id": ["a", "b"]}),
        (Call("comments"), {"thread_id": None}),
        (Call("comments"), {"thread_id": {"id": "12"}}),
    ],
)
def test_what_writes_no_text_or_says_nowhere_where(call, fields):
    assert place_of(call, fields) is None
