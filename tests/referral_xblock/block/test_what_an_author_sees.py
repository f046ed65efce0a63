"""Studio: the preview, the form and its messages, and settings that cannot be."""

import json

import pytest
from xblock.runtime import DictKeyValueStore, KvsFieldData
from xblock.test.tools import TestRuntime

from demo.courseware.models import Block
from referral_xblock.block import ReferralXBlock
from referral_xblock.host.courses import seen_course
from referral_xblock.presentation import BUTTONS
from referral_xblock.sharing.models import Share, Showing

GOOD = {
    "display_name": "Invite",
    "title": "Two of us",
    "invitation_text": "I look at bees. Come along?",
    "hashtags": "bees #garden",
    "picture": "/static/bees.png",
    "networks": ["x", "email"],
    "network_texts": {"x": "Bees!", "email": ""},
    "show_networks": True,
    "show_qr": False,
    "show_status": True,
}


@pytest.fixture
def submit(client_of, cast, tiny_course):
    """`submit(**changes)`: what Studio answers to the good form with these changes."""

    def send(**changes):
        path = f"/studio/{tiny_course.course_key}/block/{tiny_course.referral}/handler/submit_studio_edits"
        response = client_of(cast.ada).post(path, json.dumps(GOOD | changes), content_type="application/json")
        assert response.status_code == 200
        return response.json()

    return send


def stored(tiny_course):
    return Block.objects.get(usage_key=tiny_course.referral).authored


def test_a_good_form_is_stored_tidied(submit, tiny_course):
    assert submit() == {"saved": True, "problems": {}}
    kept = stored(tiny_course)
    assert kept["hashtags"] == ["bees", "garden"]
    assert kept["networks"] == ["x", "email"]
    assert kept["network_texts"] == {"x": "Bees!"}
    assert kept["show_qr"] is False


