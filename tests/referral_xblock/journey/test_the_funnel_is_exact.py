"""Every number of the growth page equals a recount by hand of the rows that were put in."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral_xblock import api
from referral_xblock.data import Reason, Selection, Stage, Status, iso_week, week_start
from referral_xblock.journey.funnel import FUNNEL
from tests.people import make_course
from tests.referral_xblock.journey.growth_rows import FIRST, Rows, rows, store, stored

drawn_rows = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
days = st.none() | st.integers(0, 28).map(lambda number: (FIRST + timedelta(days=number)).date())
STAGES = ("registered", "enrolled", "active", "completed")


def recount(drawn: Rows, start: date | None, end: date | None, *, part=lambda **place: "") -> dict[str, dict[str, set]]:
    """Sets of people by part and stage. `part` gets placement, network and day, and answers None to leave a row out."""

    def inside(day):
        return (start is None or start <= day) and (end is None or day <= end)

    found: dict[str, dict[str, set]] = defaultdict(lambda: {stage: set() for stage in FUNNEL})

    def note(stage, who, day, placement, network):
        key = part(placement=placement, network=network, day=day)
        if key is not None and inside(day):
            found[key][stage].add(who)

    for (who, placement), (moment, _without) in drawn.showings.items():
        note("shown", who, moment.date(), placement or "course", None)
    for (who, network, day), placement in drawn.shares.items():
        note("shared", who, day, placement, network)
    for link, moment, verdict, person in drawn.clicks:
        if verdict == "person":
            _owner, placement, network = drawn.links[link]
            note("clicked", person, moment.date(), placement, network)
    for who, facts in drawn.journeys.items():
        _owner, placement, network = ("", "?", "?") if facts["link"] is None else drawn.links[facts["link"]]
        for stage in STAGES:
            if facts["status"] is Status.CREDITED and facts[f"{stage}_at"]:
                note(stage, who, facts[f"{stage}_at"].date(), placement, network)
    return found


@given(drawn=rows, start=days, end=days)
@drawn_rows
@pytest.mark.django_db
def test_people_per_stage_equal_a_recount(drawn, start, end, course_key):
    with stored(drawn, course_key):
        counted = api.funnel(course_key, start=start, end=end)
    truth = recount(drawn, start, end)[""]
    assert {step.stage: step.people for step in counted.steps} == {stage: len(who) for stage, who in truth.items()}
    for before, step in zip(counted.steps, counted.steps[1:], strict=False):
        assert step.conversion == (step.people / before.people if before.people else None)


@pytest.mark.parametrize("by", ["network", "placement", "week"])
@given(drawn=rows, start=days, end=days)
@drawn_rows
@pytest.mark.django_db
def test_every_breakdown_equals_a_recount(by, drawn, start, end, course_key):
    parts = {
        "network": lambda *, network, **_place: network,
        "placement": lambda *, placement, **_place: placement,
        "week": lambda *, day, **_place: iso_week(day),
    }
    with stored(drawn, course_key):
        counted = api.funnel(course_key, start=start, end=end).breakdowns[by]
    truth = recount(drawn, start, end, part=parts[by])
    found = {part.key: {stage: people or 0 for stage, people in part.people.items()} for part in counted}
    found = {key: people for key, people in found.items() if any(people.values())}
    assert found == {key: {stage: len(who) for stage, who in stages.items()} for key, stages in truth.items()}
    assert all(part.people["shown"] is None for part in counted if by == "network")


@given(drawn=rows, start=days, end=days)
@drawn_rows
@pytest.mark.django_db
def test_raw_clicks_are_machines_and_persons_and_the_unknown(drawn, start, end, course_key):
    with stored(drawn, course_key):
        counted = api.funnel(course_key, start=start, end=end).clicks
    inside = [
        verdict
        for _link, moment, verdict, _person in drawn.clicks
        if (start is None or start <= moment.date()) and (end is None or moment.date() <= end)
    ]
    assert counted.raw == len(inside)
    assert (counted.machine, counted.person, counted.unknown) == tuple(
        inside.count(verdict) for verdict in ("machine", "person", "unknown")
    )


@given(drawn=rows, start=days, end=days)
@drawn_rows
@pytest.mark.django_db
def test_reasons_and_leavers_equal_a_recount(drawn, start, end, course_key):
    def inside(moment):
        return moment and (start is None or start <= moment.date()) and (end is None or moment.date() <= end)

    with stored(drawn, course_key):
        counted = api.funnel(course_key, start=start, end=end)
    reasons = defaultdict(int)
    for facts in drawn.journeys.values():
        if facts["status"] is not Status.CREDITED and inside(facts["clicked_at"] or facts["touched_at"]):
            reasons[facts["status"], facts["reason"]] += 1
    assert {(row.status, row.reason): row.people for row in counted.uncounted} == reasons
    credited = [facts for facts in drawn.journeys.values() if facts["status"] is Status.CREDITED]
    assert counted.left == sum(bool(inside(facts["enrolled_at"]) and facts["unenrolled_at"]) for facts in credited)


@given(drawn=rows, start=days, end=days)
@drawn_rows
@pytest.mark.django_db
def test_k_counts_inviters_who_shared_or_brought_somebody(drawn, start, end, course_key):
    with stored(drawn, course_key):
        summary = api.growth_summary(course_key, start=start, end=end)

    def inside(day):
        return (start is None or start <= day) and (end is None or day <= end)

    brought = defaultdict(int)
    for facts in drawn.journeys.values():
        counts = facts["status"] is Status.CREDITED and facts["enrolled_at"] and facts["inviter"] is not None
        if counts and inside(facts["enrolled_at"].date()):
            brought[facts["inviter"]] += 1
    active = {who for (who, _network, day) in drawn.shares if inside(day)} | set(brought)
    assert (summary.enrolments, summary.inviters) == (sum(brought.values()), len(active))
    if len(active) > 1:
        assert summary.k.value == pytest.approx(sum(brought.values()) / len(active))
    else:
        assert summary.k is None


@given(drawn=rows, start=days, end=days, stage=st.sampled_from(STAGES))
@drawn_rows
@pytest.mark.django_db
def test_a_list_holds_exactly_the_people_of_its_number(drawn, start, end, stage, course_key):
    selection = Selection(start=start, end=end)
    with stored(drawn, course_key) as (accounts, _links):
        listed, after = [], 0
        while page := api.list_journeys(course_key, selection, stage=Stage(stage), after=after, limit=2):
            listed += page
            after = page[-1].id
        truth = {accounts[who].id for who in recount(drawn, start, end)[""][stage]}
    assert [row.id for row in listed] == sorted((row.id for row in listed), reverse=True)
    assert len(listed) == len(truth)
    assert {row.user_id for row in listed} == truth


@given(drawn=rows, start=days, end=days, network=st.none() | st.sampled_from(["mastodon", "qr"]))
@drawn_rows
@pytest.mark.django_db
def test_lists_of_the_first_stages_page_through_every_row_once(drawn, start, end, network, course_key):
    selection = Selection(start=start, end=end, network=network)

    def inside(day):
        return (start is None or start <= day) and (end is None or day <= end)

    def all_pages(read):
        found, after = [], 0
        while page := read(course_key, selection, after=after, limit=3):
            found += page
            after = page[-1].id
        return found

    with stored(drawn, course_key):
        shared = all_pages(api.list_shared)
        shown = all_pages(api.list_shown)
        clicked = all_pages(api.list_clicked)
    days_shared = sorted(
        (day for (_who, slug, day) in drawn.shares if inside(day) and network in (None, slug)), reverse=True
    )
    assert [row.day for row in shared] == days_shared
    moments = sorted((m for m, _w in drawn.showings.values() if inside(m.date()) and network is None), reverse=True)
    assert [row.shown_at for row in shown] == moments
    persons = [m for link, m, verdict, _p in drawn.clicks if verdict == "person" and inside(m.date())
               and network in (None, drawn.links[link][2])]  # fmt: skip
    assert [row.created_at for row in clicked] == sorted(persons, reverse=True)


@given(drawn=rows)
@drawn_rows
@pytest.mark.django_db
def test_advocates_equal_a_recount_and_their_pages_do_not_overlap(drawn, course_key):
    with stored(drawn, course_key) as (accounts, _links):
        pages = [api.top_advocates(course_key, Selection(), page=page, limit=2) for page in (1, 2, 3, 4)]
        truth = {}
        for facts in drawn.journeys.values():
            if facts["status"] is Status.CREDITED and facts["inviter"] is not None:
                counts = truth.setdefault(accounts[facts["inviter"]].id, [0, 0, 0])
                for place, stage in enumerate(STAGES[1:]):
                    counts[place] += facts[f"{stage}_at"] is not None
    found = [advocate for page in pages for advocate in page]
    assert {a.inviter_id: [a.enrolled, a.active, a.completed] for a in found} == {
        who: counts for who, counts in truth.items() if any(counts)
    }
    assert [a.enrolled for a in found] == sorted((a.enrolled for a in found), reverse=True)


@given(drawn=rows)
@settings(drawn_rows, max_examples=10)
@pytest.mark.django_db
def test_nothing_crosses_from_one_course_into_another(drawn, course_key):
    with stored(drawn, course_key):
        other = make_course("course-v1:Test+Birds+2026").course_key
        counted = api.funnel(other)
        assert [step.people for step in counted.steps] == [0] * 7
        assert counted.clicks.raw == counted.left == 0
        assert counted.uncounted == ()
        assert api.growth_summary(other).inviters == 0
        assert api.list_journeys(other, Selection()) == api.top_advocates(other, Selection()) == []
        assert api.list_shown(other, Selection()) == api.list_shared(other, Selection()) == []
        assert api.list_clicked(other, Selection()) == []


def _grow(course_key, number):
    from django.contrib.auth import get_user_model

    from referral_xblock.journey.models import Journey
    from referral_xblock.links.models import Click, Link
    from referral_xblock.sharing.models import Share, Showing

    users = get_user_model().objects
    first = users.count()
    users.bulk_create(users.model(username=f"many{first + n}") for n in range(number))
    accounts = list(users.filter(username__startswith="many").order_by("id"))[-number:]
    link = Link.objects.create(
        code=f"many-{first}", owner=accounts[0], course_key=course_key, channel=f"n{first}", created_at=FIRST
    )
    Showing.objects.bulk_create(
        Showing(user=u, course_key=course_key, placement="p", shown_at=FIRST, in_holdout=u.id % 10 == 0)
        for u in accounts
    )
    Share.objects.bulk_create(Share(user=u, course_key=course_key, channel="x", day=FIRST.date()) for u in accounts)
    Click.objects.bulk_create(
        Click(link=link, course_key=course_key, created_at=FIRST, verdict="person", visitor=str(u.id), person=str(u.id))
        for u in accounts
    )
    Journey.objects.bulk_create(
        Journey(
            user=u, course_key=course_key, inviter=accounts[0], link=link, status="credited",
            clicked_at=FIRST, enrolled_at=FIRST + timedelta(hours=n),
        )
        for n, u in enumerate(accounts)
    )  # fmt: skip


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_course(course_key, django_assert_num_queries):
    for number in (10, 1000):
        _grow(course_key, number)
        with django_assert_num_queries(19):
            api.funnel(course_key, start=FIRST.date())
        with django_assert_num_queries(3):
            api.growth_summary(course_key)
        with django_assert_num_queries(1):
            api.top_advocates(course_key, Selection())
        with django_assert_num_queries(1):
            assert len(api.list_journeys(course_key, Selection(), limit=10)) == 10


@pytest.mark.django_db
def test_lists_are_read_along_an_index(course_key):
    from django.db import connection

    from referral_xblock.journey.counts import credited

    if connection.vendor != "sqlite":
        pytest.skip("the plan is read as SQLite words it")
    plan = credited(course_key, Selection()).filter(id__lt=9).order_by("-id")[:50].explain()
    assert "USING INDEX journey_course_list" in plan
    assert "TEMP B-TREE" not in plan


@given(day=st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_a_week_is_found_again_from_its_name(day):
    assert week_start(iso_week(day)) <= day < week_start(iso_week(day)) + timedelta(days=7)


@pytest.mark.parametrize("text", ["", "2026", "2026-W00", "2026-W54", "26-W1", "2026-W1x", "٢٠٢٦-W01", "W01-2026"])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  (it says the text, or what the calendar says)
        week_start(text)


def test_a_week_narrows_a_period_and_never_widens_it():
    period = Selection(start=date(2026, 3, 4), end=date(2026, 3, 20))
    assert period.in_week("2026-W10") == Selection(start=date(2026, 3, 4), end=date(2026, 3, 8))
    assert Selection().in_week("2026-W10").since == datetime.combine(date(2026, 3, 2), time.min, UTC)


def test_held_is_a_status_and_its_reason_is_kept(course_key):
    drawn = Rows(
        showings={}, shares={}, clicks=[], links=[(0, "", "copy")],
        journeys={1: {"inviter": 0, "link": 0, "status": Status.HELD, "reason": Reason.SUSPICIOUS,
                      "touched_at": FIRST, "clicked_at": FIRST, "enrolled_at": FIRST}},
    )  # fmt: skip
    accounts, _links = store(drawn, course_key)
    [row] = api.list_journeys(course_key, Selection(), status=Status.HELD, reason=Reason.SUSPICIOUS)
    assert (row.user_id, row.reason, row.network) == (accounts[1].id, Reason.SUSPICIOUS, "copy")
    assert api.list_journeys(course_key, Selection(), status=Status.HELD, reason=Reason.STAFF) == []
