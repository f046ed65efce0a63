"""What fifty blocks cost where none of them is opened, what two cost in one unit, and that no unit waits for one."""

import pytest
from completion.services import CompletionService
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demo.courseware.models import Block, Course
from demo.courseware.runtime import CourseRuntime
from tests.referral_xblock.block.test_what_the_platform_may_withhold import asks_about_learners

EACH = 8  # queries of one learner's view, see test_what_a_learner_sees


@pytest.fixture
def fill(tiny_course):
    """`fill(number)`: so many more referral blocks in the first unit; their rows."""

    def put(number):
        key, unit = tiny_course.course_key, tiny_course.units[0]
        return Block.objects.bulk_create(
            Block(
                course_key=key,
                usage_key=key.make_usage_key("referral", f"more{place}"),
                block_type="referral",
                parent=unit,
                unit=unit,
                position=100 + place,
                display_name=f"Bring a friend {place}",
                completable=False,
            )
            for place in range(number)
        )

    return put


@pytest.mark.parametrize("page", ["courseware:studio", "campus:course_home"])
def test_an_outline_with_fifty_blocks_asks_nothing_of_ours(client_of, cast, tiny_course, fill, page):
    browser, address = client_of(cast.ada), reverse(page, args=[tiny_course.course_key])

    def queries_of_page():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return queries

    queries_of_page()
    few = queries_of_page()
    fill(50)
    many = queries_of_page()
    assert asks_about_learners(many) == []
    assert len(many) == len(few)


def test_what_outline_search_and_apps_read_of_fifty_blocks_costs_no_query(cast, tiny_course, fill):
    rows = fill(50)
    course = Course.objects.get(course_key=tiny_course.course_key)
    runtime = CourseRuntime(user=cast.chen, course=course, roles=frozenset())
    runtime.preload(rows)
    with CaptureQueriesContext(connection) as queries:
        for row in rows:
            block = runtime.get_block(row.usage_key)
            assert block.display_name
            assert block.student_view_data()
            assert block.index_dictionary()
    assert list(queries) == []


def test_a_unit_with_two_blocks_costs_no_more_than_two_blocks(client_of, cast, tiny_course, fill, no_holdout):
    browser = client_of(cast.chen)
    address = reverse("courseware:unit", args=[tiny_course.course_key, tiny_course.units[0]])

    def ours():
        browser.get(address)  # makes the links
        with CaptureQueriesContext(connection) as queries:
            html = browser.get(address).content.decode()
        return html.count("data-referral-address"), len(asks_about_learners(queries)), len(queries)

    one, queries_of_one, all_of_one = ours()
    fill(1)
    two, queries_of_two, all_of_two = ours()
    assert (one, two) == (1, 2)
    assert queries_of_one <= EACH
    assert queries_of_two <= 2 * queries_of_one
    assert all_of_two - all_of_one <= EACH


def test_a_block_that_never_completes_keeps_no_unit_incomplete(cast, tiny_course, block_for):
    block = block_for(cast.chen)
    course = Course.objects.get(course_key=tiny_course.course_key)
    unit = CourseRuntime(user=cast.chen, course=course, roles=frozenset()).get_block(tiny_course.units[0])
    service = CompletionService(cast.chen, tiny_course.course_key)
    completable = [child.scope_ids.usage_id for child in service.get_completable_children(unit)]
    assert tiny_course.completable[0] in completable
    assert tiny_course.referral not in completable
    assert not service.can_mark_block_complete_on_view(block)
