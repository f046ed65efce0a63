"""A chart as `chart.html` and `charts.js` show it: the finding, what is drawn, and the same numbers as a table. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from community_dashboard.charts.figures import Number, Row


class Shape(StrEnum):
    """How numbers are drawn. Everything but HEAT begins at zero."""

    LINES = "lines"  # along time
    BARS = "bars"  # along time, or in the order of a course
    LYING = "lying"  # bars that lie, the first at the top, each beside its name
    HEAT = "heat"  # the darker, the more


@dataclass(frozen=True)
class Series:
    """Numbers that belong together, one for each label; None where there is none. `name` is written beside them."""

    name: str
    values: tuple[float | None, ...]
    compared: bool = False  # what the others are compared with: dashed and quiet
    apart: bool = False  # its last number is of a time that is not over, or of all the rest: lighter


@dataclass(frozen=True)
class Drawing:
    """What is drawn. `labels` stand along the base, for LYING at the side; for HEAT they are the columns, and a series is a row.

    `axis`: what is written along the base instead of the labels, "" for nothing.
    """

    shape: Shape
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    axis: tuple[str, ...] = ()
    per_cent: bool = False  # the numbers are per cent
    within: bool = False  # of BARS: each series is a part of the one before, and is drawn in it

    @property
    def data(self) -> dict[str, Any]:
        """The same for a script."""
        return {
            "shape": self.shape.value,
            "labels": self.labels,
            "axis": self.axis or self.labels,
            "perCent": self.per_cent,
            "within": self.within,
            "series": [
                {"name": one.name, "values": one.values, "compared": one.compared, "apart": one.apart}
                for one in self.series
            ],
        }


@dataclass(frozen=True)
class Chart:
    """One figure: what it shows, what is to be seen in it, the drawing (None where there is nothing) and its table."""

    name: str
    title: str
    finding: str
    drawing: Drawing | None
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    note: str = ""
    beside: Number | None = None  # a sentence with its list, after the note

    @property
    def data_id(self) -> str:
        """Where the page keeps the numbers for the script."""
        return f"{self.name}-data"
