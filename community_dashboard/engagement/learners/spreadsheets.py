"""The list as a spreadsheet (XLSX). The library makes the book; the rows, a million cells, are put into its sheet here."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from community_dashboard.access.csv_files import neutralise
from community_dashboard.engagement.learners.records import Lists, names

PIECE = 64 * 1024
EFFORT = 5  # of zlib, up to 9: a hundredth larger than with 6, which is usual, and a seventh quicker
SHEET = "xl/worksheets/sheet1.xml"
FIRST_DAY = datetime(1899, 12, 30, tzinfo=UTC)  # from which spreadsheets count days
DAY = timedelta(days=1)
MOST_ROWS, MOST_UNITS = 1_048_576, 32_767  # of a sheet; of a cell, in units of UTF-16
# What the library makes of the sheet: what stands before the rows, the first row, the style of a moment, what stands after.
FRAME = re.compile(r'(.*?)<dimension [^>]*/>(.*)<row r="2".*<c r="A2" s="(\d+)"/></row>(</sheetData>.*)', re.S)
# In a text: what XML does not hold as it is; what spreadsheet programs read as the number of a sign; space at its ends.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)")
SPECIAL = re.compile(rf"[&<>]|{CONTROL.pattern}|^\s|\s$")


def xlsx_pieces(lists: Lists, *, identity: bool) -> Iterator[bytes]:
    """The pieces of a spreadsheet. The format has its table of contents at the end, so it is written to a file of its own first.

    List by list: memory does not grow with their number. Every text is written as a text, so that nothing in it is a formula.
    """
    columns = names(identity=identity)
    with tempfile.TemporaryFile() as file:
        with ZipFile(_book(columns)) as book, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=EFFORT) as whole:
            for part in book.namelist():
                if part != SHEET:
                    whole.writestr(part, book.read(part))
            start, head, style, end = FRAME.fullmatch(book.read(SHEET).decode()).groups()
            with whole.open(SHEET, "w") as sheet:
                sheet.write((start + head).encode())
                for rows in _rows(lists, columns, style):
                    sheet.write(rows.encode())
                sheet.write(end.encode())
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _book(columns: tuple[str, ...]) -> io.BytesIO:
    """A book whose sheet has the names of the columns and, in its second row, nothing in the style of a moment."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("learners")
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column)
        sheet.write_blank(1, 0, None, book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
    return file


def _rows(lists: Lists, columns: tuple[str, ...], style: str) -> Iterator[str]:
    """The rows of each list, as many as a sheet may have."""
    from xlsxwriter.utility import xl_col_to_name

    letters = [xl_col_to_name(place) for place in range(len(columns))]
    values_of, written, number = itemgetter(*columns), _written(style), 1
    for records in lists:
        pieces = []
        for record in records[: MOST_ROWS - number]:
            number += 1
            pieces.append(f'<row r="{number}">')
            pieces += [
                f'<c r="{letter}{number}"{written[type(value)](value)}</c>'
                for letter, value in zip(letters, values_of(record), strict=True)
                if value is not None and value != "" and value != []
            ]
            pieces.append("</row>")
        yield "".join(pieces)


def _written(style: str) -> dict[type, Callable[[Any], str]]:
    """How a value of each type stands in its cell: looked up, not asked for, since a file has a million of them."""
    return {
        bool: ' t="b"><v>{:d}</v>'.format,
        int: "><v>{}</v>".format,
        float: "><v>{:.16G}</v>".format,
        str: _text,
        list: lambda value: _text(", ".join(value)),
        datetime: lambda value: f' s="{style}"><v>{(value - FIRST_DAY) / DAY:.16G}</v>',
    }


def _text(value: str) -> str:
    text = neutralise(value)
    if len(text) > MOST_UNITS // 2:
        text = text.encode("utf-16-le")[: 2 * MOST_UNITS].decode("utf-16-le", "ignore")
    if not SPECIAL.search(text):
        return f' t="inlineStr"><is><t>{text}</t></is>'
    text = CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)
    space = ' xml:space="preserve"' if text.strip() != text else ""
    return f' t="inlineStr"><is><t{space}>{escape(text)}</t></is>'
