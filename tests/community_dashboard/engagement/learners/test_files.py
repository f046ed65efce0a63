"""The list as a file."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from datetime import timedelta

import pytest

from community_dashboard.access.sealing import veiled
from community_dashboard.activity.rollup import people
from community_dashboard.activity.rollup.choosing import EVERYBODY
from community_dashboard.activity.rollup.filling import fill_course
from community_dashboard.engagement.learners.actions import add_tag
from community_dashboard.engagement.learners.exports import json_lines, xlsx_pieces
from community_dashboard.engagement.learners.records import names
from tests.community_dashboard.engagement import recount

STAMP = "%Y-%m-%dT%H:%M:%S%z"


def saved(client, page, query="", ending="csv"):
    response = client.get(f"{page}learners.{ending}{query}")
    assert response.status_code == 200
    return b"".join(response.streaming_content), response


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_it_holds_everybody_with_the_figures_of_the_list(school_class, page, everybody, client_of):
    content, response = saved(client_of(everybody["global staff"]), page, "?who=all")
    assert response.streaming
    assert response["Content-Disposition"].startswith("attachment")
    rows = {row["username"]: row for row in rows_of(content)}
    states = recount.people(school_class.course_key, now=school_class.at)
    assert len(rows) == people.count(school_class.course_key, EVERYBODY, now=school_class.at)
    for pupil in school_class.pupils:
        row, state = rows[pupil.username], states[pupil.id]
        assert row["email"] == pupil.email
        assert (row["posts"], row["completed"], row["days"]) == (
            str(state.posts),
            str(state.completed),
            str(state.days),
        )
        assert row["last_at"] == (state.last_at.isoformat(timespec="seconds") if state.last_at else "")
        assert row["risk"] == ""


def test_without_the_right_a_number_stands_in_the_place_of_the_name(school_class, page, cast, everybody, client_of):
    add_tag(
        by=cast.ada,
        course_key=school_class.course_key,
        user_id=school_class.pupils[1].id,
        label="Zoe",
        now=school_class.at,
    )
    first, _response = saved(client_of(cast.ada), page)
    again, _response = saved(client_of(cast.ada), page)
    assert b"pupil" not in first.lower() and b"example.org" not in first and b"Zoe" not in first
    numbers = [row["learner"] for row in rows_of(first)]
    assert len(numbers) == len(set(numbers)) == 12 + len(numbers) - 12
    assert not set(numbers) & {row["learner"] for row in rows_of(again)}
    named, _response = saved(client_of(everybody["data researcher"]), page)
    assert b"pupil01@example.org" in named and b"Zoe" in named


def test_json_says_the_same(school_class, page, everybody, client_of):
    client = client_of(everybody["data researcher"])
    told = json.loads(saved(client, page, ending="json")[0])
    assert [row["username"] for row in told] == [row["username"] for row in rows_of(saved(client, page)[0])]
    assert set(told[0]) == set(names(identity=True))
    assert told[0]["risk"] is None and isinstance(told[0]["enrolled"], bool)


def test_nobody_is_a_whole_file_too(school_class, page, cast, client_of):
    assert json.loads(saved(client_of(cast.ada), page, "?who=left", "json")[0]) == []
    assert rows_of(saved(client_of(cast.ada), page, "?who=left")[0]) == []


def test_xlsx_is_a_spreadsheet_with_the_same_rows(school_class, page, everybody, client_of):
    pytest.importorskip("xlsxwriter")
    import zipfile

    content, response = saved(client_of(everybody["data researcher"]), page, ending="xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "pupil03@example.org" in sheet
    assert "<f>" not in sheet
    assert sheet.count("<row ") == len(rows_of(saved(client_of(everybody["data researcher"]), page)[0])) + 1


def test_where_spreadsheets_cannot_be_written_none_is_offered(school_class, page, cast, client_of, monkeypatch):
    monkeypatch.setattr("community_dashboard.engagement.learners.page.find_spec", lambda name: None)
    assert client_of(cast.ada).get(page + "learners.xlsx").status_code == 404
    assert "learners.xlsx" not in client_of(cast.ada).get(page).content.decode()
    monkeypatch.setattr("community_dashboard.engagement.learners.page.find_spec", lambda name: object())
    assert "learners.xlsx" in client_of(cast.ada).get(page).content.decode()


def test_a_name_that_would_be_a_formula_is_none(page, everybody, client_of, enrol, course_key, now):
    enrol("formula", '=HYPERLINK("http://example.org")')
    fill_course(course_key, now=now + timedelta(days=1))
    rows = rows_of(saved(client_of(everybody["data researcher"]), page)[0])
    assert {row["name"] for row in rows if row["username"] == "formula"} == {'\'=HYPERLINK("http://example.org")'}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "learners-Test-Bees101-2026-now.csv"),
        ("?who=left", "learners-Test-Bees101-2026-left.csv"),
        ("?segment=never-started", "learners-Test-Bees101-2026-all-segment-never-started.csv"),
        (
            "?joined=1&start=2026-01-01&end=2026-02-01",
            "learners-Test-Bees101-2026-now-enrolled-2026-01-01-to-2026-02-01.csv",
        ),
    ],
)
def test_the_name_says_the_filter(school_class, page, cast, client_of, query, said):
    assert f'"{said}"' in saved(client_of(cast.ada), page, query)[1]["Content-Disposition"]


def test_the_name_does_not_say_whom_somebody_looked_for(school_class, page, cast, client_of, course_key):
    query = f"?found={veiled('pupil07@example.org', course_key)}"
    content, response = saved(client_of(cast.ada), page, query)
    assert '"learners-Test-Bees101-2026-all-search.csv"' in response["Content-Disposition"]
    assert len(rows_of(content)) == 1


@pytest.mark.parametrize("query", ["?who=x", "?segment=x", "?found=x"])
def test_what_makes_no_sense_is_no_file(school_class, page, cast, client_of, query):
    response = client_of(cast.ada).get(page + "learners.csv" + query)
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    assert response.content


def test_there_is_no_other_kind_of_file(school_class, page, cast, client_of):
    assert client_of(cast.ada).get(page + "learners.exe").status_code == 404


def test_memory_does_not_grow_with_the_list():
    lists = ([dict.fromkeys(names(identity=False), number) for number in range(1000)] for _turn in range(30))
    tracemalloc.start()
    size = sum(len(line) for line in json_lines(lists, identity=False))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 10_000_000
    assert most < 6_000_000


def test_a_spreadsheet_is_written_row_by_row():
    pytest.importorskip("xlsxwriter")
    lists = ([dict.fromkeys(names(identity=False), number) for number in range(1000)] for _turn in range(5))
    tracemalloc.start()
    assert sum(len(piece) for piece in xlsx_pieces(lists, identity=False)) > 100_000
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 6_000_000
