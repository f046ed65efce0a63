"""Each signal of the platform, sent as the platform sends it, leaves its row; the receivers are those that plugins connect."""

from datetime import timedelta

import pytest
from completion.models import BlockCompletion
from edx_django_utils.plugins import registry
from opaque_keys.edx.keys import CourseKey, UsageKey
from openedx_events.learning import data, signals

from community_dashboard.models import Activity
from demo.campus import actions
from tests.community_dashboard.listeners.telling import (
    IN_MONGO,
    ForumPost,
    ForumUser,
    certificate_data,
    enrolment_data,
    forum_signal,
    grade_data,
    occasions,
    passing_data,
    user_data,
)

pytestmark = pytest.mark.django_db


def rows(*kinds):
    found = Activity.objects.filter(kind__in=kinds) if kinds else Activity.objects.all()
    return list(found.order_by("id"))


def config(project):
    found = [app for app in registry.get_plugin_app_configs(project) if app.name == "community_dashboard"]
    return found[0].plugin_app.get("signals_config", {}).get(project)


@pytest.fixture(autouse=True)
def _nothing_before(cast):
    """The cast's own enrolments were recorded too; they are not what these tests look at."""
    Activity.objects.all().delete()


def test_the_platform_finds_receivers_for_the_lms_and_none_for_studio():
    assert config("cms.djangoapp") is None
    from django.utils.module_loading import import_string

    for receiver in config("lms.djangoapp")["receivers"]:
        signal = import_string(receiver["signal_path"])
        connected = [key for key, *_rest in signal.receivers if key[0] == receiver["dispatch_uid"]]
        assert len(connected) == 1, receiver


@pytest.mark.parametrize(
    "kind",
    [
        "registered", "signed_in", "enrolled", "left", "graded", "passed", "certified", "revoked", "posted", "answered",
        "commented",
    ],
)  # fmt: skip
def test_an_event_leaves_one_row(cast, course_key, now, kind):
    signal, arguments = occasions(cast, course_key, now)[kind]
    signal.send_event(time=now, **arguments)
    (row,) = rows()
    somewhere = None if kind in ("registered", "signed_in") else course_key
    assert (row.kind, row.user_id, row.course_key, row.happened_at) == (kind, cast.chen.id, somewhere, now)
    about = {"posted": ("thread", "901"), "answered": ("comment", "902"), "commented": ("comment", "903")}
    assert (row.object_kind, row.object_id) == about.get(kind, ("", ""))


def test_coming_back_is_told_as_an_enrolment_and_recorded_apart(cast, course_key, now):
    back = now + timedelta(days=3)
    for moment in (now, back):
        data_ = enrolment_data(cast.chen, course_key, created=now)
        signals.COURSE_ENROLLMENT_CREATED.send_event(time=moment, enrollment=data_)
    assert [(row.kind, row.happened_at) for row in rows()] == [("enrolled", now), ("came_back", back)]


def test_leaving_and_coming_back_on_the_campus_itself(cast, course_key, now):
    actions.enrol(user=cast.dara, course_key=course_key, by=cast.dara, now=now)
    actions.unenrol(user=cast.dara, course_key=course_key, by=cast.dara, now=now + timedelta(hours=1))
    actions.enrol(user=cast.dara, course_key=course_key, by=cast.dara, now=now + timedelta(hours=2))
    assert [row.kind for row in rows()] == ["enrolled", "left", "came_back"]


def test_who_does_not_pass_leaves_no_row(cast, course_key, now):
    status = passing_data(cast.chen, course_key, passing=False)
    signals.COURSE_PASSING_STATUS_UPDATED.send_event(time=now, course_passing_status=status)
    assert rows() == []


def test_a_custom_course_names_its_key_differently(cast, now):
    key = CourseKey.from_string("ccx-v1:Test+Bees101+2026+ccx@1")
    status = data.CcxCoursePassingStatusData(
        is_passing=True,
        course=data.CcxCourseData(
            ccx_course_key=key, master_course_key=CourseKey.from_string("course-v1:Test+Bees101+2026")
        ),
        user=user_data(cast.chen),
    )
    signals.CCX_COURSE_PASSING_STATUS_UPDATED.send_event(time=now, course_passing_status=status)
    assert [(row.kind, row.course_key) for row in rows()] == [("passed", key)]


def test_a_grade_says_when_the_learner_first_passed(cast, course_key, now):
    before = now - timedelta(days=1)
    signals.PERSISTENT_GRADE_SUMMARY_CHANGED.send_event(
        time=now, grade=grade_data(cast.chen, course_key, at=now, passed_at=before)
    )
    assert {(row.kind, row.happened_at) for row in rows()} == {("graded", now), ("passed", before)}


@pytest.mark.parametrize(("status", "counts"), [("downloadable", 1), ("generating", 0), ("notpassing", 0)])
def test_a_changed_certificate_counts_when_it_can_be_had(cast, course_key, now, status, counts):
    signals.CERTIFICATE_CHANGED.send_event(time=now, certificate=certificate_data(cast.chen, course_key, status))
    assert len(rows("certified")) == counts


def test_the_first_completion_of_a_block_counts(cast, tiny_course):
    block = tiny_course.completable[0]
    for completion in (0.0, 1.0, 0.5):
        BlockCompletion.objects.submit_completion(user=cast.chen, block_key=block, completion=completion)
    (row,) = rows()
    assert (row.kind, row.user_id, row.course_key) == ("completed", cast.chen.id, tiny_course.course_key)
    assert (row.object_kind, row.object_id) == ("block", str(block))


def test_what_is_completed_in_a_library_belongs_to_no_course(cast):
    block = UsageKey.from_string("lb:Test:Bees:html:read")
    BlockCompletion.objects.submit_completion(user=cast.chen, block_key=block, completion=1.0)
    assert rows() == []


@pytest.mark.parametrize(
    ("signal", "post", "kind"),
    [
        ("thread_edited", "thread", "edited"),
        ("comment_edited", "comment", "edited"),
        ("thread_deleted", "thread", "deleted"),
        ("comment_deleted", "comment", "deleted"),
        ("thread_flagged", "thread", "flagged"),
        ("comment_flagged", "comment", "flagged"),
        ("thread_voted", "thread", "voted"),
        ("thread_voted", "comment", "voted"),
        ("comment_voted", "comment", "voted"),
        ("comment_endorsed", "comment", "endorsed"),
        ("thread_followed", "thread", "followed"),
    ],
)
def test_a_signal_of_the_forum_tells_of_a_post_in_mongodb(cast, course_key, signal, post, kind):
    forum_signal(signal).send(sender=None, user=ForumUser(cast.bo), post=ForumPost(post, IN_MONGO, course_key))
    (row,) = rows()
    assert (row.kind, row.user_id, row.course_key) == (kind, cast.bo.id, course_key)
    assert (row.object_kind, row.object_id) == (post, IN_MONGO)


@pytest.mark.parametrize("signal", ["thread_edited", "thread_flagged", "thread_voted"])
def test_what_the_forums_tables_keep_exactly_is_left_to_them(cast, course_key, signal):
    forum_signal(signal).send(sender=None, user=cast.bo, post=ForumPost("thread", "12", course_key))
    assert rows() == []


def test_a_vote_on_an_answer_is_told_twice_and_recorded_once(cast, course_key):
    post = ForumPost("comment", IN_MONGO, course_key)
    forum_signal("thread_voted").send(sender=None, user=cast.bo, post=post)
    forum_signal("comment_voted").send(sender=None, user=cast.bo, post=post)
    assert [(row.kind, row.object_kind) for row in rows()] == [("voted", "comment")]
