"""The fraud review: who waits, what speaks against them, and the buttons."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community_dashboard.referrals import review as page_of
from demo.campus.actions import give_role
from referral_xblock.api import Role
from referral_xblock.models import Journey, Review
from tests.referral_xblock.review.arrivals import bring, bring_suspicious, journey_id, outcome

HELD, APPROVED, REJECTED = ("held", "suspicious"), ("credited", ""), ("not_credited", "rejected")


@pytest.fixture
def page(community):
    return community + "growth/review/"


def words(html: str) -> str:
    """The text of a page."""
    text = unescape(re.sub(r"<[^>]+>", " ", html))
    return " ".join(text.replace("\u2068", "").replace("\u2069", "").split())


def hidden(client, page) -> dict[str, str]:
    html = client.get(page).content.decode()
    fields = re.findall(r'<input type="hidden" name="(inviter|latest|people)" value="([^"]*)">', html)
    return {name: unescape(value) for name, value in reversed(fields)}


@pytest.fixture
def fakes(cast, course_key, now):
    """Three friends of chen with chen's mailbox."""
    return bring_suspicious(cast.chen, course_key, now, "fake1", "fake2", "fake3")


def test_nobody_waits_is_said_with_what_to_do_first(cast, client_of, page):
    text = words(client_of(cast.ada).get(page).content.decode())
    assert "Nobody waits" in text
    assert "in the settings first" in text
    assert "Every decision stands here" in text


def test_who_waits_stands_by_inviter_with_signs_weights_and_figures(cast, client_of, page, fakes, course_key, now):
    bring(cast.chen, course_key, now, "true")
    text = words(client_of(cast.ada).get(page).content.decode())
    assert "Chen Wei (chen): 3 friends wait" in text
    assert "4 people came by these invitations; 1 counted at present." in text
    assert "4 new accounts, at most" in text
    assert "4 have not completed anything yet." in text
    assert text.count("the mailbox of the inviter or of another friend, written in another way (100)") == 3
    assert "true" not in re.findall(r"\w+", text.partition("3 friends wait")[2])


def test_addresses_stand_there_for_those_alone_who_may_see_them(everybody, client_of, page, fakes):
    for who, seen in (("course staff", False), ("global staff", True)):
        html = client_of(everybody[who]).get(page).content.decode()
        assert (fakes[0].email in html) is seen, who
        assert (everybody["learner"].email in html) is seen, who


@pytest.mark.parametrize(("do", "expected"), [("approve", APPROVED), ("reject", REJECTED)])
def test_the_ticked_are_decided_on_and_the_others_wait(do, expected, cast, client_of, page, fakes, course_key):
    client = client_of(cast.ada)
    values = hidden(client, page) | {"do": do, "why": "One mailbox.", "journey": journey_id(fakes[0], course_key)}
    response = client.post(page, values)
    assert response.status_code == 303
    html = client.get(response["Location"]).content.decode()
    assert 'role="status">1 invitation is' in html
    assert [outcome(fake, course_key) for fake in fakes] == [expected, HELD, HELD]
    assert "Chen Wei (chen): 2 friends wait" in words(html)
    assert "ada" in words(html).partition("What was decided")[2]


def test_a_whole_group_is_decided_on_at_once_and_undone_at_once(cast, client_of, page, fakes, course_key):
    client = client_of(cast.ada)
    client.post(page, hidden(client, page) | {"do": "reject-all", "why": "One mailbox."})
    assert {outcome(fake, course_key) for fake in fakes} == {REJECTED}
    html = client.get(page).content.decode()
    assert "Nobody waits" in html
    assert "One mailbox." in html
    [review] = Review.objects.all()
    response = client.post(f"{page}{review.id}/undo/")
    assert response.status_code == 303
    assert {outcome(fake, course_key) for fake in fakes} == {HELD}
    assert "undone by" in words(client.get(page).content.decode())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"do": "reject-all", "why": " "}, "Please say why."),
        ({"do": "approve"}, "Please tick at least one friend"),
        ({"do": "reject-all", "why": "x", "people": "2"}, "This group has changed since you saw it."),
        ({"do": "reject-all", "why": "x", "inviter": "forged"}, "This form is damaged"),
        ({"do": "everything"}, "This form is damaged"),
        ({"do": "reject", "why": "x", "journey": "999999"}, "Not every arrival is there"),
        ({"do": "reject", "why": "x", "journey": "-1; drop"}, "Please tick at least one friend"),
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_typed_is_kept(
    changed, said, cast, client_of, page, fakes, course_key
):
    client = client_of(cast.ada)
    response = client.post(page, hidden(client, page) | {"why": "My own words"} | changed)
    assert response.status_code == 400
    html = response.content.decode()
    assert said in html
    if "why" not in changed:
        assert 'value="My own words"' in html
    assert {outcome(fake, course_key) for fake in fakes} == {HELD}


