"""The platform's own signals with the data that the platform sends, and what they make of a journey. Each may come twice."""

from datetime import UTC, datetime, timedelta

import pytest
from ccx_keys.locator import CCXLocator
from completion.models import BlockCompletion
from openedx_events.learning.data import (
    CcxCourseData,
    CcxCoursePassingStatusData,
    CertificateData,
    CourseData,
    CourseEnrollmentData,
    CoursePassingStatusData,
    PersistentCourseGradeData,
    UserData,
    UserPersonalData,
)
from openedx_events.learning.signals import (
    CCX_COURSE_PASSING_STATUS_UPDATED,
    CERTIFICATE_CHANGED,
    CERTIFICATE_CREATED,
    CERTIFICATE_REVOKED,
    COURSE_ENROLLMENT_CREATED,
    COURSE_PASSING_STATUS_UPDATED,
    COURSE_UNENROLLMENT_COMPLETED,
    PERSISTENT_GRADE_SUMMARY_CHANGED,
    SESSION_LOGIN_COMPLETED,
    STUDENT_REGISTRATION_COMPLETED,
)

from demo.campus import actions as campus
from demo.host import DemoHost
from referral_xblock.data import Telling
from referral_xblock.journey.actions import type_code
from referral_xblock.links.queries import find_link
from referral_xblock.models import Event, Journey, Waiting

pytestmark = pytest.mark.django_db(transaction=True)

DAY = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def friend(link, cast, course_key):
    """dara, enrolled and brought by chen's code: a credited journey."""
    campus.enrol(user=cast.dara, course_key=course_key, by=cast.dara, now=DAY)
    type_code(user=cast.dara, link=find_link(link.code, now=DAY), tells=Telling.DAY, now=DAY)
    return cast.dara


def user_data(user):
    return UserData(id=user.id, is_active=True, pii=UserPersonalData(username=user.username, email=user.email, name=""))


def enrolment(user, course_key, **values):
    values = {"mode": "audit", "is_active": True, "creation_date": DAY} | values
    return CourseEnrollmentData(user=user_data(user), course=CourseData(course_key=course_key), **values)


def certificate(user, course_key, status):
    return CertificateData(
        user=user_data(user),
        course=CourseData(course_key=course_key),
        mode="honor",
        grade="0.8",
        download_url="",
        name="",
        current_status=status,
    )


def grade(user, course_key, *, letter, passed):
    return PersistentCourseGradeData(
        user_id=user.id,
        course=CourseData(course_key=course_key),
        course_edited_timestamp=DAY,
        course_version="1",
        grading_policy_hash="x",
        percent_grade=0.8,
        letter_grade=letter,
        passed_timestamp=passed,
    )


def status(user, course_key, passing):
    return CoursePassingStatusData(
        is_passing=passing, user=user_data(user), course=CourseData(course_key=course_key, display_name="")
    )


def twice(signal, *, at, **data):
    """The event bus may deliver what was sent a second time, with the same number."""
    metadata = signal.generate_signal_metadata(time=at)
    for _delivery in range(2):
        signal.send_event_with_custom_metadata(metadata, **data)


def journey():
    return Journey.objects.get()


def test_leaving_and_coming_back(friend, course_key):
    twice(COURSE_UNENROLLMENT_COMPLETED, at=DAY + timedelta(days=1), enrollment=enrolment(friend, course_key))
    assert journey().unenrolled_at == DAY + timedelta(days=1)
    twice(COURSE_ENROLLMENT_CREATED, at=DAY + timedelta(days=2), enrollment=enrolment(friend, course_key))
    assert (journey().unenrolled_at, journey().enrolled_at) == (None, DAY)
    assert Event.objects.filter(kind="unenrolled").count() == Event.objects.filter(kind="present").count() == 1


def test_passing_failing_and_passing_again(friend, course_key):
    signal = COURSE_PASSING_STATUS_UPDATED
    for hour, passing in enumerate((False, False, True, True, False, False, True)):
        twice(signal, at=DAY + timedelta(hours=hour), course_passing_status=status(friend, course_key, passing))
    assert journey().completed_at == DAY + timedelta(hours=2)
    assert journey().lapsed_at is None
    assert list(
        Event.objects.filter(kind__in=["completed", "lapsed"]).order_by("id").values_list("kind", flat=True)
    ) == [
        "completed",
        "lapsed",
        "completed",
    ], "only a change is a row"


def test_no_longer_passing_is_kept(friend, course_key):
    for hour, passing in enumerate((True, False)):
        twice(
            COURSE_PASSING_STATUS_UPDATED,
            at=DAY + timedelta(hours=hour),
            course_passing_status=status(friend, course_key, passing),
        )
    assert journey().lapsed_at == DAY + timedelta(hours=1)