def test_all_networks_ticked_are_stored_as_all(submit, tiny_course):
    assert submit(networks=[network.slug for network in BUTTONS])["saved"]
    assert stored(tiny_course)["networks"] == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": "b" * 101}, "title", "101 characters. At most 100"),
        ({"invitation_text": "b" * 601}, "invitation_text", "At most 600"),
        ({"display_name": ["no"]}, "display_name", "not a text"),
        ({"hashtags": "wild-bees 2026"}, "hashtags", "wild-bees, 2026"),
        ({"hashtags": "a b c d e f g h i"}, "hashtags", "At most 8"),
        ({"networks": ["x", "myspace"]}, "networks", "myspace"),
        ({"networks": []}, "networks", "Tick at least one network"),
        ({"network_texts": {"myspace": "Hello"}}, "network_texts", "myspace"),
        ({"network_texts": {"x": "b" * 601}}, "network_texts.x", "At most 600"),
        ({"picture": "http://example.org/a.png"}, "picture", "https://"),
        ({"picture": "javascript:alert(1)"}, "picture", "https://"),
        ({"picture": '/static/a.png" onerror="x'}, "picture", "/static/"),
        ({"show_qr": "maybe"}, "show_qr", "neither on nor off"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_stored(submit, tiny_course, changes, field, words):
    answer = submit(**changes)
    assert not answer["saved"]
    assert list(answer["problems"]) == [field]
    assert words in answer["problems"][field]
    assert stored(tiny_course) == {}


@pytest.mark.parametrize("body", ["[]", "null", '"x"', "{}"])
def test_a_form_that_is_none_changes_nothing(client_of, cast, tiny_course, body):
    path = f"/studio/{tiny_course.course_key}/block/{tiny_course.referral}/handler/submit_studio_edits"
    answer = client_of(cast.ada).post(path, body, content_type="application/json")
    assert answer.json()["saved"] is False
    assert stored(tiny_course) == {}


def test_a_text_too_long_for_a_network_is_kept_and_shown_as_that_network_gets_it(submit, block_for, cast, html_of):
    long = "Wild bees live beside us and hardly anybody knows them. " * 10
    assert submit(network_texts={"x": long})["saved"]
    block = block_for(cast.ada, authoring=True, networks=["x", "email"], network_texts={"x": long})
    assert "1 network gets a shortened text" in html_of(block, "author_view")
    assert "This network gets: Wild bees" in html_of(block, "studio_view")


def test_the_preview_names_the_course_and_asks_no_table_once_it_is_cached(
    block_for, cast, html_of, django_assert_num_queries
):
    block = block_for(cast.ada, authoring=True, title="Two of us")
    assert block.title == "Two of us"
    seen_course(block.scope_ids.usage_id.context_key)
    with django_assert_num_queries(0):
        preview = html_of(block, "author_view")
        html_of(block, "studio_view")
    assert "/community/courses/course-v1:Test+Bees101+2026/growth/settings/" in preview
    assert "sample figures" in preview
    assert "I am taking “Bees and other visitors”. Join me?" in preview
    assert "Share with an app of this device" in preview


def test_nothing_is_counted_in_studio(client_of, cast, tiny_course):
    path = f"/studio/{tiny_course.course_key}/block/{tiny_course.referral}/handler/"
    for handler in ("shown", "shared"):
        answer = client_of(cast.ada).post(path + handler, {"channel": "copy"}, content_type="application/json")
        assert answer.status_code == 204
        assert not answer.cookies
    assert not Showing.objects.exists()
    assert not Share.objects.exists()


IMPOSSIBLE = [
    dict.fromkeys(ReferralXBlock.fields, None),
    dict.fromkeys(["title", "display_name", "invitation_text", "picture"], 7)
    | dict.fromkeys(["hashtags", "networks", "network_texts", "show_qr"], 7),
    {key: [{}] for key in ["title", "display_name", "invitation_text", "picture"]}
    | {key: [{"a": []}, None, 3] for key in ["hashtags", "networks", "network_texts", "show_qr", "show_status"]},
    {"hashtags": {"a": 1}, "networks": {"x": 1}, "network_texts": {"x": {}, "no": 1}, "show_networks": {}},
    {"title": "b" * 10_000, "hashtags": ["#"] * 500, "networks": ["myspace"] * 500, "network_texts": {"x": 1}},
    {"picture": "data:text/html,<script>", "title": "<script>alert(1)</script>", "invitation_text": "\x00\u202e<b>"},
]


@pytest.mark.parametrize("settings", IMPOSSIBLE, ids=range(len(IMPOSSIBLE)))
def test_impossible_settings_are_drawn_all_the_same(block_for, cast, html_of, settings):
    settings = {name: value for name, value in settings.items() if name not in ("parent", "children", "tags", "name")}
    for user, authoring, view in (
        (cast.chen, False, "student_view"),
        (cast.chen, False, "public_view"),
        (cast.ada, True, "author_view"),
        (cast.ada, True, "studio_view"),
    ):
        html = html_of(block_for(user, authoring=authoring, **settings), view)
        assert "referral" in html
        assert "<script" not in html
    block_for(cast.chen, **settings).student_view_data()
    block_for(cast.chen, **settings).index_dictionary()


def test_only_the_course_team_is_told_what_was_left_out(block_for, cast, html_of):
    odd = {"networks": ["myspace", "x"], "hashtags": 7}
    for user, view, told in (
        (cast.chen, "student_view", False),
        (cast.ada, "student_view", True),
        (cast.ada, "author_view", True),
    ):
        html = html_of(block_for(user, authoring=view == "author_view", **odd), view)
        assert ("myspace" in html) is told
        assert ("Only the course team sees this" in html) is told


def xml_of(**attributes):
    from lxml import etree

    return etree.tostring(etree.Element("referral", attributes)).decode()


@pytest.mark.parametrize("text", ["[", "{", "bees, garden", "null", "[[[[" * 20_000, "1e999", "x: [y"])
def test_an_attribute_that_is_not_json_does_not_stop_the_import(text):
    runtime = TestRuntime(services={"field-data": KvsFieldData(DictKeyValueStore())})
    runtime.local_resource_url = lambda block, uri: "/" + uri
    usage = runtime.parse_xml_string(xml_of(hashtags=text, networks=text, show_qr=text, title="2027"))
    block = runtime.get_block(usage)
    assert "2027" in block.author_view().body_html()
