"""The platform retires an account: nothing leads back to the person, and the course's counts stay."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError
from django.utils import timezone

from community_dashboard import retirement
from community_dashboard.activity import facts
from community_dashboard.activity.actions import forget_latecomers, record, record_many
from community_dashboard.models import Activity, Forgotten
from tests.community_dashboard.activity.happened import thread, week_of

pytestmark = pytest.mark.django_db
SIGNALS = import_module("openedx.core.djangoapps.user_api.accounts.signals")


def retire(user):
    """What the platform sends, in its order; the account keeps its number and has a new address by then."""
    SIGNALS.USER_RETIRE_LMS_MISC.send(sender=None, user=user)
    SIGNALS.USER_RETIRE_MAILINGS.send(sender=None, user=user, email="was@example.org", new_email=user.email)
    SIGNALS.USER_RETIRE_LMS_CRITICAL.send(sender=None, user=user)


@pytest.fixture
def told(cast, course_key, elsewhere, now):
    """What happened in two courses and outside, all of it recorded."""
    Activity.objects.all().delete()
    told = week_of(cast, course_key, now)
    told += [thread(70, cast.chen, elsewhere, now), facts.signed_in(event_id="c", user_id=cast.chen.id, at=now)]
    record_many(activities=told)
    return told


def test_no_row_leads_to_the_person(cast, told, now):
    posts = {one.about[1] for one in told if one.user_id == cast.chen.id and one.about[0] == "thread"}
    keys = {one.key for one in told if one.user_id == cast.chen.id}
    retire(cast.chen)
    assert not Activity.objects.filter(user=cast.chen).exists()
    assert not Activity.objects.filter(key__in=keys).exists()
    assert not Activity.objects.filter(object_kind="thread", object_id__in=posts).exists()
    moments = Activity.objects.exclude(stub=0).values_list("happened_at", flat=True)
    assert {(moment.hour, moment.minute, moment.second) for moment in moments} == {(0, 0, 0)}


def test_the_courses_keep_their_rows_under_one_stub_each(cast, course_key, elsewhere, told):
    before = Activity.objects.filter(course_key=course_key).count()
    retire(cast.chen)
    assert Activity.objects.filter(course_key=course_key).count() == before
    stubs = {key: set(Activity.objects.filter(course_key=key).exclude(stub=0).values_list("stub", flat=True))
             for key in (course_key, elsewhere)}  # fmt: skip
    assert [len(found) for found in stubs.values()] == [1, 1]
    assert stubs[course_key] != stubs[elsewhere]


def test_what_belongs_to_no_course_is_gone(cast, told):
    retire(cast.chen)
    retire(cast.dara)
    assert not Activity.objects.filter(kind="signed_in").exists()


def test_the_others_are_as_they_were(cast, told):
    before = list(Activity.objects.filter(user=cast.bo).order_by("id").values())
    retire(cast.chen)
    assert list(Activity.objects.filter(user=cast.bo).order_by("id").values()) == before


def test_which_block_was_completed_stays(cast, told):
    retire(cast.chen)
    (row,) = Activity.objects.filter(kind="completed")
    assert (row.user_id, row.object_kind, row.object_id) == (None, "block", "block")


def test_told_again_it_changes_nothing(cast, told):
    retire(cast.chen)
    before = list(Activity.objects.order_by("id").values())
    retire(cast.chen)
    assert list(Activity.objects.order_by("id").values()) == before
    assert Forgotten.objects.count() == 1


def test_what_is_told_of_them_later_does_not_stay(cast, course_key, told, now):
    retire(cast.chen)
    rows = Activity.objects.count()
    assert record_many(activities=told) == 0
    record(activity=thread(99, cast.chen, course_key, now + timedelta(days=9)))
    forget_latecomers()
    assert Activity.objects.count() == rows


def test_somebody_of_whom_nothing_is_known_can_be_retired(cast, told):
    retire(cast.ada)
    assert Forgotten.objects.filter(user=cast.ada).exists()


def test_an_error_is_told_to_the_platform_which_comes_again(cast, told, monkeypatch):
    def fail(**named):
        raise DatabaseError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(retirement, "forget_person", fail)
        with pytest.raises(DatabaseError):
            SIGNALS.USER_RETIRE_LMS_CRITICAL.send(sender=None, user=cast.chen)
    assert Activity.objects.filter(user=cast.chen).exists()
    retire(cast.chen)
    assert not Activity.objects.filter(user=cast.chen).exists()


def test_the_moment_of_forgetting_is_kept(cast, told):
    began = timezone.now()
    retire(cast.chen)
    assert Forgotten.objects.get().forgotten_at >= began
