"""Studio: the course team sees, adds, changes and deletes blocks; nobody else, and no learner's data."""

from __future__ import annotations

import pytest

from demo.courseware import queries
from demo.courseware.models import Block, FieldValue


def studio(moss, path="") -> str:
    """An address of the small course in Studio."""
    return f"/studio/{moss.key}/{path}"


def test_the_team_sees_every_block(moss, people, client_of):
    text = client_of(people.ada).get(studio(moss)).content.decode()
    for key in (moss.h1, moss.d1, moss.p1):
        assert studio(moss, f"block/{key}") in text
    assert "<option>referral</option>" in text


@pytest.mark.parametrize("path", ["", "block/{h1}"])
def test_nobody_else_does(moss, people, client_of, path):
    address = studio(moss, path.format(h1=moss.h1))
    assert client_of(people.chen).get(address).status_code == 403
    assert client_of(people.dara).get(address).status_code == 403
    assert client_of(people.dara).get(address.replace("Moss", "None")).status_code == 403
    asked = client_of().get(address)
    assert asked.status_code == 302
    assert "/login" in asked.headers["Location"]


@pytest.mark.parametrize("path", ["unit/{u1}/add", "block/{h1}/delete", "block/{h1}/handler/submit_studio_edits"])
def test_nobody_else_changes_anything(moss, people, client_of, path):
    before = list(Block.objects.values_list("usage_key", "authored"))
    address = studio(moss, path.format(u1=moss.u1, h1=moss.h1))
    for person in (people.chen, people.dara, None):
        assert client_of(person).post(address, {"block_type": "html", "data": "x"}).status_code == 403
    assert list(Block.objects.values_list("usage_key", "authored")) == before


def test_a_text_is_changed_by_a_plain_form(moss, people, client_of):
    browser = client_of(people.ada)
    page = browser.get(studio(moss, f"block/{moss.h1}")).content.decode()
    save = studio(moss, f"block/{moss.h1}/handler/submit_studio_edits")
    assert f'action="{save}"' in page
    answer = browser.post(save, {"display_name": "  New title ", "data": "<p>New text</p>"})
    assert (answer.status_code, answer.headers["Location"]) == (303, studio(moss, f"block/{moss.h1}"))
    assert "New text" in client_of(people.chen).get(f"/courses/{moss.key}/unit/{moss.u1}").content.decode()
    assert queries.block(moss.h1).display_name == "New title"


def test_a_block_is_added_at_the_end_of_its_unit_and_deleted(moss, people, client_of):
    browser = client_of(people.ada)
    answer = browser.post(studio(moss, f"unit/{moss.u1}/add"), {"block_type": "html"})
    assert answer.status_code == 303
    added = queries.blocks_of(moss.u1)[-1]
    assert answer.headers["Location"] == studio(moss, f"block/{added.usage_key}")
    assert [row.usage_key for row in queries.blocks_of(moss.u1)][:2] == [moss.h1, moss.d1]
    assert browser.get(answer.headers["Location"]).status_code == 200
    page = client_of(people.chen).get(f"/courses/{moss.key}/unit/{moss.u1}").content.decode()
    assert page.index(str(moss.d1)) < page.index(str(added.usage_key))
    assert browser.post(studio(moss, f"block/{added.usage_key}/delete")).status_code == 303
    assert queries.block(added.usage_key) is None


@pytest.mark.parametrize("block_type", ["problem", "vertical", "", "../x"])
def test_only_advanced_blocks_can_be_added(moss, people, client_of, block_type):
    count = Block.objects.count()
    answer = client_of(people.ada).post(studio(moss, f"unit/{moss.u1}/add"), {"block_type": block_type})
    assert (answer.status_code, Block.objects.count()) == (404, count)


def test_units_and_blocks_of_another_course_are_out_of_reach(moss, people, client_of):
    browser = client_of(people.ada)
    other = str(moss.u1).replace("Moss", "Fern")
    assert browser.post(studio(moss, f"unit/{other}/add"), {"block_type": "html"}).status_code == 404
    assert browser.post(studio(moss, f"block/{other}/delete")).status_code == 404
    assert browser.get(studio(moss, f"block/{other}")).status_code == 404


def test_a_unit_cannot_be_deleted_as_if_it_were_a_block(moss, people, client_of):
    assert client_of(people.ada).post(studio(moss, f"block/{moss.u1}/delete")).status_code == 404
    assert queries.block(moss.u1) is not None


def test_trying_a_question_in_studio_touches_no_learners_data(moss, people, client_of):
    browser = client_of(people.ada)
    browser.post(studio(moss, f"block/{moss.p1}/handler/submit"), {"choice": "1"})
    assert not FieldValue.objects.exists()
    assert "That is right." not in browser.get(studio(moss, f"block/{moss.p1}")).content.decode()


def test_a_block_without_a_form_says_so(moss, people, client_of):
    assert "cannot be edited here" in client_of(people.ada).get(studio(moss, f"block/{moss.d1}")).content.decode()


def test_the_form_asks_for_its_token(moss, people):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.ada)
    save = studio(moss, f"block/{moss.h1}/handler/submit_studio_edits")
    assert browser.post(save, {"data": "x"}).status_code == 403
