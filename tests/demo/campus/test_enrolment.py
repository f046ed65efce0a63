"""Enrolling, leaving and coming back: which events, in which order, with what in them."""

import pytest
from django.test import override_settings
from openedx_events.learning.signals import (
    COURSE_ENROLLMENT_CHANGED,
    COURSE_ENROLLMENT_CREATED,
    COURSE_UNENROLLMENT_COMPLETED,
)
from openedx_filters import PipelineStep
from openedx_filters.learning.filters import CourseEnrollmentStarted

from demo.campus import actions, queries
from tests.people import make_course

SIGNALS = (COURSE_ENROLLMENT_CHANGED, COURSE_ENROLLMENT_CREATED, COURSE_UNENROLLMENT_COMPLETED)


class Refuse(PipelineStep):
    """A plugin that closes every course."""

    def run_filter(self, user, course_key, mode):
        raise CourseEnrollmentStarted.PreventEnrollment("This course is for members.")


def names(calls):
    return [signal for signal, _arguments in calls]


def test_enrolling_says_changed_and_then_created(cast, course_key, heard, now):
    with heard(*SIGNALS) as calls:
        row = actions.enrol(user=cast.dara, course_key=course_key, by=cast.dara, now=now)
    assert names(calls) == [COURSE_ENROLLMENT_CHANGED, COURSE_ENROLLMENT_CREATED]
    for _signal, arguments in calls:
        enrolment = arguments["enrollment"]
        assert (enrolment.user.id, enrolment.user.pii.username) == (cast.dara.id, "dara")
        assert (enrolment.user.pii.email, enrolment.user.pii.name) == ("dara@example.org", "Dara Okafor")
        assert enrolment.course.course_key == course_key
        assert enrolment.course.display_name == "Bees and other visitors"
        assert (enrolment.mode, enrolment.is_active, enrolment.creation_date) == ("audit", True, now)
        assert enrolment.created_by is None  # the LMS leaves it empty
        assert arguments["metadata"].time == now
    assert row.active


def test_leaving_says_changed_and_then_unenrolled(cast, course_key, heard, now):
    with heard(*SIGNALS) as calls:
        actions.unenrol(user=cast.chen, course_key=course_key, by=cast.chen, now=now)
    assert names(calls) == [COURSE_ENROLLMENT_CHANGED, COURSE_UNENROLLMENT_COMPLETED]
    assert [arguments["enrollment"].is_active for _signal, arguments in calls] == [False, False]
    assert not queries.is_enrolled(cast.chen, course_key)


def test_coming_back_is_announced_again_and_keeps_the_first_day(cast, course_key, heard, now):
    first = queries.enrolment(cast.chen, course_key).created
    actions.unenrol(user=cast.chen, course_key=course_key, by=cast.chen, now=now)
    with heard(*SIGNALS) as calls:
        actions.enrol(user=cast.chen, course_key=course_key, by=cast.chen, now=now.replace(year=2027))
    assert names(calls) == [COURSE_ENROLLMENT_CHANGED, COURSE_ENROLLMENT_CREATED]
    assert calls[1][1]["enrollment"].creation_date == first == now


def test_leaving_twice_is_announced_once(cast, course_key, heard, now):
    actions.unenrol(user=cast.chen, course_key=course_key, by=cast.chen, now=now)
    with heard(*SIGNALS) as calls:
        actions.unenrol(user=cast.chen, course_key=course_key, by=cast.chen, now=now)
        assert actions.unenrol(user=cast.dara, course_key=course_key, by=cast.dara, now=now) is None
    assert calls == []


def test_one_cannot_enrol_oneself_twice_but_the_team_may(cast, course_key, heard, now):
    with heard(*SIGNALS) as calls:
        with pytest.raises(actions.AlreadyEnrolledError):
            actions.enrol(user=cast.chen, course_key=course_key, by=cast.chen, now=now)
        assert calls == []
        actions.enrol(user=cast.chen, course_key=course_key, by=cast.ada, now=now)
    assert names(calls) == [COURSE_ENROLLMENT_CREATED]  # as in the LMS: said again although nothing changed


