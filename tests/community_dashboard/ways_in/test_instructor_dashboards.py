"""Our steps in the filters of the two instructor dashboards, run by openedx-filters with the settings as they are."""

import pytest
from mako.lookup import TemplateLookup
from openedx_filters.learning import filters

from tests.community_dashboard.ways_in.conftest import MAY, MAY_NOT, CourseLike

# openedx-filters 2 (Teak) does not know it yet, and nobody runs it there.
TabsRequested = getattr(filters, "InstructorDashboardTabsRequested", None)
with_tabs = pytest.mark.skipif(TabsRequested is None, reason="openedx-filters 3.4 brought this filter")
GRADING = {"tab_id": "grading", "title": "Grading", "url": "/instructor/grading", "sort_order": 40}
TEMPLATE = "instructor/instructor_dashboard_2/instructor_dashboard_2.html"
# The part of the legacy page that draws the sections, in the platform's own way of including them.
PAGE = """
% for section_data in sections:
<section id="${section_data['section_key']}"><h3>${section_data['section_display_name'] | h}</h3>
<% prefix = section_data.get('template_path_prefix', '') %>
<%include file="${prefix}${section_data['section_key']}.html" args="section_data=section_data"/>
</section>
% endfor
"""


def tabs_for(user, course_key):
    return TabsRequested.run_filter(tabs=[GRADING], user=user, course_key=course_key)[0]


def context_for(course_key):
    context = {"course": CourseLike(course_key), "sections": [{"section_key": "course_info"}], "studio_url": "/studio"}
    changed, template = filters.InstructorDashboardRenderStarted.run_filter(context=context, template_name=TEMPLATE)
    assert template == TEMPLATE
    return changed


@with_tabs
@pytest.mark.parametrize("who", MAY)
def test_the_new_dashboard_has_a_tab_for(who, everybody, course_key, community):
    ours = {
        "tab_id": "community_dashboard",
        "title": "Community",
        "url": f"http://testserver{community}",
        "sort_order": 115,
    }
    assert tabs_for(everybody[who], course_key) == [GRADING, ours]


@with_tabs
@pytest.mark.parametrize("who", MAY_NOT)
def test_the_new_dashboard_has_no_tab_for(who, everybody, course_key):
    assert tabs_for(everybody[who], course_key) == [GRADING]


@with_tabs
def test_the_tab_is_added_once_and_can_be_switched_off(everybody, course_key, settings):
    staff = everybody["course staff"]
    once = tabs_for(staff, course_key)
    assert TabsRequested.run_filter(tabs=once, user=staff, course_key=course_key)[0] == once
    settings.COMMUNITY_SHOW_DASHBOARD_TAB = False
    assert tabs_for(staff, course_key) == [GRADING]


@with_tabs
def test_a_platform_in_trouble_keeps_its_tabs(everybody, course_key, broken_roles, settings):
    settings.OPEN_EDX_FILTERS_CONFIG = {
        filter_type: configured | {"fail_silently": False}
        for filter_type, configured in settings.OPEN_EDX_FILTERS_CONFIG.items()
    }
    assert tabs_for(everybody["course staff"], course_key) == [GRADING]


def test_the_legacy_dashboard_draws_our_section(everybody, course_key, as_reader, settings, community):
    as_reader(everybody["course staff"])
    section = context_for(course_key)["sections"][-1]
    lookup = TemplateLookup(directories=settings.MAKO_TEMPLATE_DIRS_BASE)
    lookup.put_string("page.html", PAGE)
    page = lookup.get_template("page.html").render(sections=[section])
    assert f'<a href="http://testserver{community}">' in page
    assert '<section id="community_dashboard"><h3>Community</h3>' in page
    assert "&lt;" not in page
    assert section["course_id"] == str(course_key)
    assert section["fragment"].head_html() == section["fragment"].foot_html() == ""


def test_what_stood_on_the_legacy_dashboard_is_kept(everybody, course_key, as_reader):
    as_reader(everybody["course staff"])
    context = context_for(course_key)
    assert context["studio_url"] == "/studio"
    assert [section["section_key"] for section in context["sections"]] == ["course_info", "community_dashboard"]


@pytest.mark.parametrize("who", MAY_NOT)
def test_the_legacy_dashboard_has_no_section_for(who, everybody, course_key, as_reader):
    as_reader(everybody[who])
    assert [section["section_key"] for section in context_for(course_key)["sections"]] == ["course_info"]


def test_outside_a_request_the_section_is_left_out(course_key, db):
    assert len(context_for(course_key)["sections"]) == 1


def test_the_section_can_be_switched_off(everybody, course_key, as_reader, settings, django_assert_num_queries):
    as_reader(everybody["course staff"])
    settings.COMMUNITY_SHOW_DASHBOARD_SECTION = False
    with django_assert_num_queries(0):
        assert len(context_for(course_key)["sections"]) == 1


def test_a_platform_in_trouble_keeps_its_sections(everybody, course_key, as_reader, broken_roles):
    as_reader(everybody["course staff"])
    assert len(context_for(course_key)["sections"]) == 1
