"""The batches leave what the single actions leave, row for row, and may be run again."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from referral_xblock.links.actions import confirm_person, ensure_links, name_person, record_click
from referral_xblock.links.batches import (
    Visit,
    WantedLink,
    count_accounts,
    ensure_links_for_many,
    name_persons,
    record_clicks,
)
from referral_xblock.links.codes import is_code
from referral_xblock.links.models import Click, Link
from referral_xblock.policy.models import CoursePolicy

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

MACHINES = ("", "preview", "crawler", "prefetch", "automated", "not_a_page", "no_user_agent", "method")
CASES = list(product(MACHINES, ("", "beacon", "join"), (False, True), (False, True)))
OUTCOME = ("verdict", "reason", "same_browser", "person")


def outcome(click_id):
    return Click.objects.filter(id=click_id).values_list(*OUTCOME).get()


def test_every_kind_of_click_ends_as_it_does_alone(link, course_key, now, cast):
    alone = []
    for number, (machine, confirmed_by, same_browser, gets_account) in enumerate(CASES):
        click_id = record_click(
            link_id=link.id, course_key=course_key, visitor=f"a{number}", machine=machine, now=now
        )  # fmt: skip
        if confirmed_by:
            confirm_person(click_id=click_id, by=confirmed_by, same_browser=same_browser)
        elif same_browser:
            Click.objects.filter(id=click_id).update(same_browser=True)
        if gets_account:
            name_person(click_id=click_id, user_id=cast.dara.id)
        alone.append(outcome(click_id))
    together = record_clicks(
        course_key=course_key,
        visits=[
            Visit(link.id, f"b{number}", now, machine, confirmed_by, same_browser)
            for number, (machine, confirmed_by, same_browser, _account) in enumerate(CASES)
        ],
    )
    name_persons(accounts=[(click_id, cast.dara.id) for click_id, case in zip(together, CASES, strict=True) if case[3]])
    assert [tuple(str(part).replace("b", "a", 1) if part == f"b{number}" else part for part in outcome(click_id))
            for number, click_id in enumerate(together)] == alone  # fmt: skip


def test_the_numbers_come_back_in_the_order_of_the_visits(link, course_key, now):
    record_click(link_id=link.id, course_key=course_key, visitor="old", machine="", now=now)
    visits = [Visit(link.id, f"v{number % 7}", now + timedelta(minutes=number % 3)) for number in range(1200)]
    numbers = record_clicks(course_key=course_key, visits=visits)
    assert len(set(numbers)) == 1200
    rows = Click.objects.in_bulk(numbers)
    assert [(rows[number].visitor, rows[number].created_at) for number in numbers] == [
        (visit.visitor, visit.created_at) for visit in visits
    ]


def test_an_account_takes_the_earlier_clicks_of_its_visitor_and_nobody_elses(link, course_key, now, cast):
    visits = [Visit(link.id, visitor, now + timedelta(minutes=minute)) for visitor, minute in
              [("one", 0), ("one", 5), ("one", 9), ("two", 1)]]  # fmt: skip
    numbers = record_clicks(course_key=course_key, visits=visits)
    name_persons(accounts=[(numbers[1], cast.dara.id), (numbers[2], cast.bo.id)])
    people = [Click.objects.get(id=number).person for number in numbers]
    assert people == [f"u{cast.dara.id}", f"u{cast.dara.id}", f"u{cast.bo.id}", "two"]
    name_persons(accounts=[(numbers[1], cast.bo.id)])
    assert [Click.objects.get(id=number).person for number in numbers] == people


def test_links_are_made_once_with_the_policys_limits(course_key, cast, now):
    CoursePolicy.objects.create(
        course_key=course_key, link_lifetime_days=10, link_cap=3, link_kind="direct", changed_at=now
    )
    old = ensure_links(owner_id=cast.chen.id, course_key=course_key, placement="p", channels=["copy"], now=now)["copy"]
    later = now + timedelta(days=1)
    wanted = [
        WantedLink(cast.chen.id, "p", "copy", later),
        WantedLink(cast.chen.id, "p", "x", later),
        WantedLink(cast.chen.id, "p", "x", now),
        WantedLink(cast.bo.id, "p", "x", later),
    ]
    first = ensure_links_for_many(course_key=course_key, wanted=wanted)
    again = ensure_links_for_many(course_key=course_key, wanted=wanted)
    assert {place: link.id for place, link in first.items()} == {place: link.id for place, link in again.items()}
    assert Link.objects.count() == 3
    assert first[(cast.chen.id, "p", "copy")].id == old.id
    made = first[(cast.chen.id, "p", "x")]
    assert (made.kind, made.cap, made.created_at, made.expires_at) == ("direct", 3, now, now + timedelta(days=10))
    assert is_code(made.code)


def test_a_code_that_is_taken_is_drawn_again(course_key, cast, now, link):
    letters = iter(link.code + "cdfhjknp")
    made = ensure_links_for_many(
        course_key=course_key, wanted=[WantedLink(cast.bo.id, "", "x", now)], choose=lambda _alphabet: next(letters)
    )
    assert made[(cast.bo.id, "", "x")].code == "cdfhjknp"


def test_no_end_of_taken_codes_is_an_error(course_key, cast, now, link):
    drawn = list(link.code * 20)
    with pytest.raises(RuntimeError):
        ensure_links_for_many(
            course_key=course_key, wanted=[WantedLink(cast.bo.id, "", "x", now)], choose=lambda _all: drawn.pop(0)
        )


def test_accounts_are_counted_as_often_as_they_came(course_key, cast, now, link):
    other = ensure_links(owner_id=cast.bo.id, course_key=course_key, placement="", channels=["x"], now=now)["x"]
    count_accounts(link_ids=[link.id, other.id, link.id])
    count_accounts(link_ids=[link.id])
    assert dict(Link.objects.values_list("id", "accounts")) == {link.id: 3, other.id: 1}
