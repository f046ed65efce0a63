"""What of the LMS's host can be held without a platform: it never raises, its addresses are whole, its units are found."""

import logging
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from opaque_keys.edx.keys import CourseKey, UsageKey

from referral_xblock.data import UnitState
from referral_xblock.host.edx_platform import EdxPlatform, answering, units
from referral_xblock.host.edx_platform.answering import absolute, in_parts, is_course, or_else

pytestmark = pytest.mark.django_db

KEY = CourseKey.from_string("course-v1:Test+Bees101+2026")
BLOCK = KEY.make_usage_key("referral", "invite")


@pytest.fixture
def lms():
    """The host of an LMS that has none of the names: as far from every release as can be."""
    answering._said.clear()
    return EdxPlatform()


def test_every_question_has_an_empty_answer_where_the_platform_has_no_name_of_it(lms, cast, caplog):
    chen = cast.chen
    with caplog.at_level(logging.ERROR):
        assert lms.course(KEY) is None
        assert lms.course_picture(KEY) is None
        assert lms.unit(BLOCK) is None
        assert lms.block_titles([str(BLOCK), "nonsense"]) == {}
        assert lms.enrolment(chen, KEY) is None
        assert lms.enrolments([chen.id], KEY) == {}
        assert lms.enrolled_ids(KEY, limit=5) == []
        assert lms.roles(chen, KEY) == frozenset()
        assert lms.roles_of([chen.id], KEY) == {}
        assert lms.courses_led_by(chen) == []
        assert lms.has_passed(chen, KEY) is False
        assert lms.completion_share(chen, KEY) == 0.0
        assert lms.unit_state(chen, BLOCK) is UnitState.OPEN
        assert lms.next_deadline(chen, KEY, datetime.now(UTC)) is None
        assert lms.languages([chen.id]) == {}
    assert not caplog.records


def test_a_visitor_is_nobody_before_the_platform_is_asked(lms, caplog):
    visitor = AnonymousUser()
    assert lms.enrolment(visitor, KEY) is None
    assert lms.roles(visitor, KEY) == frozenset()
    assert lms.has_passed(visitor, KEY) is False
    assert not caplog.records


def test_a_name_that_a_release_lacks_is_logged_once(lms, caplog):
    for _time in range(3):
        assert lms.course(KEY) is None
    assert len([record for record in caplog.records if "Courses.course" in record.getMessage()]) == 1


def test_other_errors_are_logged_each_time_and_those_of_the_database_go_on_upwards(caplog):
    @or_else(list)
    def ask(error):
        raise error

    assert ask(RuntimeError("asleep")) == ask(RuntimeError("asleep")) == []
    assert len(caplog.records) == 2
    with pytest.raises(OperationalError):
        ask(OperationalError("gone away"))


def test_people_are_named_by_the_username_where_the_profile_says_nothing(lms, cast, django_assert_num_queries):
    cast.chen.profile.delete()
    type(cast.bo.profile).objects.filter(user=cast.bo).update(name="")
    with django_assert_num_queries(1):
        people = lms.people([cast.ada.id, cast.bo.id, cast.chen.id, 0])
    assert {person.name for person in people.values()} == {"Ada Moreau", "bo", "chen"}


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/courses/x/about", "http://testserver/courses/x/about"),
        ("/asset-v1:T+B+2026+type@asset+block@p.jpg", "http://testserver/asset-v1:T+B+2026+type@asset+block@p.jpg"),
        ("//cdn.example/p.jpg", "http://cdn.example/p.jpg"),
        ("https://catalogue.example/courses/x/about", "https://catalogue.example/courses/x/about"),
    ],
)
def test_addresses_are_made_whole(address, whole):
    assert absolute(address) == whole


@pytest.mark.parametrize("back", ["/r/abc/back?s=x%3Ay", "http://testserver/r/abc/back?s=x%3Ay"])
def test_the_way_back_is_a_path_in_the_platforms_own_addresses(lms, back):
    after = "&next=%2Fr%2Fabc%2Fback%3Fs%3Dx%253Ay"
    wish = "course_id=course-v1%3ATest%2BBees101%2B2026&enrollment_action=enroll"
    assert lms.join_url(KEY, back, signed_in=False) == f"http://testserver/register?{wish}{after}"
    assert lms.join_url(KEY, back, signed_in=True) == f"http://testserver/account/finish_auth?{wish}{after}"
    assert lms.sign_in_url(back) == "http://testserver/login?" + after[1:]


@pytest.mark.parametrize(
    ("key", "course"),
    [
        ("course-v1:Test+Bees101+2026", True),
        ("ccx-v1:Test+Bees101+2026+ccx@7", True),
        ("library-v1:Test+Library", False),
    ],
)
def test_libraries_are_no_courses(key, course):
    assert is_course(CourseKey.from_string(key)) is course
    assert not is_course(None)


class Tree:
    """Blocks that know their parents: the two questions that we ask of the platform's collected blocks."""

    def __init__(self, *paths):
        self.parents = {}
        for path in paths:
            keys = [KEY.make_usage_key(*name.split(":")) for name in path.split(" ")]
            for parent, child in zip([None, *keys], keys, strict=False):
                self.parents[child] = [parent] if parent else []

    def __contains__(self, key):
        return key in self.parents

    def get_parents(self, key):
        return self.parents[key]


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("course:c chapter:1 sequential:1 vertical:1 referral:x", "vertical:1"),
        ("course:c chapter:1 sequential:1 vertical:1 library_content:l referral:x", "vertical:1"),
        ("course:c chapter:1 sequential:1 vertical:1 vertical:2 referral:x", "vertical:1"),
        ("course:c chapter:1 sequential:1 referral:x", "referral:x"),
        ("course:c chapter:1 sequential:1", None),
        ("course:c static_tab:x", None),
    ],
)
def test_a_unit_is_what_stands_below_a_subsection(path, unit):
    last = KEY.make_usage_key(*path.split(" ")[-1].split(":"))
    expected = KEY.make_usage_key(*unit.split(":")) if unit else None
    assert units.unit_of(Tree(path), last) == expected
    assert units.unit_of(Tree("course:c chapter:1"), last) is None


def test_drafts_and_versions_of_a_block_are_the_block():
    draft = UsageKey.from_string("block-v1:Test+Bees101+2026+branch@draft-branch+type@referral+block@invite")
    assert units.in_its_course(draft) == BLOCK
    assert units.in_its_course(UsageKey.from_string("lb:Test:Library:referral:x")) is None
    assert units.in_its_course(None) is None


def test_many_people_are_asked_of_in_parts():
    assert [len(part) for part in in_parts([*range(1200), 3, 4])] == [500, 500, 200]


def test_the_page_in_the_lms_has_the_places_that_ours_fill(lms):
    nodes = get_template(lms.base_template()).template.nodelist
    assert {"head", "messages", "content", "scripts"} <= {node.name for node in nodes.get_nodes_by_type(BlockNode)}
