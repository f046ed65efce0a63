"""A figure of the growth page: a table of numbers, each with the list behind it, under a sentence that sums it up."""

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
    rows: tuple[Row, ...]
    note: str = ""
    beside: Number = Number("")  # a sentence with a number and its list, after the note