def test_another_mode_is_a_change(cast, course_key, heard, now):
    with heard(*SIGNALS) as calls:
        actions.enrol(user=cast.chen, course_key=course_key, mode="honor", by=cast.ada, now=now)
    assert names(calls) == [COURSE_ENROLLMENT_CHANGED, COURSE_ENROLLMENT_CREATED]
    assert queries.enrolment(cast.chen, course_key).mode == "honor"


def test_a_plugin_may_refuse_an_enrolment(cast, course_key, client_of, heard, now):
    step = f"{__name__}.Refuse"
    pipeline = {CourseEnrollmentStarted.filter_type: {"fail_silently": False, "pipeline": [step]}}
    browser = client_of(cast.dara)
    with override_settings(OPEN_EDX_FILTERS_CONFIG=pipeline), heard(*SIGNALS) as calls:
        page = browser.post(f"/courses/{course_key}/enrol", follow=True)
    assert "This course is for members." in page.content.decode()
    assert calls == []
    assert queries.enrolment(cast.dara, course_key) is None


def test_a_closed_course_does_not_exist_for_a_stranger(cast, course_key, client_of, now):
    closed = make_course("course-v1:Test+Closed+2026", open_to_public=False).course_key
    browser = client_of(cast.dara)
    assert browser.get(f"/courses/{closed}/about").status_code == 404
    assert browser.get(f"/courses/{closed}/").status_code == 404
    assert browser.get(f"/courses/{closed}/picture").status_code == 404
    with pytest.raises(actions.EnrolmentRefusedError):
        actions.enrol(user=cast.dara, course_key=closed, by=cast.dara, now=now)
    actions.enrol(user=cast.dara, course_key=closed, by=cast.ada, now=now)
    assert browser.get(f"/courses/{closed}/about").status_code == 200


def test_the_team_enrols_within_its_own_request(cast, course_key, client_of):
    from crum import get_current_request

    seen = []

    def receiver(enrollment, **_):
        seen.append((get_current_request().user.username, enrollment.user.pii.username))

    COURSE_ENROLLMENT_CREATED.connect(receiver)
    try:
        client_of(cast.ada).post(f"/courses/{course_key}/team/enrol", {"identifier": "dara"})
    finally:
        COURSE_ENROLLMENT_CREATED.disconnect(receiver)
    assert seen == [("ada", "dara")]


@pytest.mark.parametrize("who", ["bo", "chen", "dara", "eli"])
def test_only_the_team_enrols_others(cast, course_key, client_of, who):
    answer = client_of(getattr(cast, who)).post(f"/courses/{course_key}/team/enrol", {"identifier": "dara"})
    assert answer.status_code == 403
    assert not queries.is_enrolled(cast.dara, course_key)


def test_a_name_that_nobody_has_is_said_so(cast, course_key, client_of):
    answer = client_of(cast.ada).post(f"/courses/{course_key}/team/enrol", {"identifier": "nobody"}, follow=True)
    assert "Nobody here has this username." in answer.content.decode()


def test_a_picture_or_a_frame_enrols_nobody(cast, course_key, client_of):
    browser = client_of(cast.dara)
    address = f"/account/finish_auth?course_id={str(course_key).replace('+', '%2B')}&enrollment_action=enroll&next=/"
    for mode, destination in (("no-cors", "image"), ("navigate", "iframe"), ("cors", "empty")):
        headers = {"sec-fetch-mode": mode, "sec-fetch-dest": destination}
        assert browser.get(address, headers=headers).status_code == 303
        assert not queries.is_enrolled(cast.dara, course_key)
    browser.get(address, headers={"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"})
    assert queries.is_enrolled(cast.dara, course_key)


def test_an_address_with_plus_signs_or_with_their_code_is_one_course(cast, course_key, client):
    assert client.get(f"/courses/{course_key}/about").status_code == 200
    assert client.get(f"/courses/{str(course_key).replace('+', '%2B')}/about").status_code == 200
    assert client.get("/courses/course-v1:Test+None+2026/about").status_code == 404
    assert client.get("/courses/nonsense/about").status_code == 404
