"""The verbs that the packages ask of the demo."""

from urllib.parse import parse_qs, urlsplit

import pytest
from completion.models import BlockCompletion
from django.contrib.auth.models import AnonymousUser
from opaque_keys.edx.keys import CourseKey, UsageKey

from demo.campus import actions
from demo.host import DemoHost
from referral_xblock.data import Role
from referral_xblock.host.chosen import get_host

NOWHERE = CourseKey.from_string("course-v1:No+Such+Course")


@pytest.fixture
def host():
    """The host that the settings choose."""
    chosen = get_host()
    assert isinstance(chosen, DemoHost)
    return chosen


def test_a_course_is_described_with_absolute_addresses(cast, course_key, host, django_assert_num_queries):
    with django_assert_num_queries(1):
        course = host.course(course_key)
    assert (course.key, course.title, course.organisation) == (str(course_key), "Bees and other visitors", "Test")
    assert course.about_url == f"http://testserver/courses/{course_key}/about"
    assert course.home_url == f"http://testserver/courses/{course_key}/"
    assert course.picture_url == ""
    assert host.course_picture(course_key) is None


def test_what_is_not_there_is_none_and_never_an_error(cast, course_key, host):
    assert host.course(NOWHERE) is None
    assert host.course_picture(NOWHERE) is None
    assert host.unit(UsageKey.from_string("block-v1:No+Such+Course+type@html+block@x")) is None
    assert host.block_titles(["nonsense", "block-v1:No+Such+Course+type@html+block@x"]) == {}
    assert host.enrolment(cast.dara, course_key) is None
    assert host.enrolment(AnonymousUser(), course_key) is None
    assert host.roles(AnonymousUser(), course_key) == frozenset()
    assert host.courses_led_by(AnonymousUser()) == []
    assert host.completion_share(AnonymousUser(), course_key) == 0.0
    assert host.completion_share(cast.chen, NOWHERE) == 0.0
    assert host.signed_in_request() is None


def test_a_block_is_found_in_its_unit(tiny_course, host):
    unit = host.unit(tiny_course.referral)
    assert (unit.usage_key, unit.title) == (str(tiny_course.units[0]), "Who visits a flower")
    assert unit.url == f"http://testserver/courses/{tiny_course.course_key}/unit/{tiny_course.units[0]}"
    invite, count = str(tiny_course.referral), str(tiny_course.completable[1])
    assert host.block_titles([invite, count]) == {invite: "Who visits a flower", count: "Inside the hive"}


def test_joining_leads_through_registration_or_straight_to_enrolment(course_key, host):
    for signed_in, path in ((False, "/register"), (True, "/account/finish_auth")):
        address = urlsplit(host.join_url(course_key, "/r/abc/back?s=x", signed_in=signed_in))
        assert (address.netloc, address.path) == ("testserver", path)
        assert parse_qs(address.query) == {
            "course_id": [str(course_key)],
            "enrollment_action": ["enroll"],
            "next": ["/r/abc/back?s=x"],
        }
    assert host.sign_in_url("/community/me/") == "http://testserver/login?next=%2Fcommunity%2Fme%2F"


def test_everybody_is_what_the_product_says(cast, course_key, host):
    assert host.roles(cast.ada, course_key) == {Role.COURSE_STAFF}
    assert host.roles(cast.bo, course_key) == {Role.LEARNER, Role.FORUM_MODERATOR}
    assert host.roles(cast.chen, course_key) == {Role.LEARNER}
    assert host.roles(cast.dara, course_key) == frozenset()
    assert host.roles(cast.ada, NOWHERE) == frozenset()
    cast.dara.is_staff = True
    assert host.roles(cast.dara, course_key) == {Role.GLOBAL_STAFF, Role.COURSE_STAFF}


def test_somebody_who_left_is_no_learner_but_the_enrolment_is_remembered(cast, course_key, host, now):
    actions.unenrol(user=cast.chen, course_key=course_key, by=cast.chen, now=now)
    assert host.roles(cast.chen, course_key) == frozenset()
    enrolment = host.enrolment(cast.chen, course_key)
    assert (enrolment.active, enrolment.created, enrolment.mode) == (False, now, "audit")


def test_many_people_cost_one_query(cast, course_key, host, django_assert_num_queries):
    wanted = [cast.ada.id, cast.bo.id, cast.chen.id, 0]
    with django_assert_num_queries(1):
        people = host.people(wanted)
    assert {person.name for person in people.values()} == {"Ada Moreau", "Bo Lindgren", "Chen Wei"}
    with django_assert_num_queries(1):
        assert set(host.enrolments(wanted, course_key)) == {cast.bo.id, cast.chen.id}


def test_the_course_chooser_lists_what_one_leads(cast, course_key, host):
    assert host.courses_led_by(cast.ada) == [str(course_key)]
    assert host.courses_led_by(cast.bo) == [str(course_key)]
    assert host.courses_led_by(cast.chen) == []


def test_completion_counts_the_blocks_that_can_be_completed(cast, tiny_course, host):
    assert host.completion_share(cast.chen, tiny_course.course_key) == 0.0
    for usage_key, completion in zip(tiny_course.completable[:2], (1.0, 0.5), strict=True):
        BlockCompletion.objects.submit_completion(cast.chen, usage_key, completion)
    BlockCompletion.objects.submit_completion(cast.chen, tiny_course.referral, 1.0)
    assert host.completion_share(cast.chen, tiny_course.course_key) == pytest.approx(1 / 3)


def test_the_frame_has_the_blocks_that_pages_fill(host):
    from django.template.loader import get_template

    source = get_template(host.base_template()).template.source
    for name in ("title", "head", "content", "scripts"):
        assert f"{{% block {name} %}}" in source
