"""What others put into the block and into /community/me/, below the invitation itself. With nothing registered both are whole.

    register_panel("teams", draw_team, places={Place.UNIT, Place.ME}, order=20)   # in AppConfig.ready()

`draw` gets a `Viewing` and returns a rendered template, or "" for nothing. It must check for itself what this person may
see, and it only reads. An error in it is logged and leaves its panel out: nobody else's panel, and never the invitation,
suffers from it. No savepoint is made for it: on MySQL and SQLite a query that fails leaves the transaction as it was, and
two statements more for each panel of each unit are not worth what they would add.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from opaque_keys.edx.keys import CourseKey

log = logging.getLogger(__name__)


class Place(StrEnum):
    """Where a panel may stand."""

    UNIT = "unit"  # in the block, in the learner's own view of it
    ME = "me"  # on /community/me/, once for each course with invitations of this person, or to them
    PERSON = "person"  # on /community/me/, once: about all courses of this person
    COURSE = "course"  # on the course's own page: in the demo; the LMS's page is drawn in the browser and has no place for us


USUAL = frozenset({Place.UNIT, Place.ME})


@dataclass(frozen=True)
class Viewing:
    """Who looks at what, and when.

    In a unit the panel stands in a frame of another page: its links and forms name their target (`_blank`).
    """

    user_id: int
    course_key: CourseKey | None  # None in the place PERSON
    place: Place
    now: datetime


@dataclass(frozen=True)
class _Panel:
    order: int
    name: str
    draw: Callable[[Viewing], str]
    places: frozenset[Place]


_panels: dict[str, _Panel] = {}


def register_panel(
    name: str, draw: Callable[[Viewing], str], *, places: Collection[Place] = USUAL, order: int = 100
) -> None:
    """Adds a panel, or replaces the one of that name. Panels stand by their order, then by their name."""
    _panels[name] = _Panel(order, name, draw, frozenset(places))


def remove_panel(name: str) -> None:
    """Takes a panel out; nothing happens if there is none of that name."""
    _panels.pop(name, None)


def draw_panels(viewing: Viewing) -> list[str]:
    """The panels of this place for this person, rendered. As many queries as they need."""
    wanted = (panel for panel in _panels.values() if viewing.place in panel.places)
    drawn = (_draw(panel, viewing) for panel in sorted(wanted, key=lambda panel: (panel.order, panel.name)))
    return [text for text in drawn if text]


def _draw(panel: _Panel, viewing: Viewing) -> str:
    try:
        return panel.draw(viewing)
    except Exception:
        log.exception("The panel %s could not be drawn.", panel.name)
        return ""
