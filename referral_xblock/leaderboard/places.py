"""From points to places. Plain Python."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from referral_xblock.rewards.earning import Friend, Rules, counting, worth


@dataclass(frozen=True)
class Places:
    """How many have how many points: enough to say anybody's place. Equals share one, and the next is left out."""

    points: tuple[int, ...]  # ascending, each once
    at_least: tuple[int, ...]  # how many have so many points or more

    @classmethod
    def of(cls, people_by_points: Mapping[int, int]) -> Places:
        """From the number of people for each number of points."""
        points = tuple(sorted(people_by_points))
        at_least, people = [], 0
        for number in reversed(points):
            people += people_by_points[number]
            at_least.append(people)
        return cls(points, tuple(reversed(at_least)))

    @property
    def people(self) -> int:
        """Everybody with points."""
        return self.at_least[0] if self.at_least else 0

    def place(self, points: int) -> int:
        """One more than there are people with more points."""
        above = bisect_left(self.points, points + 1)
        return 1 + (self.at_least[above] if above < len(self.points) else 0)


@dataclass(frozen=True)
class Span:
    """An inviter was in a team from `since` up to, and without, `until`."""

    inviter_id: int
    since: datetime
    until: datetime


def team_points(
    friends_of: Mapping[int, Iterable[Friend]], spans: Iterable[Span], rules: Rules, *, now: datetime
) -> int:
    """What the members brought while they were in the team: each counting friend, with what the friend is worth today.

    The cap on friends is the inviter's own, in all teams together.
    """
    total = 0
    by_inviter: dict[int, list[Span]] = {}
    for span in spans:
        by_inviter.setdefault(span.inviter_id, []).append(span)
    for inviter_id, own in by_inviter.items():
        for friend in counting(friends_of.get(inviter_id, ()), rules, now=now):
            if any(span.since <= friend.enrolled_at < span.until for span in own):
                total += worth(friend, rules, now=now)
    return total
