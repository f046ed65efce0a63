"""The contract holds of the demo's host, and says what is broken of one that breaks it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core import mail

from community_dashboard.data import Cohort, Due, Forum, Standing, Topic
from community_dashboard.host.chosen import get_host
from community_dashboard.host.contract import CHECKS, run_contract
from community_dashboard.host.promises.trial import Trial
from demo.campus import actions
from demo.dashboard_host import DashboardHost
from referral_xblock.data import Role
from tests.people import make_course

SOON = datetime(9999, 3, 2, tzinfo=UTC)


def test_the_demo_keeps_every_promise(cast, course_key):
    outcomes = run_contract(get_host(), course_key=course_key)
    assert len(outcomes) == len(CHECKS)
    assert [outcome for outcome in outcomes if not outcome.passed] == []


def test_in_an_empty_course_some_promises_cannot_be_tried(db):
    outcomes = run_contract(get_host(), course_key=make_course().course_key)
    assert {outcome.sentence for outcome in outcomes if outcome.passed is None} == {"Nobody is in the course."}
    assert [outcome for outcome in outcomes if outcome.passed is False] == []


class TestTheTrial:
    @pytest.fixture
    def empty(self, cast, now):
        """A course that nobody but ada, its author, is in."""
        key = make_course("course-v1:Test+Trial+2026").course_key
        actions.give_role(user=cast.ada, course_key=key, role=Role.COURSE_STAFF)
        actions.enrol(user=cast.ada, course_key=key, by=None, now=now)
        return key

    def test_a_thread_lives_and_dies_and_nothing_stays(self, empty, django_user_model):
        from forum.backends.mysql.models import CommentThread, ForumUser

        before = django_user_model.objects.count()
        outcomes = run_contract(get_host(), course_key=empty, write=True)
        assert [outcome for outcome in outcomes if outcome.passed is False] == []
        assert [outcome.name for outcome in outcomes[len(CHECKS) :]] == [check.__doc__ for check in Trial.CHECKS]
        assert all(outcome.passed for outcome in outcomes[len(CHECKS) :])
        assert (django_user_model.objects.count(), CommentThread.objects.count(), ForumUser.objects.count()) == (
            before,
            0,
            0,
        )
        assert mail.outbox == []

    def test_a_course_with_learners_is_refused_and_left_alone(self, cast, course_key):
        from forum.backends.mysql.models import CommentThread

        (refusal,) = run_contract(get_host(), course_key=course_key, write=True)[len(CHECKS) :]
        assert refusal.passed is False
        assert "has learners" in refusal.sentence
        assert CommentThread.objects.count() == 0

    def test_a_course_without_forum_is_not_tried(self, empty):
        class NoForum(DashboardHost):
            def forum(self, course_key):
                return Forum(False, False, "This course has no forum.")

        outcomes = run_contract(NoForum(), course_key=empty, write=True)
        assert outcomes[-1].passed is None
        assert outcomes[-1].sentence == "This course has no forum."

    @pytest.mark.parametrize(
        ("verb", "broken", "promise"),
        [
            ("start_thread", lambda self, **about: 1 / 0, "A learner starts a thread"),
            ("pin_thread", lambda self, **about: None, "A learner may not moderate"),
            ("clear_flags", lambda self, **about: None, "Reports are seen"),
            ("delete_post", lambda self, **about: None, "What is deleted is gone"),
        ],
    )
    def test_a_broken_act_is_named(self, empty, verb, broken, promise):
        host = type("Broken", (DashboardHost,), {verb: broken})()
        outcomes = run_contract(host, course_key=empty, write=True)[len(CHECKS) :]
        failed = [outcome for outcome in outcomes if outcome.passed is False]
        assert any(outcome.name.startswith(promise) and outcome.sentence for outcome in failed)


class Untold(DashboardHost):
    """Breaks one promise at a time; see BROKEN."""


def _each_alone(self, user_ids, course_key):
    found = {}
    for user_id in dict.fromkeys(user_ids):
        found |= DashboardHost.standings(self, [user_id], course_key)
    return found


def _endless(self, course_key, *, after=0, limit=500):
    return DashboardHost.roster(self, course_key, after=0, limit=limit)


def _nameless(self, course_key, *, after=0, limit=500):
    return [replace(member, username="") for member in DashboardHost.roster(self, course_key, after=after, limit=limit)]


def _silent(self, course_key):
    return Forum(False, False, "")


def _twice(self, course_key):
    return [Topic("a", "One"), Topic("a", "Two")]


def _repeated(self, course_key):
    return 2 * DashboardHost.outline(self, course_key)


def _all_to_all(self, *, by, course_key, thread_id, pinned=True):
    return None


def _best(self, user_ids, course_key):
    return {user_id: Standing(share=1.5) for user_id in user_ids}


def _all_soon(self, user_ids, course_key):
    return {user_id: [Due(None, ()), Due(datetime(2026, 3, 2, tzinfo=UTC), (SOON,))] for user_id in user_ids}


BROKEN = {
    "a_tab_can_be_made": ("course_tab_base", lambda self: object),
    "a_country_is_two_letters": ("country_of", lambda self, request: "Narnia"),
    "the_roster_goes_on": ("roster", _endless),
    "members_are_found": ("search_roster", lambda self, course_key, text, *, limit: {2**31 - 1}),
    "members_are_described": ("roster", _nameless),
    "everybody_gets_an_answer": ("last_seen", lambda self, user_ids, course_key: {}),
    "many_cost_as_one": ("standings", _each_alone),
    "standings_make_sense": ("standings", _best),
    "profiles_are_texts": ("profile_fields", lambda self: frozenset({"year_of_birth"})),
    "cohorts_agree": ("cohorts_of", lambda self, user_ids, course_key: dict.fromkeys(user_ids, 7)),
    "moderators_have_roles": ("moderators", lambda self, course_key: [2**31 - 1]),
    "a_visitor_is_nobody": ("cohort_of", lambda self, user, course_key: Cohort(1, "All")),
    "what_is_no_course_is_empty": ("roster_size", lambda self, course_key: 3),
    "the_outline_holds_blocks_once": ("outline", _repeated),
    "the_team_has_its_part": ("team", lambda self, course_key: [2**31 - 1]),
    "deadlines_are_moments": ("deadlines", lambda self, course_key: [datetime(2026, 3, 2)]),
    "own_deadlines_are_those_of_the_calendar": ("own_deadlines", _all_soon),
    "updates_have_days": ("updates", lambda self, course_key: [datetime(2026, 3, 2, tzinfo=UTC)]),
    "the_forum_is_described": ("forum", _silent),
    "topics_are_places": ("topics", _twice),
    "reasons_have_names": ("close_reasons", lambda self: {}),
    "a_visitor_may_nothing": ("pin_thread", _all_to_all),
    "what_is_gone_has_no_course": ("course_of_post", lambda self, ref, course_key: str(course_key)),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_host_that_breaks_a_promise_is_told_which(cast, course_key, check):
    verb, broken = BROKEN[check.__name__]
    outcomes = run_contract(type("Broken", (Untold,), {verb: broken})(), course_key=course_key)
    (found,) = (outcome for outcome in outcomes if outcome.name == check.__doc__.splitlines()[0])
    assert found.passed is False
    assert found.sentence


def test_a_host_that_raises_is_told_what(cast, course_key):
    def last_seen(self, user_ids, course_key):
        raise LookupError("no such table")

    outcomes = run_contract(type("Broken", (Untold,), {"last_seen": last_seen})(), course_key=course_key)
    assert "It raised LookupError: no such table" in {outcome.sentence for outcome in outcomes}
