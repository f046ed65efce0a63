"""What a host promises of ways in, people and standings. Every check's first line is its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import is_aware
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import Certificate, LastSeen, MailChoice, Profile, Standing
from community_dashboard.host.keys import BATCH
from community_dashboard.host.promises.check import NotApplicableError, Subject, expect

NOT_COURSES = ("course-v1:NoSuch+Course+Here", "ccx-v1:NoSuch+Course+Here+ccx@1", "library-v1:NoSuch+Library")


def a_tab_can_be_made(subject: Subject) -> None:
    """A course tab can inherit the platform's class"""
    base: Any = subject.host.course_tab_base()
    kind = type("Probe", (base,), {"type": "contract_probe", "title": "Probe", "view_name": "probe"})
    tab = kind({"name": "Shown"})
    expect(
        (tab.name, tab.tab_id, tab.type) == ("Shown", "contract_probe", "contract_probe"), f"The tab is {vars(tab)}."
    )
    course = type("Course", (), {"id": subject.course_key})()
    address = tab.link_func(course, lambda name, args: f"{name}:{args[0]}")
    expect(address == f"probe:{subject.course_key}", f"The tab leads to {address}.")
    expect(kind({}).name == "Probe", "Without a name the tab does not bear its title.")


def a_country_is_two_letters(subject: Subject) -> str:
    """The country of a request is two letters, or empty where nobody can tell"""
    here = subject.host.country_of(RequestFactory().get("/"))
    expect(here == "", f"A request of this machine comes from {here!r}.")
    there = subject.host.country_of(RequestFactory().get("/", REMOTE_ADDR="8.8.8.8"))
    expect(there == "" or (len(there) == 2 and there.isupper()), f"A request comes from {there!r}.")
    return "" if there else "This platform knows no countries of requests."


def the_roster_goes_on(subject: Subject) -> None:
    """The roster comes in pages that follow each other and end"""
    host, key = subject.host, subject.course_key
    together = host.roster(key, limit=10)
    rows = [member.row_id for member in together]
    expect(rows == sorted(set(rows)), f"Rows come in the order {rows}.")
    apart: list[Any] = []
    while len(apart) < len(together):
        page = host.roster(key, after=apart[-1].row_id if apart else 0, limit=3)
        expect(0 < len(page) <= 3, f"A page of three has {len(page)} rows.")
        apart += page
    expect(apart[: len(together)] == together, "Pages of three do not add up to a page of ten.")
    expect(host.roster(key, after=2**31 - 1) == [], "There is a row after the last.")
    active = sum(member.active for member in together)
    size = host.roster_size(key)
    expect(size >= active, f"The size is {size}, yet one page has {active} who are enrolled.")
    if len(together) < 10:
        expect(size == active, f"The size is {size}, the whole roster has {active} who are enrolled.")


def members_are_found(subject: Subject) -> None:
    """Somebody of the roster is found by the beginning of the username, and nobody by nothing"""
    host, key = subject.host, subject.course_key
    expect(host.search_roster(key, "", limit=5) == set(), "An empty text finds somebody.")
    members = host.roster(key, limit=1)
    if not members:
        raise NotApplicableError("Nobody is in the course.")
    for text in (members[0].username, members[0].username[:3].upper()):
        found = host.search_roster(key, text, limit=10_000)
        expect(members[0].user_id in found, f"The first of the roster is not found by {len(text)} letters.")
    expect(len(host.search_roster(key, members[0].username[:1], limit=1)) <= 3, "More are found than were asked for.")


def members_are_described(subject: Subject) -> None:
    """Everybody in the roster has a name, a mode and a day of enrolment"""
    subject.roster_ids(1)
    for member in subject.host.roster(subject.course_key, limit=50):
        _expect_moment(member.created)
        expect(bool(member.username and member.mode), f"Row {member.row_id} is {member}.")


def everybody_gets_an_answer(subject: Subject) -> None:
    """Who is asked for is in the answer, known or not; nobody else is"""
    host, key = subject.host, subject.course_key
    unknown = 2**31 - 1
    for verb, nothing in (
        (host.standings, Standing()),
        (host.last_seen, LastSeen()),
        (host.mail_choices, MailChoice()),
    ):
        found = verb([unknown, unknown], key)
        expect(found == {unknown: nothing}, f"{verb.__name__} says of an unknown person: {found}.")
        expect(verb([], key) == {}, f"{verb.__name__} says something of nobody.")
    expect(host.profiles([unknown]) == {}, "There is a profile of an unknown person.")
    expect(host.cohorts_of([unknown], key) == {}, "An unknown person is in a cohort.")


def many_cost_as_one(subject: Subject) -> str:
    """Many people cost as many queries as one"""
    host, key, ids = subject.host, subject.course_key, subject.roster_ids(BATCH)
    if len(ids) < 2:
        raise NotApplicableError("Only one person is in the course.")
    verbs: list[tuple[str, Callable[[list[int]], Any]]] = [
        ("standings", lambda chosen: host.standings(chosen, key)),
        ("last_seen", lambda chosen: host.last_seen(chosen, key)),
        ("mail_choices", lambda chosen: host.mail_choices(chosen, key)),
        ("cohorts_of", lambda chosen: host.cohorts_of(chosen, key)),
        ("own_deadlines", lambda chosen: host.own_deadlines(chosen, key)),
        ("profiles", lambda chosen: host.profiles(chosen)),
        ("forum_roles_of", lambda chosen: host.forum_roles_of(chosen, key)),
        ("roster", lambda chosen: host.roster(key, limit=len(chosen))),
    ]
    for name, ask in verbs:
        ask(ids)  # what is asked once and remembered is no cost of many
        one, many = _cost(ask, ids[:1]), _cost(ask, ids)
        expect(many <= one, f"{name}: {one} queries for one, {many} for {len(ids)}.")
    return f"Tried with {len(ids)} people."


