"""The rules of a course: as a form, as a file, and the links of its team."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from community_dashboard.referrals.policy import as_form
from referral_xblock import api
from referral_xblock.links.models import Link

VALUES = {
    **as_form(json.loads(json.dumps(asdict(api.Policy())))),
    "window_days": "45", "credit": "first", "code_grace_days": "3", "cookie": "never", "audience": "domains",
    "allowed_domains": "univ.example\nschool.example", "completion_share": "70", "link_kind": "direct",
    "link_lifetime_days": "90", "link_cap": "12",
}  # fmt: skip


@pytest.fixture
def page(community):
    return community + "growth/settings/"


def rules(course_key):
    """The rules as they hold now."""
    cache.clear()
    return api.policy_of(course_key)


def send_file(client, page, content):
    file = SimpleUploadedFile("policy.json", content if isinstance(content, bytes) else json.dumps(content).encode())
    return client.post(page + "import/", {"file": file})


def test_rules_are_saved_and_shown_again(cast, client_of, page, course_key):
    client = client_of(cast.ada)
    response = client.post(page, VALUES, follow=True)
    assert "The rules are saved." in response.content.decode()
    saved = rules(course_key)
    assert (saved.window_days, saved.credit, saved.allowed_domains) == (45, "first", ("univ.example", "school.example"))
    assert 'value="45"' in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("window_days", "0", "Please enter a number from 1 to 365."),
        ("window_days", "366", "Please enter a number from 1 to 365."),
        ("completion_share", "a lot", "Enter a whole number."),
        ("credit", "everybody", "Select a valid choice."),
        ("allowed_domains", "not a domain!", "is not a domain name"),
        ("allowed_domains", "", "Name at least one domain"),
    ],
)
def test_what_cannot_be_had_is_said_beside_the_field_and_nothing_typed_is_lost(
    field, value, said, cast, client_of, page, course_key
):
    response = client_of(cast.ada).post(page, VALUES | {field: value})
    html = response.content.decode()
    assert response.status_code == 400
    assert said in html
    assert "Not saved yet" in html
    assert f'id="id_{field}_error"' in html
    assert 'value="12"' in html  # another field as it was typed
    assert rules(course_key) == api.Policy()


def test_a_file_takes_the_rules_to_another_course(everybody, client_of, page, course_key, elsewhere):
    client = client_of(everybody["global staff"])
    client.post(page, VALUES)
    exported = client.get(page + "policy.json")
    assert "attachment" in exported["Content-Disposition"]
    there = f"/community/courses/{elsewhere}/growth/settings/"
    response = client.post(there + "import/", {"file": SimpleUploadedFile("p.json", exported.content)}, follow=True)
    assert "The rules of the file are saved." in response.content.decode()
    assert rules(elsewhere) == rules(course_key)
    assert rules(elsewhere).window_days == 45


def test_a_file_with_a_few_rules_keeps_the_others(cast, client_of, page, course_key):
    client = client_of(cast.ada)
    client.post(page, VALUES | {"paused": "on"})
    send_file(client, page, {"kind": "invitation-policy", "policy": {"window_days": 10}})
    assert (rules(course_key).window_days, rules(course_key).paused, rules(course_key).credit) == (10, True, "first")
    send_file(client, page, {"kind": "invitation-policy", "policy": {"paused": False}})
    assert (rules(course_key).window_days, rules(course_key).paused) == (10, False)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe\x00", b"not json", b"[" * 100_000, b"[" * 60_000, b"null", b"[]", b'"text"', b"{}", b"1e999", b"NaN",
        b"x" * 70_000, {"kind": "invitation-policy"}, {"kind": "invitation-policy", "policy": []},
        {"kind": "something else", "policy": {}}, {"kind": "invitation-policy", "policy": {"id": 7}},
        {"kind": "invitation-policy", "policy": {"course_key": "course-v1:A+B+C", "changed_by": 1}},
        b'{"kind": "invitation-policy", "policy": {"window_days": ' + b"9" * 5000 + b"}}",
    ],
    ids=range(18),
)  # fmt: skip
def test_a_file_of_rubbish_is_refused_in_words(content, cast, client_of, page, course_key):
    response = send_file(client_of(cast.ada), page, content)
    assert response.status_code == 400
    assert 'id="id_file_error"' in response.content.decode()
    assert rules(course_key) == api.Policy()


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("window_days", None), ("window_days", {}), ("window_days", []), ("window_days", True), ("window_days", "30; --"),
        ("window_days", -1), ("window_days", 3.7), ("window_days", float("nan")), ("credit", ["last"]), ("credit", {"a": 1}),
        ("audience", None), ("allowed_domains", [1, None, {"a": []}]), ("allowed_domains", {"a": "b"}),
        ("allowed_domains", ["<script>"]), ("link_cap", 10**40), ("cookie", "always"), ("link_kind", ""),
    ],
)  # fmt: skip
def test_a_file_with_an_impossible_rule_shows_it_in_the_form(rule, value, cast, client_of, page, course_key):
    content = {"kind": "invitation-policy", "policy": {"code_grace_days": 5, rule: value}}
    response = send_file(client_of(cast.ada), page, content)
    html = response.content.decode()
    assert response.status_code == 400
    assert f'id="id_{rule}_error"' in html
    assert '<script>"' not in html
    assert 'name="code_grace_days" value="5"' in html  # the file's other rules stand in the form
    assert rules(course_key) == api.Policy()


def test_a_link_of_the_team_is_made_limited_paused_and_reopened(cast, client_of, page, course_key):
    client = client_of(cast.ada)
    html = client.post(page + "links/", {"code": "Bees in spring", "expires": "2030-04-01", "cap": "9"}, follow=True)
    assert "http://testserver/r/bees-in-spring" in html.content.decode()
    link = Link.objects.get(code="bees-in-spring")
    assert (link.course_key, link.owner, link.cap, link.paused) == (course_key, cast.ada, 9, False)
    assert link.expires_at == datetime(2030, 4, 1, 23, 59, 59, 999999, UTC)
    form = {f"link{link.id}-paused": "on", f"link{link.id}-expires": "", f"link{link.id}-cap": ""}
    assert "Paused." in client.post(f"{page}links/{link.id}/", form, follow=True).content.decode()
    link.refresh_from_db()
    assert (link.paused, link.expires_at, link.cap) == (True, None, 0)
    assert "Open." in client.post(f"{page}links/{link.id}/", {}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"code": "ab"}, "at least 3 characters"),
        ({"code": "bees & <b>birds</b>"}, "letters a to z"),
        ({"code": ""}, "This field is required."),
        ({"code": "fine-word", "cap": "-1"}, "Please enter a number from 1 to 1,000,000, or nothing."),
        ({"code": "fine-word", "expires": "soon"}, "Enter a valid date."),
    ],
)
def test_a_link_that_cannot_be_had_is_refused_in_words(values, said, cast, client_of, page):
    response = client_of(cast.ada).post(page + "links/", values)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not Link.objects.filter(channel="vanity").exists()


def test_a_word_is_taken_once(cast, client_of, page):
    client = client_of(cast.ada)
    client.post(page + "links/", {"code": "spring"})
    assert "This code is taken." in client.post(page + "links/", {"code": "SPRING"}).content.decode()
    assert Link.objects.filter(code="spring").count() == 1


def test_a_wrong_change_is_said_at_its_own_link(cast, client_of, page):
    client = client_of(cast.ada)
    client.post(page + "links/", {"code": "spring"})
    link = Link.objects.get(code="spring")
    response = client.post(f"{page}links/{link.id}/", {f"link{link.id}-cap": "many"})
    assert response.status_code == 400
    assert f'id="id_link{link.id}-cap_error"' in response.content.decode()


def test_a_link_of_another_course_cannot_be_changed_here(everybody, client_of, page, elsewhere):
    client = client_of(everybody["global staff"])
    client.post(f"/community/courses/{elsewhere}/growth/settings/links/", {"code": "birds"})
    link = Link.objects.get(code="birds")
    assert client.post(f"{page}links/{link.id}/", {f"link{link.id}-paused": "on"}).status_code == 404
    link.refresh_from_db()
    assert link.paused is False


def test_a_learners_own_link_cannot_be_changed_here(cast, client_of, page, grown):
    assert client_of(cast.ada).post(f"{page}links/{grown.link.id}/", {}).status_code == 404
