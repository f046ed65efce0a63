"""`next` leads to places on this host and nowhere else."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.campus.addresses import local_path

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "/\t/evil.example",
    "\x00//evil.example",
    "evil.example",
    "http://testserver/",
    "",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_address_elsewhere_becomes_the_front_page(address):
    assert local_path(address) == "/"


@given(st.text())
def test_whatever_it_is_it_begins_with_one_slash(address):
    path = local_path(address)
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))


def test_a_path_with_its_query_is_kept():
    assert local_path("/r/abc/back?s=x&y=%2B") == "/r/abc/back?s=x&y=%2B"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_page_of_ours_leads_elsewhere(cast, course_key, client_of, address):
    visitor, chen = client_of(), client_of(cast.chen)
    key = str(course_key)
    answers = [
        visitor.post("/demo/sign-in/", {"username": "chen", "next": address}),
        chen.get("/login", {"next": address}),
        chen.get("/register", {"next": address}),
        chen.get("/account/finish_auth", {"course_id": key, "enrollment_action": "enroll", "next": address}),
        chen.post(f"/courses/{key}/enrol", {"next": address}),
        chen.post("/demo/language/", {"language": "fr", "next": address}),
        chen.post("/logout", {"next": address}),
    ]
    for answer in answers:
        assert answer.status_code in (302, 303)
        assert urlsplit(urljoin("http://testserver/", answer.url.replace("\\", "/"))).netloc == "testserver"
