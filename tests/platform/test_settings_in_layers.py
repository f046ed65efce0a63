"""Our filter steps and template folder survive the way the platform puts its settings together."""

from copy import deepcopy

import pytest
from openedx_filters.tooling import OpenEdxPublicFilter

from community_dashboard.filter_steps import STEPS, with_steps
from community_dashboard.lms_settings import MAKO_FOLDER

TABS, SECTION = STEPS
OTHER = "org.openedx.learning.course.enrollment.started.v1"


def assert_in_place(settings):
    for filter_type, step in STEPS.items():
        configured = settings.OPEN_EDX_FILTERS_CONFIG[filter_type]
        pipeline = configured["pipeline"] if isinstance(configured, dict) else configured
        assert pipeline.count(step) == 1
    assert settings.MAKO_TEMPLATE_DIRS_BASE.count(MAKO_FOLDER) == 1


def test_a_platform_that_has_none_gets_them_once(layers):
    settings = layers("lms", common={"MAKO_TEMPLATE_DIRS_BASE": ["/platform/templates"]})
    assert_in_place(settings)
    for filter_type, step in STEPS.items():
        assert settings.OPEN_EDX_FILTERS_CONFIG[filter_type] == {"fail_silently": True, "pipeline": [step]}
    assert settings.MAKO_TEMPLATE_DIRS_BASE == ["/platform/templates", MAKO_FOLDER]


def test_a_site_that_replaces_the_whole_dictionary_keeps_its_own_and_gets_ours_after_them(layers):
    enrolment = {"fail_silently": False, "pipeline": ["site.steps.Enrol"], "log_level": "debug"}
    site = {
        "OPEN_EDX_FILTERS_CONFIG": {
            OTHER: enrolment,
            SECTION: {"fail_silently": False, "pipeline": ["site.steps.Section"]},
        },
        "MAKO_TEMPLATE_DIRS_BASE": ["/site/templates"],
    }
    settings = layers("lms", common={"OPEN_EDX_FILTERS_CONFIG": {TABS: {"pipeline": ["lost.Step"]}}}, site=site)
    assert_in_place(settings)
    assert settings.OPEN_EDX_FILTERS_CONFIG[OTHER] == enrolment
    assert settings.OPEN_EDX_FILTERS_CONFIG[SECTION] == {
        "fail_silently": False,
        "pipeline": ["site.steps.Section", STEPS[SECTION]],
    }
    assert settings.MAKO_TEMPLATE_DIRS_BASE == ["/site/templates", MAKO_FOLDER]


@pytest.mark.parametrize("empty", [None, {}])
def test_a_site_that_empties_the_dictionary_gets_them_again(layers, empty):
    assert_in_place(layers("lms", site={"OPEN_EDX_FILTERS_CONFIG": empty}))


def test_a_site_may_put_our_step_where_it_wants_it(layers):
    wanted = {"fail_silently": True, "pipeline": [STEPS[TABS], "site.steps.Last"]}
    settings = layers("lms", site={"OPEN_EDX_FILTERS_CONFIG": {TABS: wanted}})
    assert_in_place(settings)
    assert settings.OPEN_EDX_FILTERS_CONFIG[TABS] == wanted


@pytest.mark.parametrize("short", ["site.steps.Only", ["site.steps.Only"]])
def test_the_short_forms_of_a_pipeline_are_understood(layers, short):
    settings = layers("lms", site={"OPEN_EDX_FILTERS_CONFIG": {TABS: short}})
    assert settings.OPEN_EDX_FILTERS_CONFIG[TABS] == ["site.steps.Only", STEPS[TABS]]


def test_what_the_platform_shares_with_studio_is_not_changed_in_place(layers):
    common = {
        "OPEN_EDX_FILTERS_CONFIG": {TABS: {"pipeline": ["site.steps.Only"]}},
        "MAKO_TEMPLATE_DIRS_BASE": ["/platform/templates"],
    }
    before = deepcopy(common)
    layers("lms", common=common)
    assert common == before


def test_merging_again_changes_nothing():
    once = with_steps({OTHER: {"pipeline": ["site.steps.Enrol"]}, TABS: "site.steps.Only"}, STEPS)
    assert with_steps(once, STEPS) == once


def test_what_a_site_says_of_the_ways_in_is_kept(layers):
    assert layers("lms").COMMUNITY_SHOW_COURSE_TAB is True
    assert layers("lms", site={"COMMUNITY_SHOW_COURSE_TAB": False}).COMMUNITY_SHOW_COURSE_TAB is False


@pytest.mark.parametrize("filter_type", STEPS)
def test_every_step_is_found_by_its_dotted_path(filter_type, layers, settings):
    settings.OPEN_EDX_FILTERS_CONFIG = layers("lms").OPEN_EDX_FILTERS_CONFIG
    asked = type("Asked", (OpenEdxPublicFilter,), {"filter_type": filter_type})
    pipeline, _silently, _more = asked.get_pipeline_configuration()
    [step] = asked.get_steps_for_pipeline(pipeline, fail_silently=False)
    assert f"{step.__module__}.{step.__name__}" == STEPS[filter_type]


def test_studio_gets_our_defaults_and_nothing_of_the_lms(layers):
    settings = layers("cms")
    assert settings.COMMUNITY_PAGE_SIZE == 50
    assert not hasattr(settings, "OPEN_EDX_FILTERS_CONFIG")
    assert not hasattr(settings, "MAKO_TEMPLATE_DIRS_BASE")
    # Studio imports the LMS's common settings as well, whose plugins then run for the LMS's own module.
    layers("lms")
    assert not hasattr(settings, "OPEN_EDX_FILTERS_CONFIG")
