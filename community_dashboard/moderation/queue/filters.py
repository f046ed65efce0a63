"""What a moderator wants to look at, as it stands in an address. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from community_dashboard.moderation.data import Reason

OPEN, SNOOZED, DONE = STATES = ("open", "snoozed", "done")
BURNING = "burning"
ANYBODY, NOBODY, ME = "", "nobody", "me"
MOST_TOPICS = 40  # of one unit, or picked one by one


@dataclass(frozen=True)
class Filters:
    """Each field empty: everything. They narrow each other."""

    reason: Reason | None = None
    burning: bool = False  # reported or held, in the place of one reason
    topics: tuple[str, ...] = ()
    group: int | None = None  # posts meant for this cohort, or of its members
    language: str = ""
    hours: int = 0  # waits at least so long
    assignee: str = ANYBODY  # "nobody", "me", or an account's number
    author: int | None = None
    state: str = OPEN

    def query(self, **also: str | int) -> str:
        """As the query of an address, without what is empty; "" for everything."""
        said: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default or field.name == "author":
                continue
            if field.name == "burning":
                value = BURNING
            for one in value if isinstance(value, tuple) else (value,):
                said.append((_NAMES.get(field.name, field.name), str(one)))
        return urlencode(said + [(name, str(value)) for name, value in also.items() if value])

    @property
    def narrow(self) -> bool:
        """Whether anything is left out besides what is not open."""
        return self != Filters(state=self.state)


_NAMES = {"topics": "topic", "burning": "reason"}


def filters_from(values: Mapping[str, str], topics: Iterable[str] = ()) -> Filters:
    """From the fields of an address, each a text; what makes no sense is left out, so that an old address still opens."""
    reason = values.get("reason", "")
    state = values.get("state", OPEN)
    return Filters(
        reason=Reason(reason) if reason in {one.value for one in Reason} else None,
        burning=reason == BURNING,
        topics=tuple(sorted({topic for topic in topics if 0 < len(topic) <= 255}))[:MOST_TOPICS],
        group=_number(values.get("group", "")),
        language=values.get("language", "") if values.get("language", "") in ("fr", "en") else "",
        hours=min(_number(values.get("hours", "")) or 0, 24 * 365),
        assignee=_assignee(values.get("assignee", "")),
        state=state if state in STATES else OPEN,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _assignee(text: str) -> str:
    return text if text in (NOBODY, ME) or _number(text) else ANYBODY
