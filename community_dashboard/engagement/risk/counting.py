"""How many there are of each kind, and what each meaning of dropping out would have found by today. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from community_dashboard.engagement.risk.calendars import NO_DEADLINES, Calendars
from community_dashboard.engagement.risk.meaning import CHOICES, Means, Past, dropped_out, looked_at


@dataclass
class Choice:
    """One meaning: of those who were looked at on the day `since`, how many had dropped out `within` days after.

    `since` is None where that day is another one for each learner: so many days before the last own deadline.
    """

    means: Means
    days: int
    since: date | None
    within: int
    looked_at: int = 0
    dropped: int = 0


@dataclass
class Counting:
    """Filled one past after another. Deadlines make the third meaning countable: the last one before the round counts."""

    on: date
    calendars: Calendars = NO_DEADLINES
    looked_at: int = 0  # learned in the last seven days
    away: int = 0  # started, and did not learn in the last seven days
    never: int = 0  # never learned
    finished: int = 0
    left: int = 0
    own: int = 0  # of those looked at, who have deadlines of their own
    choices: list[Choice] = field(default_factory=list)

    def __post_init__(self) -> None:
        for days in CHOICES:
            for means in (Means.LEARNING, Means.PROGRESS):
                self.choices.append(Choice(means, days, self.on - timedelta(days=days), days))
        if any(calendar.last(self.on) for calendar in self.calendars.distinct()):
            last = None if self.calendars.own else self.calendars.shared.last(self.on)
            for days in CHOICES:
                self.choices.append(Choice(Means.DEADLINE, days, last and last - timedelta(days=days), days))

    def add(self, past: Past, *, finished: bool, left: bool, then: Callable[[date], Past]) -> None:
        """Counts one learner. `finished`, `left`: what the platform says beside the past; `then`: what was known on a day."""
        if past.finished_on is not None or finished:
            self.finished += 1
        elif past.left_on is not None or left:
            self.left += 1
        elif not any(day.learning for day in past.days):
            self.never += 1
        elif looked_at(past, on=self.on):
            self.looked_at += 1
            self.own += past.person in self.calendars.own
        else:
            self.away += 1
        last = self._last(past.person)
        for choice in self.choices:
            since = choice.since if choice.means is not Means.DEADLINE else last and last - timedelta(days=choice.days)
            if since is not None and looked_at(then(since), on=since):
                choice.looked_at += 1
                choice.dropped += dropped_out(past, on=since, within=choice.within, means=choice.means)

    def _last(self, person: int) -> date | None:
        """The last deadline of this learner that went by, as it stood on the day itself."""
        calendar = self.calendars.of(person)
        last = calendar.last(self.on)
        return last if last is not None and last in calendar.known(last) else None

    def as_stored(self) -> dict[str, Any]:
        """For a JSON column."""
        names = ("looked_at", "away", "never", "finished", "left", "own")
        counted: dict[str, Any] = {name: getattr(self, name) for name in names}
        counted["choices"] = [
            [one.means.value, one.days, one.since.isoformat() if one.since else "", one.looked_at, one.dropped]
            for one in self.choices
        ]
        return counted


@dataclass(frozen=True)
class Counted:
    """What `Counting` stored, read again."""

    looked_at: int = 0
    away: int = 0
    never: int = 0
    finished: int = 0
    left: int = 0
    own: int = 0
    choices: tuple[Choice, ...] = ()


def from_stored(stored: Mapping[str, Any]) -> Counted:
    """What `as_stored` made; nothing for a course without a round."""
    numbers = {name: value for name, value in stored.items() if name != "choices"}
    choices = tuple(
        Choice(Means(means), days, date.fromisoformat(since) if since else None, days, looked, dropped)
        for means, days, since, looked, dropped in stored.get("choices", ())
    )
    return Counted(**numbers, choices=choices)