def standings_make_sense(subject: Subject) -> None:
    """Grades lie between 0 and 1, certificates are of a known kind, times have a zone"""
    ids = subject.roster_ids()
    for standing in subject.host.standings(ids, subject.course_key).values():
        expect(standing.share is None or 0 <= standing.share <= 1, f"A grade is {standing.share}.")
        expect(isinstance(standing.certificate, Certificate), f"A certificate is {standing.certificate!r}.")
        expect(standing.passed or standing.passed_at is None or standing.share is not None, f"Seen: {standing}.")
        _expect_moment(standing.passed_at)
    for seen in subject.host.last_seen(ids, subject.course_key).values():
        _expect_moment(seen.in_course)
        _expect_moment(seen.signed_in)


def profiles_are_texts(subject: Subject) -> None:
    """A profile has texts, and a year or none; the year of birth is never shown of one person"""
    for profile in subject.host.profiles(subject.roster_ids()).values():
        texts = (profile.country, profile.language, profile.level_of_education, profile.gender)
        expect(all(isinstance(text, str) for text in texts), f"A profile is {profile}.")
        year = profile.year_of_birth
        expect(year is None or isinstance(year, int), f"A year of birth is {year!r}.")
    shown = subject.host.profile_fields()
    expect(shown <= {field.name for field in fields(Profile)} - {"year_of_birth"}, f"Shown are {sorted(shown)}.")


def cohorts_agree(subject: Subject) -> None:
    """A cohort in which somebody is, is one of the course's"""
    known = {cohort.id for cohort in subject.host.cohorts(subject.course_key)}
    found = set(subject.host.cohorts_of(subject.roster_ids(), subject.course_key).values())
    expect(found <= known, f"Cohorts {sorted(found - known)} are not among the course's.")


def moderators_have_roles(subject: Subject) -> None:
    """Who moderates the forum has a role in it"""
    found = subject.host.moderators(subject.course_key)
    expect(found == sorted(set(found)), f"Moderators come in the order {found}.")
    without = set(found) - set(subject.host.forum_roles_of(found, subject.course_key))
    expect(not without, f"{len(without)} of {len(found)} moderators have no role in the forum.")


def a_visitor_is_nobody(subject: Subject) -> None:
    """A visitor who is not signed in is in no cohort"""
    cohort = subject.host.cohort_of(AnonymousUser(), subject.course_key)
    expect(cohort is None, f"A visitor is in {cohort}.")


def what_is_no_course_is_empty(subject: Subject) -> None:
    """A course or CCX that is gone, a library and no key at all give empty answers"""
    host = subject.host
    for key in (*(_key(text) for text in NOT_COURSES), None):
        expect(host.roster(key) == [] and host.roster_size(key) == 0, f"Somebody is in {key}.")
        expect(host.cohorts(key) == [] and host.cohorts_of([1], key) == {}, f"{key} has cohorts.")
        expect(host.cohort_of(AnonymousUser(), key) is None, f"A visitor is in a cohort of {key}.")
        expect(host.moderators(key) == [], f"Somebody moderates {key}.")
        expect(host.forum_roles_of([1], key) == {}, f"Somebody has a role in the forum of {key}.")
        expect(host.standings([1], key) == {1: Standing()}, f"Somebody has a standing in {key}.")
        expect(host.last_seen([1], key)[1].in_course is None, f"Somebody was active in {key}.")
        expect(host.mail_choices([1], key)[1].course_mail, f"Somebody opted out of the mail of {key}.")


def _key(text: str) -> Any:
    try:
        return CourseKey.from_string(text)
    except InvalidKeyError:  # keys of custom courses are a package of their own
        return None


def _cost(ask: Callable[[list[int]], Any], ids: list[int]) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask(ids)
    return len(queries)


def _expect_moment(value: Any) -> None:
    expect(value is None or (isinstance(value, datetime) and is_aware(value)), f"A time is {value!r}.")


def the_outline_holds_blocks_once(subject: Subject) -> str:
    """The outline names every unit and every block once, and nothing for what is no course"""
    outline = subject.host.outline(subject.course_key)
    units = [unit.usage_key for unit in outline]
    blocks = [block for unit in outline for block in unit.blocks]
    expect(len(set(units)) == len(units), "A unit stands in the outline twice.")
    expect(len(set(blocks)) == len(blocks), "A block stands in the outline twice.")
    expect(all(unit.title and unit.section for unit in outline), "A unit has no title.")
    for key in (*(_key(text) for text in NOT_COURSES), None):
        expect(subject.host.outline(key) == [], f"There is an outline of {key}.")
    return f"{len(units)} units, {len(blocks)} blocks."
