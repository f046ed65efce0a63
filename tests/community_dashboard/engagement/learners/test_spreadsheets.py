"""The list as a spreadsheet: cell by cell what the library would write, which is slower."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from community_dashboard.access.csv_files import neutralise
from community_dashboard.engagement.learners import spreadsheets
from community_dashboard.engagement.learners.records import names
from community_dashboard.engagement.learners.spreadsheets import xlsx_pieces

xlsxwriter = pytest.importorskip("xlsxwriter")

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"
SHEET = "xl/worksheets/sheet1.xml"
LATE = datetime(2026, 3, 2, 23, 59, 59, 123456, tzinfo=UTC)
VALUES = [
    "plain", "", " space before", "after\t", "two\nlines", "a\rb", "<b>&amp;</b>", 'quoted "so"', "]]>", "\x00\x08\x0b\x1f",
    "_x0041_", "_x_", "\ufffe\uffff", "<r>rich</r>", "٣", "👩‍🏫" * 10, "x" * 40_000, "x" + "😀" * 20_000,
    "\u00a0hard space", "=1+1", "+1", "-1", "@x", " =1", "\t=1", "é" * 255,
    None, True, False, 0, 1, 2**31, 0.0, 0.1, 1 / 3, 0.1 + 0.2, 0.999, 1e-7, [], ["one"], ["<a>", "b"], ["=1", "b"],
    LATE, LATE - timedelta(days=3000), datetime(2026, 1, 1, tzinfo=UTC),
]  # fmt: skip


def records(values, *, identity):
    """The values one after the other in the columns, each of them in several."""
    columns = names(identity=identity)
    return [
        dict(zip(columns, [values[(place + step) % len(values)] for place in range(len(columns))], strict=True))
        for step in range(0, 7 * len(values), 7)
    ]


def sheet_of(lists, *, identity=True) -> str:
    with zipfile.ZipFile(io.BytesIO(b"".join(xlsx_pieces(iter(lists), identity=identity)))) as book:
        assert book.testzip() is None
        return book.read(SHEET).decode()


def sheet_of_the_library(made, *, identity) -> str:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet, columns = book.add_worksheet("learners"), names(identity=identity)
        sheet.freeze_panes(1, 0)
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column)
        for number, record in enumerate(made, start=1):
            for place, column in enumerate(columns):
                value = record[column]
                if isinstance(value, bool):
                    sheet.write_boolean(number, place, value)
                elif isinstance(value, datetime):
                    days = (value - datetime(1899, 12, 30, tzinfo=UTC)) / timedelta(days=1)
                    sheet.write_number(number, place, days, day)
                elif isinstance(value, int | float):
                    sheet.write_number(number, place, value)
                elif value:
                    text = neutralise(", ".join(value) if isinstance(value, list) else value)
                    # The library takes a text for marked-up that looks so; a name is never that.
                    if not text.startswith("<r>"):
                        sheet.write_string(number, place, text)
    return zipfile.ZipFile(file).read(SHEET).decode()


@pytest.mark.parametrize("identity", [True, False])
def test_it_is_what_the_library_writes(identity):
    made = records([value for value in VALUES if value != "<r>rich</r>"], identity=identity)
    ours, theirs = (
        sheet_of([made[:10], [], made[10:]], identity=identity),
        sheet_of_the_library(made, identity=identity),
    )
    assert ours.count("<row ") == len(made) + 1
    assert ours.partition("<sheetData>")[2] == theirs.partition("<sheetData>")[2]
    head = theirs.partition("<sheetData>")[0].split("<dimension")
    assert ours.startswith(head[0] + head[1].partition("/>")[2])  # how large it is, nobody knows before its end


def test_whatever_a_text_is_the_sheet_can_be_read_and_holds_no_formula():
    made = records(VALUES, identity=True)
    cells = list(ElementTree.fromstring(sheet_of([made])).iter(CELL))
    assert {cell.get("t") for cell in cells} == {None, "b", "inlineStr"}
    assert {part.tag.rpartition("}")[2] for cell in cells for part in cell.iter()} == {"c", "v", "is", "t"}
    texts = {"".join(cell.itertext()) for cell in cells if cell.get("t") == "inlineStr"}
    assert {"'=1+1", "'=1, b", "<b>&amp;</b>", "<r>rich</r>", " space before", "_x005F_x0041_"} <= texts
    assert not any(text[:1] in {"=", "+", "-", "@"} for text in texts)


def test_where_nothing_is_known_the_cell_is_empty():
    empty = dict.fromkeys(names(identity=True))
    rows = sheet_of([[empty, empty | {"posts": 0}]]).partition('<row r="2">')[2]
    assert rows.startswith("</row>")
    assert rows.count("<c ") == 1 and "<v>0</v>" in rows


def test_nobody_is_a_sheet_with_a_head():
    sheet = sheet_of([])
    assert sheet.count("<row ") == 1
    assert sheet.count("<c ") == len(names(identity=True))


def test_it_has_no_more_rows_than_a_sheet_may_have(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 5)
    rows = [dict.fromkeys(names(identity=True), 1)] * 3
    assert sheet_of([rows, rows, rows]).count("<row ") == 5
