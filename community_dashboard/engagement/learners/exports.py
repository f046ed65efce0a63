"""The list as a file: CSV, JSON and XLSX, written while it is read."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from inspect import unwrap
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.access import csv_files
from community_dashboard.access.csv_files import BYTE_ORDER_MARK, Line, neutralise
from community_dashboard.engagement.learners.records import Record, cohort_names, names
from community_dashboard.engagement.learners.wishes import Wish

PIECE = 64 * 1024
FIRST_DAY = datetime(1899, 12, 30, tzinfo=UTC)  # from which spreadsheets count days
DAY = timedelta(days=1)

Lists = Iterator[list[Record]]


@dataclass(frozen=True)
class Format:
    """How a file is written, and what it is called."""

    ending: str
    content_type: str
    write: Callable[..., Iterator[str | bytes]]  # write(lists, identity=)


def csv_lines(lists: Lists, *, identity: bool) -> Iterator[str]:
    """The pieces of a CSV file; nothing in it is a formula."""
    writer = csv.writer(Line())
    columns = names(identity=identity)
    yield BYTE_ORDER_MARK + writer.writerow(columns)
    for records in lists:
        yield "".join([writer.writerow([_cell(record[column]) for column in columns]) for record in records])


def json_lines(lists: Lists, *, identity: bool) -> Iterator[str]:
    """The pieces of a JSON file: one list, one learner on a line."""
    before = "[\n"
    for records in lists:
        for record in records:
            yield before + json.dumps(record, ensure_ascii=False, default=_moment)
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def xlsx_pieces(lists: Lists, *, identity: bool) -> Iterator[bytes]:
    """The pieces of a spreadsheet. The format has its table of contents at the end, so it is written to a file of its own first.

    Row by row: memory does not grow with the list. Every text is written as a text, so that nothing in it is a formula.
    """
    from xlsxwriter import Workbook

    columns = names(identity=identity)
    with tempfile.TemporaryFile() as file:
        book = Workbook(file, {"constant_memory": True})
        sheet = book.add_worksheet("learners")
        sheet.freeze_panes(1, 0)
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column)
        writers = _writers(sheet, day)
        number = 0
        for records in lists:
            for record in records:
                number += 1
                for place, column in enumerate(columns):
                    value = record[column]
                    if value is not None and value != "":
                        writers[type(value)](number, place, value)
        book.close()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


FORMATS = {
    "csv": Format(".csv", "text/csv; charset=utf-8", csv_lines),
    "json": Format(".json", "application/json", json_lines),
    "xlsx": Format(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_pieces),
}


def file_name(course_key: CourseKey, wish: Wish, ending: str) -> str:
    """The course and the filter in plain characters; of a search only that there was one."""
    choice = wish.choice
    parts = [wish.whom]
    parts += ["cohort", cohort_names(course_key).get(choice.cohort, str(choice.cohort))] if choice.cohort else []
    parts += ["track", choice.mode] if choice.mode else []
    parts += ["segment", choice.segment] if choice.segment else []
    parts += ["enrolled", str(choice.start), "to", str(choice.end)] if choice.joined else []
    parts += ["tagged", wish.tag] if wish.tag else []
    parts += ["search"] if wish.search else []
    return csv_files.file_name(course_key, "learners", *parts, ending=ending)


def _cell(value: Any) -> Any:
    """A value for a CSV file. Numbers stay numbers: nothing that is negative is among them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return neutralise(
        _moment(value) if isinstance(value, datetime) else ", ".join(value) if isinstance(value, list) else value
    )


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


def _writers(sheet: Any, day: Any) -> dict[type, Callable[[int, int, Any], Any]]:
    """How a value of each type is written: looked up, not asked for, since a file has a million of them."""

    # The methods also take "A1" for row and column; asking each time which it is takes a tenth of the whole.
    number, string, boolean = (
        partial(unwrap(getattr(type(sheet), name)), sheet) for name in ("write_number", "write_string", "write_boolean")
    )

    def text(row: int, place: int, value: str) -> None:
        string(row, place, neutralise(value))

    return {
        bool: boolean,
        int: number,
        float: number,
        str: text,
        list: lambda row, place, value: text(row, place, ", ".join(value)) if value else None,
        datetime: lambda row, place, value: number(row, place, (value - FIRST_DAY) / DAY, day),
    }
