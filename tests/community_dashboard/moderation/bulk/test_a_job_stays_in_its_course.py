"""Whoever begins a job, no post of a course that they do not moderate is touched."""

import pytest
from django.utils import timezone

from community_dashboard.moderation.bulk import actions
from community_dashboard.moderation.bulk.errors import EmptyJobError, NoJobError
from community_dashboard.moderation.bulk.models import BulkJob
from community_dashboard.moderation.bulk.scopes import CHOICES, Kind, Scope
from community_dashboard.moderation.decisions.errors import NotAllowedError
from community_dashboard.moderation.decisions.models import Decision
from demo.campus.actions import enrol

pytestmark = pytest.mark.django_db(transaction=True)

FIELDS = {"sure": "yes", "topic_id": "course"}


@pytest.fixture
def theirs(cast, elsewhere, posted):
    """Posts of chen's in another course, which bo does not moderate."""
    enrol(user=cast.chen, course_key=elsewhere, by=cast.chen, now=timezone.now())
    return posted(2, where=elsewhere)


@pytest.mark.parametrize("choice", CHOICES)
def test_posts_of_another_course_are_not_meant(choice, cast, elsewhere, theirs, begin, body_of):
    for scope in (
        Scope(Kind.SELECTION, refs=tuple(theirs)),
        Scope(Kind.FILTER),
        Scope(Kind.AUTHOR, author_id=cast.chen.id),
    ):
        with pytest.raises(EmptyJobError):
            begin(scope=scope, choice=choice, fields=FIELDS)
    assert not Decision.objects.exists()
    assert all("honey" in body_of(ref, by=cast.chen, where=elsewhere) for ref in theirs)


@pytest.mark.parametrize("choice", CHOICES)
def test_a_selection_over_two_courses_touches_the_own_one_alone(
    choice, cast, elsewhere, theirs, posted, begin, body_of
):
    own = posted(1)
    job = begin(own + theirs, choice=choice, fields=FIELDS, reason="off-topic" if choice == "close" else "Advertising")
    assert job.total == 1
    assert set(Decision.objects.values_list("course_key", flat=True)) <= {job.course_key}
    assert all("honey" in body_of(ref, by=cast.chen, where=elsewhere) for ref in theirs)


@pytest.mark.parametrize("who", ["stranger", "learner", "course staff", "staff of another course", "data researcher"])
def test_who_does_not_moderate_here_begins_nothing(who, everybody, posted, begin, body_of):
    refs = posted(1)
    with pytest.raises(NotAllowedError):
        begin(refs, by=everybody[who])
    assert not BulkJob.objects.exists()
    assert "honey" in body_of(refs[0])


@pytest.mark.parametrize("act", ["stop", "go_on", "undo"])
def test_a_job_of_another_course_is_none_here(act, cast, elsewhere, posted, begin, everybody):
    job = begin(posted(1))
    more = {} if act == "stop" else {"now": timezone.now()}
    with pytest.raises(NotAllowedError):
        getattr(actions, act)(by=everybody["staff of another course"], course_key=elsewhere, job_id=job.pk, **more)
    with pytest.raises(NoJobError):
        getattr(actions, act)(by=everybody["global staff"], course_key=elsewhere, job_id=job.pk, **more)
    assert Decision.objects.filter(undone_at=None).count() == 1
