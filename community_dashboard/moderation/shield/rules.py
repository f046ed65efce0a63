"""The rules of a course as data: what each sign may do, from how much on, and the words the team watches. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_LINES = 200  # of a list
LONGEST_LINE = 60


class Sign(StrEnum):
    """What the shield sees; `judging.py` says what each is worth."""

    SHORTENER = "shortener"
    CONTACT = "contact"
    HOSTED_PAGE = "hosted_page"
    LINK = "link"
    BARE_LINK = "bare_link"
    QR_PICTURE = "qr_picture"
    LINK_BUILDING = "link_building"
    TRADE = "trade"
    SPEAKS_FOR_TEAM = "speaks_for_team"
    PRESSURE = "pressure"
    DISGUISE = "disguise"
    SAME_TEXT = "same_text"
    STAFF_NAME = "staff_name"
    AUTHOR_BURST = "author_burst"
    INSTANT_REPLY = "instant_reply"
    NEW_AUTHOR = "new_author"
    ALERT = "alert"


class Mode(StrEnum):
    """What a rule may do."""

    HOLD = "hold"  # its points count towards holding
    FLAG = "flag"  # it is shown to moderators, and holds nothing
    OFF = "off"


@dataclass(frozen=True)
class Rules:
    """The rules of one course. A sign that is not in `modes` holds."""

    modes: Mapping[Sign, Mode] = field(default_factory=dict)
    limit: int = 70  # points from which a post is held
    author_burst: int = 5  # posts of an author within the hour
    course_burst: int = 10  # posts held in the course within the hour
    same_text: int = 3  # other threads with the same words within a day
    watched: tuple[str, ...] = ()
    watched_mode: Mode = Mode.FLAG
    names: tuple[str, ...] = ()  # of people of the team that nobody else shall look like, besides those who are known

    def mode(self, sign: Sign) -> Mode:
        """What this sign may do here."""
        return self.modes.get(sign, Mode.HOLD)


LIMITS = {"limit": (40, 200), "author_burst": (2, 100), "course_burst": (2, 500), "same_text": (1, 100)}


def to_json(rules: Rules) -> dict[str, object]:
    """As a row keeps them."""
    return {
        "modes": {sign.value: mode.value for sign, mode in rules.modes.items()},
        "watched": list(rules.watched),
        "watched_mode": rules.watched_mode.value,
        "names": list(rules.names),
        **{name: getattr(rules, name) for name in LIMITS},
    }


def from_json(kept: Mapping[str, object]) -> Rules:
    """Of what a row keeps, everything that is still known; the rest is as usual."""
    modes = kept.get("modes")
    lists = {
        name: tuple(str(one) for one in listed)
        for name in ("watched", "names")
        if isinstance(listed := kept.get(name), list)
    }
    numbers = {
        name: value
        for name, (least, most) in LIMITS.items()
        if isinstance(value := kept.get(name), int) and least <= value <= most
    }
    given: dict[str, Any] = {**lists, **numbers}
    if kept.get("watched_mode") in set(Mode):
        given["watched_mode"] = Mode(str(kept["watched_mode"]))
    known = {
        Sign(sign): Mode(mode)
        for sign, mode in (modes.items() if isinstance(modes, Mapping) else ())
        if sign in set(Sign) and mode in set(Mode)
    }
    return Rules(modes=known, **given)
