"""The tab in the course's navigation."""

import subprocess
import sys
from importlib import import_module

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from tests.community_dashboard.ways_in.conftest import MAY, MAY_NOT, CourseLike

GROUP = "openedx.course_tab"


def test_it_is_built_on_the_class_that_the_platform_gives(plugged):
    from community_dashboard.host.chosen import get_host

    tab = plugged(GROUP)
    assert issubclass(tab, get_host().course_tab_base())
    assert tab is plugged(GROUP)
    # The platform looks a stored tab up by its type, and asks these of the class.
    assert (tab.type, tab.is_dynamic, tab.is_default) == ("community", True, False)
    assert tab({}).name == "Community"
    assert tab({}).tab_id == "community"


@pytest.mark.parametrize("who", MAY)
def test_it_is_there_for(who, plugged, everybody, course_key):
    assert plugged(GROUP).is_enabled(CourseLike(course_key), user=everybody[who]) is True


@pytest.mark.parametrize("who", MAY_NOT)
def test_it_is_not_there_for(who, plugged, everybody, course_key):
    assert plugged(GROUP).is_enabled(CourseLike(course_key), user=everybody[who]) is False
    assert plugged(GROUP).is_enabled(CourseLike(course_key), AnonymousUser()) is False


def test_it_leads_to_the_overview(plugged, everybody, course_key, client_of, community):
    path = plugged(GROUP)({}).link_func(CourseLike(course_key), reverse)
    assert path == community
    assert client_of(everybody["course staff"]).get(path).status_code == 200


def test_it_can_be_switched_off(plugged, everybody, course_key, settings, django_assert_num_queries):
    settings.COMMUNITY_SHOW_COURSE_TAB = False
    with django_assert_num_queries(0):
        assert plugged(GROUP).is_enabled(CourseLike(course_key), user=everybody["course staff"]) is False


def test_it_costs_a_stranger_the_question_who_they_are_and_a_visitor_nothing(
    plugged, everybody, course_key, django_assert_num_queries
):
    from referral_xblock.api import get_host

    with django_assert_num_queries(2):
        get_host().roles(everybody["stranger"], course_key)
    with django_assert_num_queries(2):
        plugged(GROUP).is_enabled(CourseLike(course_key), user=everybody["stranger"])
    with django_assert_num_queries(0):
        plugged(GROUP).is_enabled(CourseLike(course_key), user=AnonymousUser())


def test_a_platform_in_trouble_goes_on_without_it(plugged, everybody, course_key, broken_roles, caplog):
    assert plugged(GROUP).is_enabled(CourseLike(course_key), user=everybody["course staff"]) is False
    assert plugged(GROUP).is_enabled(object(), user=everybody["course staff"]) is False
    assert "left out" in caplog.text


def test_the_module_has_nothing_else_to_give():
    with pytest.raises(AttributeError):
        import_module("community_dashboard.instructor_entry.course_tab").AnotherTab  # noqa: B018


def test_importing_the_ways_in_needs_no_settings():
    modules = ("course_tab", "course_tool", "dashboard_steps", "shown")
    lines = [f"import community_dashboard.instructor_entry.{name}" for name in modules]
    lines += ["from django.conf import settings", "assert not settings.configured"]
    environment = {"PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
