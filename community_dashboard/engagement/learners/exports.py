"""The list as a file: CSV, JSON and XLSX, written while it is read."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.access import csv_files
from community_dashboard.access.csv_files import BYTE_ORDER_MARK, Line, neutralise
from community_dashboard.engagement.learners.records import Lists, cohort_names, names
from community_dashboard.engagement.learners.spreadsheets import xlsx_pieces
from community_dashboard.engagement.learners.wishes import Wish


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
    values_of = itemgetter(*columns)
    yield BYTE_ORDER_MARK + writer.writerow(columns)
    for records in lists:
        yield "".join(
            [writer.writerow([CELLS[type(value)](value) for value in values_of(record)]) for record in records]
        )


def json_lines(lists: Lists, *, identity: bool) -> Iterator[str]:
    """The pieces of a JSON file: one list, one learner on a line."""
    write, before = json.JSONEncoder(ensure_ascii=False, default=_moment).encode, "[\n"
    for records in lists:
        if records:
            yield before + ",\n".join([write(record) for record in records])
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


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


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


# A value for a CSV file, by its type. Numbers stay numbers: nothing that is negative is among them.
CELLS: dict[type, Callable[[Any], Any]] = {
    type(None): lambda value: "",
    bool: lambda value: "true" if value else "false",
    int: int,
    float: float,
    str: neutralise,
    list: lambda value: neutralise(", ".join(value)),
    datetime: _moment,
}
