"""The link among the course tools."""

import pytest
from django.utils import translation

from tests.community_dashboard.ways_in.conftest import MAY, MAY_NOT

GROUP = "openedx.course_tool"


@pytest.mark.parametrize("who", MAY)
def test_it_is_there_for(who, plugged, everybody, course_key, as_reader):
    assert plugged(GROUP).is_enabled(as_reader(everybody[who]), course_key) is True


@pytest.mark.parametrize("who", MAY_NOT)
def test_it_is_not_there_for(who, plugged, everybody, course_key, as_reader):
    assert plugged(GROUP).is_enabled(as_reader(everybody[who]), course_key) is False


def test_it_answers_with_the_course_key_and_without(plugged, course_key):
    tool = plugged(GROUP)
    assert tool.title() == tool.title(course_key) == "Community"
    assert tool.icon_classes() == tool.icon_classes(course_key)
    assert (tool.analytics_id(), tool.data()) == ("community.dashboard", None)
    with translation.override("fr"):
        assert tool.title() == "Communauté"


def test_it_leads_to_the_overview(plugged, course_key, community):
    assert plugged(GROUP).url(course_key) == community


def test_it_can_be_switched_off(plugged, everybody, course_key, as_reader, settings, django_assert_num_queries):
    settings.COMMUNITY_SHOW_COURSE_TOOL = False
    with django_assert_num_queries(0):
        assert plugged(GROUP).is_enabled(as_reader(everybody["course staff"]), course_key) is False


def test_a_platform_in_trouble_goes_on_without_it(plugged, everybody, course_key, as_reader, broken_roles):
    assert plugged(GROUP).is_enabled(as_reader(everybody["course staff"]), course_key) is False
