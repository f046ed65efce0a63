"""Lists as files: who gets names, what no spreadsheet may run, and that they are read in pieces."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community_dashboard.referrals.exports import csv_lines, neutralise, pseudonym
from community_dashboard.referrals.forms import Filter
from community_dashboard.referrals.lists import COLUMNS

SECRET = b"a secret of one file"


def saved(client, url):
    """The rows of a file as dictionaries."""
    response = client.get(url)
    assert response.status_code == 200
    assert response.streaming
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text))), response, text


def test_course_staff_get_the_file_without_identity(cast, client_of, community, grown):
    rows, _response, text = saved(client_of(cast.ada), community + "growth/lists/enrolled.csv")
    assert len(rows) == 3
    for hidden in ("grown", "example.org", "chen", "Chen", "username", "email"):
        assert hidden not in text
    assert len({row["learner"] for row in rows}) == 3
    assert len({row["inviter"] for row in rows}) == 1
    assert {row["network"] for row in rows} == {"mastodon"}


@pytest.mark.parametrize("who", ["data researcher", "global staff"])
def test_data_researchers_and_global_staff_get_names(who, everybody, client_of, community, grown):
    rows, _response, _text = saved(client_of(everybody[who]), community + "growth/lists/enrolled.csv")
    assert {row["learner_email"] for row in rows} == {f"grown{n}@example.org" for n in (2, 3, 4)}
    assert {(row["inviter_username"], row["inviter_name"]) for row in rows} == {("chen", "Chen Wei")}


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_no_list_names_anybody_to_course_staff(name, cast, client_of, community, grown):
    _rows, _response, text = saved(client_of(cast.ada), community + f"growth/lists/{name}.csv")
    for hidden in ("grown0", "grown2", "example.org", "chen", "Chen Wei"):
        assert hidden not in text


def test_a_number_means_nothing_in_another_file(cast, client_of, community, grown):
    client, url = client_of(cast.ada), community + "growth/lists/enrolled.csv"
    first, second = ({row["learner"] for row in saved(client, url)[0]} for _time in range(2))
    assert len(first) == len(second) == 3
    assert not first & second


def test_the_filter_stands_in_the_name_of_the_file(cast, client_of, community, grown):
    query = "?start=2026-03-01&end=2026-03-05&network=mastodon&week=2026-W10&placement=course"
    _rows, response, _text = saved(client_of(cast.ada), community + "growth/lists/enrolled.csv" + query)
    assert response["Content-Disposition"] == (
        'attachment; filename="growth-enrolled-Test-Bees101-2026-from-2026-03-01-until-2026-03-05-week-2026-W10-'
        'network-mastodon-unit-course.csv"'
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_the_filter_holds_in_the_file(cast, client_of, community, grown):
    client = client_of(cast.ada)
    assert saved(client, community + "growth/lists/enrolled.csv?network=qr")[0] == []
    assert len(saved(client, community + "growth/lists/held.csv?reason=suspicious")[0]) == 1


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("http://x","y")', "\n@x"]
)
def test_a_cell_is_never_a_formula(name, everybody, client_of, community, cast, grown):
    cast.chen.profile.name = name
    cast.chen.profile.save()
    rows, _response, _text = saved(client_of(everybody["global staff"]), community + "growth/lists/enrolled.csv")
    assert rows[0]["inviter_name"] == "'" + name


@given(st.text())
def test_neutralising_keeps_the_text_and_takes_its_power(text):
    cell = neutralise(text)
    assert cell in (text, "'" + text)
    assert not re.match(r"[=+\-@\t\r]", cell)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_a_pseudonym_is_the_same_for_the_same_person_alone(one, other):
    assert (pseudonym(one, secret=SECRET) == pseudonym(other, secret=SECRET)) == (one == other)
    assert re.fullmatch(r"p\d{14}", pseudonym(one, secret=SECRET))


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_reading_in_pieces_leaves_nothing_out(name, cast, course_key, now, grown, monkeypatch):
    from community_dashboard.referrals import exports, lists

    def lines():
        return list(csv_lines(course_key, name, Filter(), identity=True, secret=SECRET))

    whole = lines()
    monkeypatch.setattr(exports, "read_all", lambda *about: lists.read_all(*about, chunk=1))
    assert lines() == whole
    assert len(whole) > 1 or name in ("left", "completed", "held-out")
