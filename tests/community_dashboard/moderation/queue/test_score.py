"""The score: each part does what its words say, and no number of anything outweighs what it should not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community_dashboard.moderation.data import Finding, Reason
from community_dashboard.moderation.queue.score import (
    MOST_BY_REPORTS,
    Facts,
    Record,
    age_part,
    order_of,
    parts_of,
    rank,
    score_of,
    trust,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
RECORDS = st.integers(0, 200).flatmap(lambda judged: st.builds(Record, st.integers(0, judged), st.just(judged)))
FINDINGS = st.lists(
    st.builds(Finding, st.sampled_from(Reason), st.just("code"), st.floats(0, 100), st.just(NOW)), max_size=8
).map(tuple)
FACTS = st.builds(
    Facts,
    findings=FINDINGS,
    reports=st.integers(0, 3000),
    reporters=st.lists(RECORDS, max_size=50).map(tuple),
    author=RECORDS,
    author_posts=st.integers(0, 10_000),
    answers=st.integers(0, 10_000),
    pinned=st.booleans(),
)
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def reported(*reporters, reports=0, **more):
    finding = Finding(Reason.REPORTED, "reports", 0, NOW)
    return Facts(findings=(finding,), reports=reports, reporters=reporters, **more)


def score(facts):
    return score_of(parts_of(facts))


@PATIENT
@given(FACTS)
def test_the_parts_are_the_score_and_each_keeps_its_limits(facts):
    parts = parts_of(facts)
    assert score_of(parts) == pytest.approx(max(0, sum(part.points for part in parts)))
    by_name = {
        name: sum(part.points for part in parts if part.name == name)
        for name in ("finding", "reports", "author", "reach")
    }
    assert 0 <= by_name["finding"] <= 100 + 1e-9
    assert 0 <= by_name["reports"] <= MOST_BY_REPORTS
    assert -10 - 1e-9 <= by_name["author"] <= 30 + 1e-9
    assert 0 <= by_name["reach"] <= 15


@PATIENT
@given(FACTS, st.randoms())
def test_the_order_in_which_things_are_told_does_not_matter(facts, random):
    shuffled = Facts(
        findings=tuple(random.sample(facts.findings, len(facts.findings))),
        reports=facts.reports,
        reporters=tuple(random.sample(facts.reporters, len(facts.reporters))),
        author=facts.author,
        author_posts=facts.author_posts,
        answers=facts.answers,
        pinned=facts.pinned,
    )
    assert score(shuffled) == pytest.approx(score(facts))


@PATIENT
@given(FACTS, st.sampled_from([reason for reason in Reason if reason is not Reason.REPORTED]), st.floats(0, 100))
def test_one_more_finding_never_lowers_what_findings_give(facts, reason, weight):
    more = (*facts.findings, Finding(reason, "more", weight, NOW))
    given_by = lambda findings: sum(part.points for part in parts_of(Facts(findings)) if part.name == "finding")  # noqa: E731
    assert given_by(more) >= given_by(facts.findings) - 1e-9


@PATIENT
@given(st.lists(RECORDS, min_size=1, max_size=50), RECORDS)
def test_one_more_reporter_never_lowers_the_score(reporters, another):
    assert score(reported(*reporters, another)) >= score(reported(*reporters)) - 1e-9


@given(RECORDS, st.integers(1, 50))
def test_who_was_right_more_often_is_believed_more(record, more):
    assert trust(Record(record.wrong + more, record.judged + more)) >= trust(record)
    assert trust(Record(record.wrong, record.judged + more)) <= trust(record)
    assert 0 < trust(record) < 1


def test_one_reporter_with_a_good_record_outweighs_three_who_cry_wolf():
    good, wolf = Record(19, 20), Record(0, 20)
    assert score(reported(good)) > score(reported(wolf, wolf, wolf))


def test_two_thousand_reports_count_and_do_not_run_away():
    assert score(reported(reports=2000)) == pytest.approx(MOST_BY_REPORTS)
    assert score(reported(reports=2)) > score(reported(reports=1)) > 0


def test_an_author_whose_posts_were_hidden_before_stands_higher():
    trouble, quiet = Record(4, 5), Record(0, 5)
    assert (
        score(reported(author=trouble, author_posts=8))
        > score(reported())
        > score(reported(author=quiet, author_posts=40))
    )


def test_a_good_name_does_not_push_back_who_needs_help():
    urgent = (Finding(Reason.URGENT, "urgent", 60, NOW),)
    assert score(Facts(urgent, author=Record(0, 30), author_posts=500)) == score(Facts(urgent))


@given(st.floats(0, 300), st.floats(0, 300), st.integers(0, 500), st.integers(0, 500), st.integers(0, 1000))
def test_the_stored_order_is_that_of_score_and_age_at_any_time(one, other, one_waits, other_waits, later):
    moment = NOW + timedelta(hours=later)
    first, second = NOW - timedelta(hours=one_waits), NOW - timedelta(hours=other_waits)
    now_first, now_second = one + age_part(first, moment).points, other + age_part(second, moment).points
    if abs(now_first - now_second) > 1e-6:
        assert (order_of(one, first) > order_of(other, second)) == (now_first > now_second)


def test_rank_puts_what_presses_most_first_and_keeps_equals_in_their_order():
    calm = (Facts(()), NOW)
    cases = {
        "calm": calm,
        "same": calm,
        "reported": (reported(reports=5), NOW),
        "old": (Facts(()), NOW - timedelta(days=30)),
    }
    assert rank(cases) == ["old", "reported", "calm", "same"]
