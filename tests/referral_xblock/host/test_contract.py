"""The demo's host keeps the contract, and every check of the contract finds the host that does not."""

import inspect
from dataclasses import replace
from datetime import datetime

import pytest
from django.core import mail
from django.core.mail import send_mail
from opaque_keys.edx.keys import CourseKey
from openedx_events.learning.signals import COURSE_ENROLLMENT_CREATED

from demo.campus import actions
from demo.campus.models import Enrolment
from referral_xblock.api import Outcome, Role, get_host, run_contract
from referral_xblock.data import Person, Unit, UnitState
from referral_xblock.host.contract import CHECKS
from referral_xblock.host.edx_platform import EdxPlatform
from referral_xblock.host.interface import Host
from tests.people import NOW, make_course
from tests.referral_xblock.host.wrapping import Wrapping

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(cast, tiny_course):
    """`checked(host)` runs the read-only contract for chen in the tiny course; outcomes by name."""

    def run(host=None) -> dict[str, Outcome]:
        outcomes = run_contract(
            host or get_host(),
            course_key=tiny_course.course_key,
            learner=cast.chen,
            usage_key=tiny_course.referral,
        )
        assert len(outcomes) == len(CHECKS)
        return {outcome.name: outcome for outcome in outcomes}

    return run


@pytest.fixture
def empty_course(db):
    """A course that nobody is in."""
    return make_course("course-v1:Test+Trial+2026").course_key


@pytest.fixture
def tried(empty_course):
    """`tried(host)` runs the trial in a course that nobody is in; its outcomes by name."""

    def run(host=None) -> dict[str, Outcome]:
        outcomes = run_contract(host or get_host(), course_key=empty_course, write=True)[len(CHECKS) :]
        return {outcome.name: outcome for outcome in outcomes}

    return run


def test_the_demo_keeps_every_promise(checked):
    assert [outcome for outcome in checked().values() if not outcome.passed] == []


def test_the_trial_passes_in_the_demo_and_leaves_nothing(tried, empty_course, django_user_model):
    assert [outcome for outcome in tried().values() if not outcome.passed] == []
    assert not django_user_model.objects.filter(username__startswith="contract-").exists()
    assert not Enrolment.objects.filter(course_key=empty_course).exists()


def test_what_cannot_be_tried_is_said_and_not_failed(empty_course):
    outcomes = {outcome.name: outcome for outcome in run_contract(get_host(), course_key=empty_course)}
    assert outcomes["A learner is described"] == Outcome("A learner is described", None, "Nobody is in the course.")
    assert outcomes["A block is found in its unit"].sentence == "No block was named."
    assert all(outcome.passed is not False for outcome in outcomes.values())


@pytest.mark.parametrize("host", [EdxPlatform, type(get_host())])
def test_a_host_has_every_verb_with_the_parameters_that_we_pass(host):
    for name, verb in inspect.getmembers(Host, inspect.isfunction):
        if not name.startswith("_"):
            assert inspect.signature(getattr(host, name)).parameters == inspect.signature(verb).parameters, name


def one_by_one(ids):
    return {user_id: person for number in ids for user_id, person in demo.people([number]).items()}


demo = Wrapping()


def course_with(**changes):
    def course(course_key):
        found = demo.course(course_key)
        return found and replace(found, **changes)

    return course


def only_for(start, answer, otherwise):
    return lambda key, **more: answer if str(key).startswith(start) else otherwise(key, **more)


