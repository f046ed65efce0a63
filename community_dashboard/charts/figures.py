"""A figure as `figure.html` draws it: the finding in a sentence, and the numbers as a table with bars. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    """A figure and the list behind it; "" where there is no such number, or no such list."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a table: its name, its numbers, and the length of its bar of 1000."""

    name: str
    numbers: tuple[Number, ...]
    bar: str = "0"


@dataclass(frozen=True)
class Figure:
    """A table with the sentence that sums it up."""

    name: str
    title: str
    finding: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    note: str = ""
    beside: Number = Number("")  # a sentence with its list, after the note
