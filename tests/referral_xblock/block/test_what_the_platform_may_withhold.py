"""Studio, libraries, the course outline and "view this course as": the block where something of a learner's page is missing."""

import json

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import UsageKey
from webob import Request
from xblock.fields import ScopeIds
from xblock.runtime import DictKeyValueStore, KvsFieldData
from xblock.test.tools import TestRuntime

from referral_xblock.block import ReferralXBlock
from referral_xblock.journey.models import Journey
from referral_xblock.links.models import Link
from referral_xblock.presentation import SETTINGS
from referral_xblock.sharing.models import Share, Showing

NONE_IN_STUDIO = ("completion", "enrollments", "user_state", "teams", "publish")
LIBRARIES = ("lb:Org:shelf:referral:invite", "lib-block-v1:Org+shelf+type@referral+block@invite")


class PlainRuntime(TestRuntime):
    """A runtime that knows nobody; handlers and resources have addresses."""

    def local_resource_url(self, block, uri):
        return "/" + uri

    def handler_url(self, block, handler_name, *_arguments, **_more):
        return f"/handler/{handler_name}"


def plain_block(usage_key, **services):
    runtime = PlainRuntime(services={"field-data": KvsFieldData(DictKeyValueStore())} | services)
    runtime.is_author_mode = True
    return ReferralXBlock(runtime, scope_ids=ScopeIds(None, "referral", usage_key, usage_key))


def asks_about_learners(queries):
    """The statements that name a table of this package; all of them are about people."""
    return [query["sql"] for query in queries if "referral_xblock_" in query["sql"]]


def test_what_is_declared_is_what_is_asked_for():
    assert ReferralXBlock._services_requested == {"user": "want", "replace_urls": "want"}


@pytest.mark.parametrize("absent", ["none", "not there"])
@pytest.mark.parametrize("view", ["author_view", "studio_view", "student_view", "public_view"])
def test_every_view_is_drawn_in_studio_with_every_service_missing(tiny_course, view, absent):
    missing = dict.fromkeys((*NONE_IN_STUDIO, "user", "settings", "replace_urls", "i18n"), None)
    block = plain_block(tiny_course.referral, **(missing if absent == "none" else {}))
    assert "referral" in block.render(view, {}).body_html()


@pytest.mark.parametrize("key", LIBRARIES)
def test_in_a_library_the_block_says_what_it_needs_and_asks_nothing(db, key):
    def nobody(_block):
        raise RuntimeError("The library's runtime has nobody to speak of while it indexes.")

    block = plain_block(UsageKey.from_string(key), user=type("Nobody", (), {"get_current_user": nobody})())
    block.runtime.is_author_mode = False
    with CaptureQueriesContext(connection) as queries:
        for view in ("student_view", "author_view", "studio_view", "public_view"):
            html = block.render(view, {}).body_html()
            assert "/community/courses/" not in html
            if view in ("student_view", "author_view"):
                assert "needs to stand in one" in html
        for handler in ("shown", "shared"):
            request = Request.blank("/", method="POST", body=b'{"channel": "copy"}')
            assert block.handle(handler, request).status_code == 204
        assert block.index_dictionary()["content_type"] == "Invitation"
    assert list(queries) == []


def test_a_preview_asks_no_table_of_learners_even_when_nothing_is_cached(block_for, cast, html_of):
    block = block_for(cast.ada, authoring=True)
    with CaptureQueriesContext(connection) as queries:
        html_of(block, "author_view")
        html_of(block, "studio_view")
    assert len(queries) <= 1
    assert asks_about_learners(queries) == []


def test_handlers_in_studio_count_nobody_though_its_runtime_does_not_say_that_it_is_studio(block_for, cast, settings):
    settings.SERVICE_VARIANT = "cms"
    block = block_for(cast.chen)
    assert not block.runtime.is_author_mode
    for handler in ("shown", "shared"):
        request = Request.blank("/", method="POST", body=b'{"channel": "copy"}')
        assert block.handle(handler, request).status_code == 204
    assert "sample figures" in block.student_view({}).body_html()
    assert not Showing.objects.exists()
    assert not Share.objects.exists()
    assert not Link.objects.exists()