UNIT = Unit(usage_key="block-v1:A+B+C+type@vertical+block@d", title="", url="http://testserver/")
BROKEN = [
    ("A course is described in full", {"course": lambda key: None}),
    ("A course is described in full", {"course": course_with(start=datetime(2026, 1, 1))}),
    ("A course is described in full", {"course": course_with(title="")}),
    ("The course's picture is bytes, or not there", {"course_picture": lambda key: "picture.png"}),
    ("Addresses are whole", {"sign_in_url": lambda path: f"/login?next={path}"}),
    ("Addresses are whole", {"course": course_with(about_url="/courses/about")}),
    ("Addresses on this site lead to a page", {"course": course_with(home_url="http://testserver/nowhere/at/all")}),
    (
        "Registration, enrolment and sign-in keep the course and the way back",
        {"join_url": lambda key, path, *, signed_in: f"http://testserver/register?course_id={key}"},
    ),
    ("A course that is not there gives empty answers", {"has_passed": lambda user, key: True}),
    ("A course that is not there gives empty answers", {"course_picture": lambda key: b"picture"}),
    ("A course that is not there gives empty answers", {"rerun_source": lambda key: key}),
    ("A course that is not there gives empty answers", {"unit_state": lambda user, key: UnitState.PASSED}),
    ("A course that is not there gives empty answers", {"next_deadline": lambda user, key, now: now}),
    ("A library gives empty answers", {"unit": only_for("lb:", UNIT, demo.unit)}),
    ("A library gives empty answers", {"course": only_for("library-v1:", UNIT, demo.course)}),
    (
        "A custom course (CCX) that is not there gives empty answers",
        {"enrolled_ids": only_for("ccx-v1:", [1], demo.enrolled_ids)},
    ),
    (
        "A visitor who is not signed in is nothing and has nothing",
        {"roles": lambda user, key: frozenset({Role.LEARNER})},
    ),
    ("A visitor who is not signed in is nothing and has nothing", {"courses_led_by": lambda user: ["course-v1:A+B+C"]}),
    (
        "Nobody is invented: of no people and of unknown people there is nothing to say",
        {"people": lambda ids: {0: Person(0, "nobody", "Nobody", "")}},
    ),
    (
        "Nobody is invented: of no people and of unknown people there is nothing to say",
        {"roles_of": lambda ids, key: {}},
    ),
    (
        "Blocks that are gone, and words that are no keys, are left out",
        {"block_titles": lambda keys: dict.fromkeys(keys, "Unit 1")},
    ),
    ("A block is found in its unit", {"unit": lambda key: UNIT}),
    ("A block is found in its unit", {"block_titles": lambda keys: {}}),
    ("Many people cost as many queries as one", {"people": one_by_one}),
    (
        "The roles of many agree with those of each",
        {"roles_of": lambda ids, key: dict.fromkeys(ids, frozenset({Role.COURSE_STAFF}))},
    ),
    ("A learner is described", {"completion_share": lambda user, key: 80}),
    ("A learner is described", {"enrolment": lambda user, key: True}),
    ("A learner is described", {"languages": lambda ids: {0: "fr"}}),
    ("A learner is described", {"next_deadline": lambda user, key, now: now.replace(tzinfo=None)}),
    (
        "The page around ours has the places that ours fill",
        {"base_template": lambda: "referral_xblock/visitor.html"},
    ),
    ("The request in which we run is one, or there is none", {"signed_in_request": lambda: "GET /"}),
]


@pytest.mark.parametrize(("name", "verbs"), BROKEN)
def test_a_host_that_breaks_a_promise_is_found(checked, name, verbs):
    outcome = checked(Wrapping(**verbs))[name]
    assert outcome.passed is False
    assert outcome.sentence


def test_every_check_of_the_contract_is_shown_to_fail():
    assert {name for name, _verbs in BROKEN} == {check.__doc__.strip() for check in CHECKS}


def test_a_host_that_raises_fails_in_words_and_stops_nothing(checked):
    def broken(*arguments, **named):
        raise RuntimeError("the platform is asleep")

    verbs = [name for name, _verb in inspect.getmembers(Host, inspect.isfunction) if not name.startswith("_")]
    outcomes = checked(Wrapping(**dict.fromkeys(verbs, broken)))
    assert {outcome.passed for outcome in outcomes.values()} == {False}
    assert {outcome.sentence for outcome in outcomes.values()} == {"It raised RuntimeError: the platform is asleep"}


def silently(user, course_key):
    """Enrols without saying so."""
    Enrolment.objects.create(user=user, course_key=course_key, active=True, created=NOW)


def unheard(user, course_key):
    """Enrols while none of our listeners is there."""
    said = COURSE_ENROLLMENT_CREATED
    before = said.receivers
    said.receivers = [one for one in before if not one[1]().__module__.startswith("referral_xblock.listeners")]
    assert 0 < len(said.receivers) < len(before)
    said.sender_receivers_cache.clear()
    try:
        demo.enrol(user, course_key)
    finally:
        said.receivers = before
        said.sender_receivers_cache.clear()