def test_a_kept_grade_says_when_the_course_was_first_passed(friend, course_key):
    passed = status(friend, course_key, True)
    twice(COURSE_PASSING_STATUS_UPDATED, at=DAY + timedelta(days=3), course_passing_status=passed)
    summary = grade(friend, course_key, letter="Pass", passed=DAY + timedelta(days=1))
    twice(PERSISTENT_GRADE_SUMMARY_CHANGED, at=DAY + timedelta(days=3), grade=summary)
    assert journey().completed_at == DAY + timedelta(days=1)


@pytest.mark.parametrize(("letter", "passed"), [("", None), ("", DAY), ("Pass", None)])
def test_a_grade_that_does_not_pass_completes_nothing(friend, course_key, letter, passed):
    summary = grade(friend, course_key, letter=letter, passed=passed)
    twice(PERSISTENT_GRADE_SUMMARY_CHANGED, at=DAY, grade=summary)
    assert journey().completed_at is None


def test_a_custom_course_has_an_event_of_its_own(link, cast, course_key, now):
    ccx = CCXLocator.from_course_locator(course_key, "1")
    from referral_xblock.links.actions import ensure_links

    own = ensure_links(owner_id=cast.chen.id, course_key=ccx, placement="", channels=["copy"], now=DAY)["copy"]
    type_code(user=cast.dara, link=find_link(own.code, now=DAY), tells=Telling.DAY, now=DAY)
    passed = CcxCoursePassingStatusData(
        is_passing=True,
        user=user_data(cast.dara),
        course=CcxCourseData(ccx_course_key=ccx, master_course_key=course_key),
    )
    twice(CCX_COURSE_PASSING_STATUS_UPDATED, at=DAY, course_passing_status=passed)
    assert Journey.objects.get(course_key=ccx).completed_at == DAY


def test_a_certificate_completes_and_one_taken_back_lapses(friend, course_key):
    made = certificate(friend, course_key, "downloadable")
    for signal in (CERTIFICATE_CHANGED, CERTIFICATE_CREATED):
        twice(signal, at=DAY + timedelta(days=1), certificate=made)
    assert (journey().completed_at, journey().lapsed_at) == (DAY + timedelta(days=1), None)
    gone = certificate(friend, course_key, "unavailable")
    for signal in (CERTIFICATE_CHANGED, CERTIFICATE_REVOKED):
        twice(signal, at=DAY + timedelta(days=2), certificate=gone)
    assert journey().lapsed_at == DAY + timedelta(days=2)
    assert Event.objects.filter(kind__in=["completed", "lapsed"]).count() == 2, "one change told four times is one row"


def test_who_loses_the_certificate_and_still_passes_has_completed(friend, course_key, monkeypatch):
    twice(CERTIFICATE_CREATED, at=DAY, certificate=certificate(friend, course_key, "downloadable"))
    monkeypatch.setattr(DemoHost, "has_passed", lambda *_arguments: True)
    twice(CERTIFICATE_REVOKED, at=DAY + timedelta(days=2), certificate=certificate(friend, course_key, "unverified"))
    assert journey().lapsed_at is None


def test_the_first_block_makes_active_and_enough_of_them_complete_where_nothing_is_graded(friend, tiny_course):
    from demo.courseware.models import Course

    Course.objects.update(graded=False)
    for number, block in enumerate(tiny_course.completable):
        BlockCompletion.objects.submit_completion(user=friend, block_key=block, completion=1.0)
        assert journey().active_at is not None
        assert (journey().completed_at is not None) == (number + 1 == len(tiny_course.completable))


def test_who_was_not_invited_leaves_only_the_registration_and_the_first_enrolment(cast, course_key, tiny_course):
    bo = cast.bo
    before = Event.objects.filter(user=bo).count()
    twice(STUDENT_REGISTRATION_COMPLETED, at=DAY, user=user_data(bo))
    twice(SESSION_LOGIN_COMPLETED, at=DAY, user=user_data(bo))
    twice(COURSE_ENROLLMENT_CREATED, at=DAY, enrollment=enrolment(bo, course_key))
    twice(COURSE_UNENROLLMENT_COMPLETED, at=DAY, enrollment=enrolment(bo, course_key))
    twice(COURSE_PASSING_STATUS_UPDATED, at=DAY, course_passing_status=status(bo, course_key, True))
    twice(CERTIFICATE_CREATED, at=DAY, certificate=certificate(bo, course_key, "downloadable"))
    twice(PERSISTENT_GRADE_SUMMARY_CHANGED, at=DAY, grade=grade(bo, course_key, letter="Pass", passed=DAY))
    BlockCompletion.objects.submit_completion(user=bo, block_key=tiny_course.completable[0], completion=1.0)
    assert Event.objects.filter(user=bo).count() == before + 2
    assert not Waiting.objects.exists()
    assert not Journey.objects.exists()
