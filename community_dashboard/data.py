"""What passes between the dashboard's domains and its pages: plain, frozen data, standard library only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """One answer on the overview. `value` is None while there is nothing to count: `sentence` then says what will appear."""

    key: str  # "burns", "waits", …, the eight of the overview in their order
    title: str
    sentence: str
    value: str | None  # a number as a reader of the page's language writes it
    url: str  # the list behind the number; "" if the reader may not open it
