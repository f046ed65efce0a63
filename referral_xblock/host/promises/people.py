"""What a host promises of people, and of keys that name nothing. Every check's first line is its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.timezone import is_aware
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from referral_xblock.data import Enrolment, Role, UnitState
from referral_xblock.host.interface import Host
from referral_xblock.host.promises.check import BrokenError, NotApplicableError, Subject, expect

MANY = 200


def an_unknown_course_is_empty(subject: Subject) -> None:
    """A course that is not there gives empty answers"""
    _expect_nothing(subject, "course-v1:NoSuch+Course+Here", "block-v1:NoSuch+Course+Here+type@referral+block@nowhere")


def a_library_is_empty(subject: Subject) -> None:
    """A library gives empty answers"""
    _expect_nothing(subject, "library-v1:NoSuch+Library", "lib-block-v1:NoSuch+Library+type@referral+block@nowhere")
    unit = subject.host.unit(UsageKey.from_string("lb:NoSuch:Library:referral:nowhere"))
    expect(unit is None, f"A block of a library stands in the unit {unit}.")


def an_unknown_ccx_is_empty(subject: Subject) -> None:
    """A custom course (CCX) that is not there gives empty answers"""
    try:
        CourseKey.from_string("ccx-v1:NoSuch+Course+Here+ccx@1")
    except InvalidKeyError:
        raise NotApplicableError("Keys of custom courses are not installed.") from None
    _expect_nothing(
        subject,
        "ccx-v1:NoSuch+Course+Here+ccx@1",
        "ccx-block-v1:NoSuch+Course+Here+ccx@1+type@referral+block@nowhere",
    )


def a_visitor_is_nobody(subject: Subject) -> None:
    """A visitor who is not signed in is nothing and has nothing"""
    _expect_no_part(subject.host, AnonymousUser(), subject.course_key)
    led = subject.host.courses_led_by(AnonymousUser())
    expect(led == [], f"A visitor leads {led}.")


def nobody_is_invented(subject: Subject) -> None:
    """Nobody is invented: of no people and of unknown people there is nothing to say"""
    host, key = subject.host, subject.course_key
    for ids in ([], [0]):
        expect(host.people(ids) == {}, f"people({ids}) is {host.people(ids)}.")
        expect(host.enrolments(ids, key) == {}, f"enrolments({ids}) is {host.enrolments(ids, key)}.")
        roles = host.roles_of(ids, key)
        expect(roles == dict.fromkeys(ids, frozenset()), f"roles_of({ids}) is {roles}.")
    expect(host.block_titles([]) == {}, "Blocks were found where none was asked for.")


def gone_blocks_are_left_out(subject: Subject) -> None:
    """Blocks that are gone, and words that are no keys, are left out"""
    gone = subject.course_key.make_usage_key("referral", "thisblockisnotthere")
    unit = subject.host.unit(gone)
    expect(unit is None, f"A block that is not there stands in {unit}.")
    expect(subject.host.unit(None) is None, "No block stands in a unit.")
    titles = subject.host.block_titles([str(gone), "not a key", ""])
    expect(titles == {}, f"Titles were given: {titles}.")


def many_cost_as_one(subject: Subject) -> str:
    """Many people cost as many queries as one"""
    ids = list(get_user_model().objects.order_by("id").values_list("id", flat=True)[:MANY])
    if len(ids) < 2:
        raise NotApplicableError("There are no people to ask of.")
    verbs: tuple[Callable[[list[int]], Any], ...] = (
        subject.host.people,
        lambda ids: subject.host.enrolments(ids, subject.course_key),
    )
    for verb in verbs:
        one, many = _queries_of(partial(verb, ids[:1])), _queries_of(partial(verb, ids))
        expect(many <= one, f"{one} queries for one person, {many} for {len(ids)}.")
    roles = _queries_of(lambda: subject.host.roles_of(ids, subject.course_key))
    expect(roles <= len(ids) + 5, f"{roles} queries for the roles of {len(ids)} people.")
    return f"The roles of {len(ids)} people cost {roles} queries."


def roles_agree(subject: Subject) -> None:
    """The roles of many agree with those of each"""
    host, key = subject.host, subject.course_key
    ids = {subject.person().id, *host.enrolled_ids(key, limit=5)}
    together = host.roles_of(sorted(ids), key)
    for user in get_user_model().objects.filter(id__in=ids):
        alone = host.roles(user, key)
        expect(
            together.get(user.id) == alone, f"{user.id}: alone {sorted(alone)}, among others {together.get(user.id)}."
        )


def a_learner_is_described(subject: Subject) -> None:
    """A learner is described"""
    host, key, user = subject.host, subject.course_key, subject.person()
    enrolment, roles = host.enrolment(user, key), host.roles(user, key)
    if not isinstance(enrolment, Enrolment):
        raise BrokenError(f"The enrolment is {enrolment!r}.")
    expect(
        isinstance(enrolment.created, datetime) and is_aware(enrolment.created), f"Enrolled at {enrolment.created!r}."
    )
    expect(host.enrolments([user.id], key) == {user.id: enrolment}, "Among others the enrolment is another.")
    expect(isinstance(roles, frozenset) and all(isinstance(role, Role) for role in roles), f"The roles are {roles!r}.")
    expect((Role.LEARNER in roles) == enrolment.active, f"The enrolment is {enrolment}, the roles are {sorted(roles)}.")
    expect(isinstance(host.has_passed(user, key), bool), "Whether the learner passed is not said.")
    share = host.completion_share(user, key)
    expect(isinstance(share, float) and 0 <= share <= 1, f"The completed share is {share!r}.")
    languages = host.languages([user.id])
    expect(set(languages) <= {user.id} and all(languages.values()), f"The learner’s language is {languages}.")
    due = host.next_deadline(user, key, datetime.now(UTC))
    expect(due is None or is_aware(due), f"The next deadline is {due!r}.")
    person = host.people([user.id]).get(user.id)
    expect(person is not None and person.username == user.username and bool(person.name), f"The learner is {person}.")
    led = host.courses_led_by(user)
    expect(isinstance(led, list) and all(CourseKey.from_string(text) for text in led), f"The learner leads {led}.")


def _expect_nothing(subject: Subject, course: str, block: str) -> None:
    host, key, usage_key = subject.host, CourseKey.from_string(course), UsageKey.from_string(block)
    expect(host.course(key) is None, f"{course} is described as {host.course(key)}.")
    expect(host.course_picture(key) is None, f"{course} has a picture.")
    expect(host.unit(usage_key) is None, f"{block} stands in {host.unit(usage_key)}.")
    expect(host.block_titles([block]) == {}, f"{block} has a title.")
    if subject.learner is not None:
        state = host.unit_state(subject.learner, usage_key)
        expect(state == UnitState.OPEN, f"The unit of {block} is {state}.")
    expect(host.enrolled_ids(key, limit=1) == [], f"Somebody is in {course}.")
    expect(host.rerun_source(key) is None, f"{course} is a re-run of {host.rerun_source(key)}.")
    if subject.learner is not None:
        _expect_no_part(host, subject.learner, key)


def _expect_no_part(host: Host, user: Any, course_key: Any) -> None:
    expect(host.enrolment(user, course_key) is None, f"There is an enrolment in {course_key}.")
    roles = host.roles(user, course_key) - {Role.GLOBAL_STAFF, Role.COURSE_STAFF}
    expect(not roles, f"The roles in {course_key} are {sorted(roles)}.")
    expect(host.has_passed(user, course_key) is False, f"{course_key} was passed.")
    share = host.completion_share(user, course_key)
    expect(share == 0, f"The completed share of {course_key} is {share}.")
    due = host.next_deadline(user, course_key, datetime.now(UTC))
    expect(due is None, f"In {course_key} something is due at {due}.")


def _queries_of(work: Callable[[], Any]) -> int:
    asked = []

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        work()
    return len(asked)
