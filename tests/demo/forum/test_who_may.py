"""Who may do what in the forum of the demo, by the table of the product."""

import pytest
from django.contrib.auth.models import AnonymousUser

from community_dashboard.data import Act
from community_dashboard.host.errors import NotAllowedError
from demo.campus import actions
from demo.forum.models import Cohort, CohortMember
from referral_xblock.data import Role
from tests.people import make_course

ACTS = {
    "edit_post": lambda asked: {"ref": asked.answer.ref, "reason": "needs-clarity", "body": "x"},
    "close_thread": lambda asked: {"thread_id": asked.thread.ref.id, "reason": "duplicate"},
    "reopen_thread": lambda asked: {"thread_id": asked.thread.ref.id},
    "pin_thread": lambda asked: {"thread_id": asked.thread.ref.id},
    "endorse": lambda asked: {"comment_id": asked.answer.ref.id},
    "move_thread": lambda asked: {"thread_id": asked.thread.ref.id, "topic_id": "hive"},
    "clear_flags": lambda asked: {"ref": asked.thread.ref},
    "delete_post": lambda asked: {"ref": asked.thread.ref},
}
EVERYBODYS = {
    "read_post": lambda asked: {"ref": asked.thread.ref},
    "list_threads": lambda asked: {},
    "list_comments": lambda asked: {"thread_id": asked.thread.ref.id},
    "flag_post": lambda asked: {"ref": asked.answer.ref},
    "reply": lambda asked: {"thread_id": asked.thread.ref.id, "body": "x"},
    "start_thread": lambda asked: {"topic_id": "course", "title": "x", "body": "x"},
}


@pytest.mark.parametrize("verb", ACTS)
def test_only_those_who_moderate_moderate(cast, course_key, asked, host, verb):
    for person in (cast.ada, cast.chen, cast.dara, AnonymousUser()):
        with pytest.raises(NotAllowedError):
            getattr(host, verb)(by=person, course_key=course_key, **ACTS[verb](asked))
    getattr(host, verb)(by=cast.bo, course_key=course_key, **ACTS[verb](asked))


@pytest.mark.parametrize("verb", EVERYBODYS)
def test_what_everybody_in_the_course_may_is_closed_to_strangers(cast, course_key, asked, host, verb):
    for person in (cast.dara, AnonymousUser()):
        with pytest.raises(NotAllowedError):
            getattr(host, verb)(by=person, course_key=course_key, **EVERYBODYS[verb](asked))
    for person in (cast.ada, cast.bo, cast.chen):
        getattr(host, verb)(by=person, course_key=course_key, **EVERYBODYS[verb](asked))


def test_the_team_of_another_course_is_a_stranger_here(cast, course_key, asked, host):
    other = make_course("course-v1:Test+Wasps101+2026").course_key
    for role in (Role.COURSE_STAFF, Role.FORUM_MODERATOR):
        actions.give_role(user=cast.dara, course_key=other, role=role)
    for verb, about in (ACTS | EVERYBODYS).items():
        with pytest.raises(NotAllowedError):
            getattr(host, verb)(by=cast.dara, course_key=course_key, **about(asked))


def test_the_list_of_reported_threads_is_for_those_who_moderate(cast, course_key, asked, host):
    with pytest.raises(NotAllowedError):
        host.list_threads(by=cast.chen, course_key=course_key, flagged=True)


class TestGroupModerators:
    """dara moderates a cohort, and chen is in it or is not."""

    @pytest.fixture
    def dara(self, cast, course_key, now):
        actions.enrol(user=cast.dara, course_key=course_key, by=None, now=now)
        actions.give_role(user=cast.dara, course_key=course_key, role=Role.GROUP_MODERATOR)
        return cast.dara

    @pytest.fixture
    def join(self, course_key):
        def one(person, name):
            cohort, _made = Cohort.objects.get_or_create(course_key=course_key, name=name)
            CohortMember.objects.create(user=person, course_key=course_key, cohort=cohort)

        return one

    def test_acts_on_posts_of_the_own_cohort(self, cast, course_key, dara, join, asked, host):
        join(dara, "Red")
        join(cast.chen, "Red")
        assert host.pin_thread(by=dara, course_key=course_key, thread_id=asked.thread.ref.id).pinned
        with pytest.raises(NotAllowedError, match="own cohort"):
            host.delete_post(by=dara, course_key=course_key, ref=asked.answer.ref)  # bo is in no cohort

    def test_acts_on_threads_meant_for_the_own_cohort(self, cast, course_key, dara, join, host, ask):
        join(dara, "Red")
        join(cast.chen, "Red")
        thread = ask()
        CohortMember.objects.filter(user=cast.chen).delete()  # the author has left; the thread is still the cohort's
        assert host.pin_thread(by=dara, course_key=course_key, thread_id=thread.ref.id).pinned

    def test_leaves_other_cohorts_alone(self, cast, course_key, dara, join, asked, host):
        join(dara, "Red")
        join(cast.chen, "Blue")
        for verb in ("close_thread", "delete_post", "clear_flags"):
            with pytest.raises(NotAllowedError, match="own cohort"):
                getattr(host, verb)(by=dara, course_key=course_key, **ACTS[verb](asked))
        assert host.flag_post(by=dara, course_key=course_key, ref=asked.thread.ref).flagged

    def test_without_a_cohort_moderates_nothing(self, course_key, dara, asked, host):
        with pytest.raises(NotAllowedError, match="own cohort"):
            host.pin_thread(by=dara, course_key=course_key, thread_id=asked.thread.ref.id)

    def test_sees_threads_of_all_and_of_the_own_cohort(self, cast, course_key, dara, join, host, ask):
        for_all = ask("For all")
        join(dara, "Red")
        join(cast.chen, "Red")
        red = ask("For red")
        CohortMember.objects.filter(user=cast.chen).delete()
        join(cast.chen, "Blue")
        ask("For blue")
        listed = host.list_threads(by=dara, course_key=course_key)
        assert {post.ref for post in listed.posts} == {for_all.ref, red.ref}
        assert {post.title for post in host.list_threads(by=cast.bo, course_key=course_key).posts} == {
            "For all",
            "For red",
            "For blue",
        }


def test_a_part_in_the_course_is_what_counts_at_the_moment_of_the_act(cast, course_key, asked, host):
    actions.take_role(user=cast.bo, course_key=course_key, role=Role.FORUM_MODERATOR)
    with pytest.raises(NotAllowedError):
        host.pin_thread(by=cast.bo, course_key=course_key, thread_id=asked.thread.ref.id)
    assert Act.PIN not in host.read_post(by=cast.bo, course_key=course_key, ref=asked.thread.ref).acts