@pytest.fixture
def looking(cast, monkeypatch):
    """`looking(user, real=None)`: from now on this request is answered, as the LMS's middleware would note it."""

    def look(user, real=None):
        request = RequestFactory().get("/")
        request.user = user
        if real is not None:
            user.real_user = real
        monkeypatch.setattr("crum.get_current_request", lambda: request)

    return look


@pytest.mark.parametrize("place", ["view", "handler"])
def test_the_team_viewing_the_course_as_a_learner_sees_a_sample_and_moves_nothing(
    block_for, cast, html_of, looking, course_key, now, no_holdout, place
):
    Journey.objects.create(user=cast.dara, inviter=cast.chen, course_key=course_key, status="credited", clicked_at=now)
    block = block_for(cast.chen)
    # In a view the platform has exchanged the request's user, in a handler it has not.
    looking(cast.chen, real=cast.ada) if place == "view" else looking(cast.ada)
    html = html_of(block, "student_view")
    assert "sample figures" in html
    assert "/r/example" in html
    for handler in ("shown", "shared"):
        answer = block.handle(handler, Request.blank("/", method="POST", body=b'{"channel": "copy"}'))
        assert answer.status_code == 204
        assert "Set-Cookie" not in answer.headers
    assert not Link.objects.exists()
    assert not Showing.objects.exists()
    assert not Share.objects.exists()


def test_a_learner_who_looks_at_their_own_page_is_shown_their_own_link(block_for, cast, html_of, looking, no_holdout):
    looking(cast.chen)
    assert "/r/example" not in html_of(block_for(cast.chen), "student_view")
    assert Link.objects.filter(owner=cast.chen).exists()


def test_symbols_come_from_the_pages_own_host_where_static_files_lie_elsewhere(tiny_course):
    block = plain_block(tiny_course.referral)
    block.runtime.local_resource_url = lambda _block, uri: (
        f"https://static.example/xblock/resources/referral_xblock/{uri}"
    )
    html = block.author_view({}).body_html()
    assert '<use href="/xblock/resource/referral/public/icons.svg#icon-mastodon"' in html
    assert "static.example" not in html


def test_every_setting_and_no_unknown_one_survives_export_and_import():
    from lxml import etree

    runtime = TestRuntime(services={"field-data": KvsFieldData(DictKeyValueStore())})
    values = {
        "display_name": "Invite",
        "title": "yes",
        "invitation_text": "One & two\n<three>",
        "hashtags": ["bees"],
        "network_texts": {"x": "«Bees»"},
        "picture": "/static/bees.png",
        "networks": ["x"],
        "show_qr": False,
        "show_status": False,
        "show_networks": False,
    }
    assert set(values) == set(SETTINGS)
    block = runtime.get_block(runtime.parse_xml_string("<referral/>"))
    for name, value in values.items():
        setattr(block, name, value)
    node = etree.Element("referral")
    block.add_xml_to_node(node)
    # What a later version, or the platform, may have written beside them.
    node.set("colour_of_the_bees", "brown")
    node.set("url_name", "invite")
    node.set("xblock-family", "xblock.v1")
    again = runtime.get_block(runtime.parse_xml_string(etree.tostring(node).decode()))
    assert {name: getattr(again, name) for name in SETTINGS} == values
    once_more = etree.Element("referral")
    again.add_xml_to_node(once_more)
    assert "colour_of_the_bees" not in once_more.attrib


def test_data_for_apps_is_the_same_for_everybody_and_needs_nobody(tiny_course):
    block = plain_block(tiny_course.referral)
    data = json.loads(json.dumps(block.student_view_data()))
    assert data == {"title": "", "text": "", "hashtags": [], "url_template": "http://testserver/r/{code}"}
    assert ReferralXBlock.has_support(block, ReferralXBlock.student_view, "multi_device")
