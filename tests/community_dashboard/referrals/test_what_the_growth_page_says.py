"""The words of the growth page: its period, the running week, and stages that are larger than the one before."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import translation

from community_dashboard.referrals.figures import period, week_of
from referral_xblock.journey.models import Journey
from tests.community_dashboard.referrals.test_the_growth_page import rows_of

TODAY = date(2026, 11, 22)
FIRST, LAST = date(2026, 9, 21), date(2026, 10, 4)


@pytest.mark.parametrize(
    ("start", "end", "weeks", "said"),
    [
        (None, None, ["2026-W40", "2026-W39"], "All time, Sept. 21, 2026 to Nov. 22, 2026"),
        (None, None, ["2025-W39"], "All time, Sept. 22, 2025 to Nov. 22, 2026"),
        (None, None, [], "All time"),
        (FIRST, LAST, ["2026-W01"], "Sept. 21, 2026 to Oct. 4, 2026"),
        (FIRST, FIRST, [], "Sept. 21, 2026"),
        (FIRST, None, [], "Sept. 21, 2026 to Nov. 22, 2026"),
        (None, LAST, ["2026-W39"], "Sept. 21, 2026 to Oct. 4, 2026"),
        (None, LAST, [], "Until Oct. 4, 2026"),
        (date(2027, 1, 1), None, [], "From Jan. 1, 2027"),
    ],
)
def test_the_period_is_said_in_words(start, end, weeks, said):
    assert period(start, end, weeks, today=TODAY) == said


def test_a_day_is_written_as_the_language_does():
    with translation.override("fr"):
        assert "21 septembre 2026 au 22 novembre 2026" in period(FIRST, None, [], today=TODAY)


def test_the_running_week_is_not_over():
    assert week_of("2026-W47", today=TODAY) == "Nov. 16, 2026, so far"
    assert week_of("2026-W46", today=TODAY) == "Nov. 9, 2026"


def test_the_period_stands_under_the_heading(cast, client_of, community, grown):
    html = client_of(cast.ada).get(community + "growth/?start=2026-03-01&end=2026-03-05").content.decode()
    assert re.search(r"</h1>\s*<p[^>]*>March 1, 2026 to March 5, 2026</p>", html)


def test_more_enrolments_than_registrations_are_explained(cast, client_of, community, grown):
    Journey.objects.filter(user=grown.friends[2]).update(registered_at=None)
    rows = rows_of(client_of(cast.ada).get(community + "growth/").content.decode())
    assert "Enrolled 3 at least 1 had an account already" in rows


def test_who_left_is_no_stage(cast, client_of, community, grown, now):
    Journey.objects.filter(user=grown.friends[2]).update(unenrolled_at=now)
    client = client_of(cast.ada)
    html = client.get(community + "growth/").content.decode()
    [url] = re.findall(r'<a href="([^"]+)">1 of the enrolled left since\.</a>', html)
    assert len(rows_of(client.get(url).content.decode())) == 2
    assert not any("left since" in row for row in rows_of(html))


def test_the_way_back_keeps_the_period(cast, client_of, community, grown):
    html = client_of(cast.ada).get(community + "growth/lists/enrolled/?start=2026-03-01&network=qr").content.decode()
    assert f'href="{community}growth/?start=2026-03-01"' in html


def test_an_error_of_a_visible_filter_is_said_once(cast, client_of, community, grown):
    response = client_of(cast.ada).get(community + "growth/lists/enrolled/?network=nowhere")
    html = response.content.decode()
    assert response.status_code == 400
    assert html.count("There is no such network here.") == 1
    assert 'aria-invalid="true"' in html


def test_an_empty_period_is_called_one(cast, client_of, community, grown):
    assert "Nothing in this period" in client_of(cast.ada).get(community + "growth/?start=2026-03-03").content.decode()


def test_it_says_since_when_it_can_count(cast, client_of, community, grown, now):
    from referral_xblock.models import Sweep

    client = client_of(cast.ada)
    sentence = "Requests by machines are counted from Feb. 1, 2026 on"
    assert sentence not in client.get(community + "growth/").content.decode()
    Sweep.objects.create(name="machine_clicks", counted_since=now.replace(month=2, day=1))
    assert sentence in client.get(community + "growth/").content.decode()
    assert sentence in client.get(community + "growth/?start=2026-01-31").content.decode()
    assert sentence not in client.get(community + "growth/?start=2026-02-01").content.decode()
