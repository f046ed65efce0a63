"""Everything that our tables hold about one person, for the file that they save at /community/me/.

Each domain says what is its own, in `AppConfig.ready()`:

    register_own_data("links", own_links)

`about` gets the number of the account and returns parts: a sentence that says what it is, and rows with readable names. It
reads nothing before the rows are asked for, brings no data of others beyond what the person may see on the pages, and
never the keys by which somebody else could be found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

PAGE = 500
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One list in the file: its name there, what it is in the reader's language, and its rows."""

    name: str
    what: str
    rows: Iterable[Row]


_abouts: dict[str, Callable[[int], Iterable[Part]]] = {}


def register_own_data(name: str, about: Callable[[int], Iterable[Part]]) -> None:
    """Adds what one domain holds, or replaces what stood under that name. They stand in the file in the order of names."""
    _abouts[name] = about


def own_data(user_id: int) -> list[Part]:
    """All parts. No query: each part asks for its rows when they are written."""
    return [part for name in sorted(_abouts) for part in _abouts[name](user_id)]


def in_pages(rows: QuerySet, **columns: str) -> Iterator[dict[str, Any]]:
    """The rows as dictionaries, by their numbers; `columns` are name in the file = column. One query for 500 rows."""
    after: Any = None
    while True:
        page = rows if after is None else rows.filter(pk__gt=after)
        found = list(page.order_by("pk").values_list("pk", *columns.values())[:PAGE])
        for row in found:
            yield dict(zip(columns, row[1:], strict=True))
        if len(found) < PAGE:
            return
        after = found[-1][0]


def written(head: Row, parts: Iterable[Part]) -> Iterator[str]:
    """The file as JSON, piece by piece, so that a long one is never in memory as a whole."""
    yield "{\n" + ",\n".join(f"  {_plain(name)}: {_plain(value)}" for name, value in head.items())
    for part in parts:
        yield f',\n  {_plain(part.name)}: {{\n    "what_this_is": {_plain(part.what)},\n    "rows": ['
        number = 0
        for number, row in enumerate(part.rows, start=1):
            yield (",\n" if number > 1 else "\n") + "      " + _plain(row)
        yield ("\n    " if number else "") + "]\n  }"
    yield "\n}\n"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_as_text)


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
