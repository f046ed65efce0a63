"""Our filter steps, template folder and tracking backend survive the way the platform puts its settings together."""

from copy import deepcopy

import pytest
from openedx_filters.tooling import OpenEdxPublicFilter

from community_dashboard.filter_steps import STEPS, with_steps
from community_dashboard.lms_settings import MAKO_FOLDER, TRACKING, TRACKING_ENGINE

TABS, SECTION = STEPS
OTHER = "org.openedx.learning.course.enrollment.started.v1"


# As in the LMS, whose production settings put the site's own backends inside the first one.
TRACKING_OF_THE_LMS = {
    "tracking_logs": {
        "ENGINE": "eventtracking.backends.routing.RoutingBackend",
        "OPTIONS": {
            "backends": {"logger": {"ENGINE": "eventtracking.backends.logger.LoggerBackend", "OPTIONS": {"name": "t"}}},
            "processors": [],
        },
    },
}


def assert_in_place(settings):
    for filter_type, step in STEPS.items():
        configured = settings.OPEN_EDX_FILTERS_CONFIG[filter_type]
        pipeline = configured["pipeline"] if isinstance(configured, dict) else configured
        assert pipeline.count(step) == 1
    assert settings.MAKO_TEMPLATE_DIRS_BASE.count(MAKO_FOLDER) == 1
    assert settings.EVENT_TRACKING_BACKENDS[TRACKING] == {"ENGINE": TRACKING_ENGINE, "OPTIONS": {}}


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
        "EVENT_TRACKING_BACKENDS": deepcopy(TRACKING_OF_THE_LMS),
    }
    before = deepcopy(common)
    layers("lms", common=common)
    assert common == before


def test_the_platforms_own_tracking_backends_stay_beside_ours(layers):
    settings = layers("lms", common={"EVENT_TRACKING_BACKENDS": deepcopy(TRACKING_OF_THE_LMS)})
    assert settings.EVENT_TRACKING_BACKENDS["tracking_logs"] == TRACKING_OF_THE_LMS["tracking_logs"]
    assert settings.EVENT_TRACKING_BACKENDS[TRACKING]["ENGINE"] == TRACKING_ENGINE


@pytest.mark.parametrize("empty", [None, {}])
def test_a_site_that_replaces_the_tracking_backends_gets_ours_again(layers, empty):
    settings = layers(
        "lms",
        common={"EVENT_TRACKING_BACKENDS": deepcopy(TRACKING_OF_THE_LMS)},
        site={"EVENT_TRACKING_BACKENDS": empty},
    )
    assert settings.EVENT_TRACKING_BACKENDS == {TRACKING: {"ENGINE": TRACKING_ENGINE, "OPTIONS": {}}}


def test_a_site_that_says_so_has_no_tracking_backend_of_ours(layers):
    common = {"EVENT_TRACKING_BACKENDS": deepcopy(TRACKING_OF_THE_LMS)}
    settings = layers("lms", common=common, site={"COMMUNITY_TRACKING": False})
    assert settings.EVENT_TRACKING_BACKENDS == TRACKING_OF_THE_LMS


def test_a_site_may_wrap_our_tracking_backend_under_our_name(layers):
    own = {"ENGINE": "site.tracking.Sampled", "OPTIONS": {"share": 1}}
    settings = layers("lms", site={"EVENT_TRACKING_BACKENDS": {TRACKING: own}})
    assert dict(settings.EVENT_TRACKING_BACKENDS) == {TRACKING: own}


def test_the_real_tracker_makes_our_backend_of_these_settings(layers, settings):
    from eventtracking.django.django_tracker import DjangoTracker

    settings.EVENT_TRACKING_BACKENDS = layers(
        "lms", common={"EVENT_TRACKING_BACKENDS": deepcopy(TRACKING_OF_THE_LMS)}
    ).EVENT_TRACKING_BACKENDS
    made = DjangoTracker().backends
    assert list(made) == [TRACKING, "tracking_logs"]  # ours is asked first, before anybody makes the event over
    module, _dot, name = TRACKING_ENGINE.rpartition(".")
    assert (type(made[TRACKING]).__module__, type(made[TRACKING]).__name__) == (module, name)


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
    assert not hasattr(settings, "EVENT_TRACKING_BACKENDS")
    # Studio imports the LMS's common settings as well, whose plugins then run for the LMS's own module.
    layers("lms")
    assert not hasattr(settings, "OPEN_EDX_FILTERS_CONFIG")