def test_a_form_of_another_course_decides_nothing(cast, client_of, page, fakes, course_key, elsewhere):
    give_role(user=cast.ada, course_key=elsewhere, role=Role.COURSE_STAFF)
    client = client_of(cast.ada)
    values = hidden(client, page)
    there = page.replace(str(course_key), str(elsewhere))
    assert client.post(there, values | {"do": "approve-all"}).status_code == 400
    client.post(page, values | {"do": "approve-all"})
    [review] = Review.objects.all()
    assert client.post(f"{there}{review.id}/undo/").status_code == 404
    assert {outcome(fake, course_key) for fake in fakes} == {APPROVED}


@pytest.mark.parametrize("who", ["visitor", "stranger", "learner", "moderator", "staff of another course"])
def test_nobody_else_sees_decides_or_undoes(who, everybody, client_of, page, fakes, course_key):
    staff, client = client_of(everybody["course staff"]), client_of(everybody[who])
    values = hidden(staff, page)
    refused = 302 if who == "visitor" else 403
    assert client.get(page).status_code == refused
    assert client.post(page, values | {"do": "approve-all"}).status_code == refused
    assert {outcome(fake, course_key) for fake in fakes} == {HELD}
    staff.post(page, values | {"do": "approve-all"})
    [review] = Review.objects.all()
    assert client.post(f"{page}{review.id}/undo/").status_code == refused
    assert {outcome(fake, course_key) for fake in fakes} == {APPROVED}


def test_pages_hold_so_many_and_lead_on(cast, client_of, page, fakes, course_key, now, monkeypatch):
    bring_suspicious(cast.dara, course_key, now, "other1", "other2")
    monkeypatch.setattr(page_of, "GROUPS", 1)
    monkeypatch.setattr(page_of, "SHOWN", 2)
    monkeypatch.setattr(page_of, "DECISIONS", 1)
    client = client_of(cast.ada)
    first = words(client.get(page).content.decode())
    assert "Chen Wei (chen): 3 friends wait" in first
    assert "1 more friend waits" in first
    assert "Next page" in first
    second = words(client.get(page + "?page=2").content.decode())
    assert "2 friends wait" in second
    assert "Chen Wei" not in second
    assert "First page" in second
    assert "Nobody on this page" in words(client.get(page + "?page=3").content.decode())
    for fake in fakes[:2]:
        values = hidden(client, page) | {"do": "approve", "journey": journey_id(fake, course_key)}
        client.post(page, values)
    log = client.get(page).content.decode()
    assert "Older decisions" in log
    older = unescape(re.search(r'href="(\?before=[^"]+)#log"', log).group(1))
    assert "fake1" in client.get(page + older).content.decode().partition('id="log"')[2]


def test_many_cost_as_much_as_few(cast, client_of, page, fakes, course_key, now):
    client = client_of(cast.ada)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    bring_suspicious(cast.chen, course_key, now, *(f"more{number}" for number in range(15)))
    bring_suspicious(cast.dara, course_key, now, *(f"other{number}" for number in range(5)))
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) <= len(few) + 2 <= 30
    assert Journey.objects.filter(status="held").count() == 23


def test_the_growth_page_leads_there_from_the_held(cast, client_of, page, community, fakes):
    html = client_of(cast.ada).get(community + "growth/").content.decode()
    assert "Look at 3 that wait for you." in html
    assert f'href="{page}"' in unescape(html).replace("%2B", "+")


def test_a_name_that_is_markup_stays_text(cast, client_of, page, fakes):
    cast.chen.profile.name = "<b>Chen</b>"
    cast.chen.profile.save()
    html = client_of(cast.ada).get(page).content.decode()
    assert "<b>Chen</b>" not in html
    assert "&lt;b&gt;Chen&lt;/b&gt;" in html
