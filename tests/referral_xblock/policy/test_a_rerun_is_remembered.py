"""Studio says that a course was made as a re-run; the rules of the old one are offered, and nothing else changes."""

import pytest
from django.core.exceptions import PermissionDenied
from opaque_keys.edx.keys import CourseKey
from openedx_events.content_authoring import signals as authoring
from openedx_events.content_authoring.data import CourseData

from demo.host import DemoHost
from referral_xblock.models import CoursePolicy, Rerun
from referral_xblock.policy import listeners
from referral_xblock.policy.actions import copy_policy
from referral_xblock.policy.queries import other_runs, policy_of, rerun_source

pytestmark = pytest.mark.django_db(transaction=True)

COURSE_RERUN_COMPLETED = getattr(authoring, "COURSE_RERUN_COMPLETED", None)
OLD = CourseKey.from_string("course-v1:Other+Insects+2025")


@pytest.fixture
def studio(monkeypatch):
    """Listens as Studio does, and knows that every course is a re-run of an old one."""
    if COURSE_RERUN_COMPLETED is None:
        pytest.skip("Teak has no such event.")
    monkeypatch.setattr(DemoHost, "rerun_source", lambda _self, _course_key: OLD)
    assert listeners.connect()
    yield
    COURSE_RERUN_COMPLETED.disconnect(dispatch_uid="referral.rerun")


def tell(course_key):
    COURSE_RERUN_COMPLETED.send_event(course=CourseData(course_key=course_key))


def test_it_is_remembered_once_and_no_rule_changes(studio, course_key):
    for _delivery in range(2):
        tell(course_key)
    assert list(Rerun.objects.values_list("course_key", "source_key")) == [(course_key, OLD)]
    assert not CoursePolicy.objects.exists()


def test_what_is_remembered_counts_when_the_platform_has_forgotten(studio, course_key, monkeypatch):
    tell(course_key)
    monkeypatch.setattr(DemoHost, "rerun_source", lambda _self, _course_key: None)
    assert rerun_source(course_key) == OLD


def test_a_rerun_of_which_nobody_told_us_is_asked_for(course_key, monkeypatch):
    """Teak has no such event."""
    assert rerun_source(course_key) is None
    monkeypatch.setattr(DemoHost, "rerun_source", lambda _self, _course_key: OLD)
    assert rerun_source(course_key) == OLD


def test_a_platform_that_does_not_know_the_source_leaves_nothing(studio, course_key, monkeypatch):
    monkeypatch.setattr(DemoHost, "rerun_source", lambda _self, _course_key: None)
    tell(course_key)
    assert not Rerun.objects.exists()


@pytest.mark.parametrize("error", [RuntimeError("broken"), ConnectionError("gone")])
def test_an_error_of_ours_never_stops_the_rerun(studio, course_key, monkeypatch, error):
    def fail(_self, _course_key):
        raise error

    monkeypatch.setattr(DemoHost, "rerun_source", fail)
    COURSE_RERUN_COMPLETED.send_event(send_robust=False, course=CourseData(course_key=course_key))
    assert not Rerun.objects.exists()


def test_a_release_without_the_event_is_no_error(monkeypatch):
    monkeypatch.delattr(listeners.authoring, "COURSE_RERUN_COMPLETED", raising=False)
    assert listeners.connect() is False


def test_the_course_that_was_run_again_is_offered_first(studio, course_key, now):
    """Also under another name: Studio lets organisation and number be changed."""
    tell(course_key)
    earlier = str(course_key).replace("2026", "2025")
    stranger = "course-v1:Test+Birds+2025"
    for key in (earlier, str(OLD), stranger):
        CoursePolicy.objects.create(course_key=CourseKey.from_string(key), changed_at=now)
    led = [earlier, stranger, str(OLD), str(course_key)]
    assert other_runs(course_key, among=led) == [str(OLD), earlier]
    assert other_runs(course_key, among=[stranger]) == []


def test_who_does_not_lead_the_old_course_does_not_get_its_rules(studio, cast, course_key, now):
    tell(course_key)
    CoursePolicy.objects.create(course_key=OLD, window_days=12, changed_at=now)
    with pytest.raises(PermissionDenied):
        copy_policy(course_key=course_key, source=OLD, actor=cast.ada, now=now)
    assert policy_of(course_key).window_days == 30