def parting_silently(user, course_key):
    """Ends an enrolment without saying so."""
    Enrolment.objects.filter(user=user, course_key=course_key).update(active=False)


def staff_at_once(user, course_key):
    """Believes an account that has not confirmed its address."""
    return demo.roles(user, course_key) | ({Role.COURSE_STAFF} if user.is_staff else set())


BROKEN_IN_THE_TRIAL = [
    ("An account without profile is named by its username", {"people": lambda ids: {}}),
    ("A new account is a stranger to the course", {"roles": lambda user, key: frozenset({Role.LEARNER})}),
    ("Who is enrolled is a learner at once", {"enrol": lambda user, key: None}),
    ("Who is enrolled is a learner at once", {"enrolled_ids": lambda key, *, limit: []}),
    ("The platform says that somebody enrolled", {"enrol": silently}),
    ("Our listeners react to an enrolment", {"enrol": unheard}),
    ("Who has not confirmed the own address is a learner at most", {"roles": staff_at_once}),
    ("Who left is no learner, but is remembered", {"unenrol": lambda user, key: None}),
    ("The platform says that somebody left", {"unenrol": parting_silently}),
    ("Nothing stays", {"people": lambda ids: {number: Person(number, "x", "x", "") for number in ids}}),
]


@pytest.mark.parametrize(("name", "verbs"), BROKEN_IN_THE_TRIAL)
def test_a_host_that_breaks_a_promise_in_the_trial_is_found(tried, name, verbs):
    outcome = tried(Wrapping(**verbs))[name]
    assert outcome.passed is False
    assert outcome.sentence


def test_every_check_of_the_trial_is_shown_to_fail(tried):
    assert {name for name, _verbs in BROKEN_IN_THE_TRIAL} == set(tried())


@pytest.mark.parametrize("verb", ["enrol", "unenrol"])
def test_a_trial_that_the_platform_refuses_is_told_and_leaves_nothing(tried, verb, django_user_model):
    def refuse(user, course_key):
        raise RuntimeError("enrolment is closed")

    outcomes = tried(Wrapping(**{verb: refuse}))
    assert "It raised RuntimeError: enrolment is closed" in {outcome.sentence for outcome in outcomes.values()}
    assert outcomes["Nothing stays"].passed
    assert not django_user_model.objects.filter(username__startswith="contract-").exists()


def test_a_course_with_learners_is_refused_in_words_and_not_touched(cast, course_key, django_user_model):
    accounts = django_user_model.objects.count()
    outcome = run_contract(get_host(), course_key=course_key, write=True)[-1]
    assert outcome.passed is False
    assert "has learners, so nothing was tried" in outcome.sentence
    assert django_user_model.objects.count() == accounts


def test_a_course_in_which_only_its_team_is_may_be_used(cast, empty_course, tried, now):
    actions.give_role(user=cast.ada, course_key=empty_course, role=Role.COURSE_STAFF)
    actions.enrol(user=cast.ada, course_key=empty_course, by=None, now=now)
    assert all(outcome.passed for outcome in tried().values())


def test_a_course_that_is_not_there_is_refused(db):
    nowhere = CourseKey.from_string("course-v1:No+Such+Course")
    outcome = run_contract(get_host(), course_key=nowhere, write=True)[-1]
    assert (outcome.passed, outcome.sentence) == (False, "There is no course course-v1:No+Such+Course.")


def test_no_mail_leaves_during_the_trial(tried):
    def enrol_with_a_letter(user, course_key):
        demo.enrol(user, course_key)
        send_mail("Welcome", "to the course", None, [user.email])

    outcomes = tried(Wrapping(enrol=enrol_with_a_letter))
    assert mail.outbox == []
    assert outcomes["Nothing stays"] == Outcome("Nothing stays", True, "Rolled back. Mails written and withheld: 1.")
    send_mail("After", "the trial mail goes out again", None, ["somebody@example.org"])
    assert len(mail.outbox) == 1
