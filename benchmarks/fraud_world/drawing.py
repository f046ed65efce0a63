"""Dice for a world: names, addresses, browsers, moments. Everything comes from the one seeded generator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from benchmarks.fraud_world.records import Account

FREE_MAIL = ("gmail.com", "outlook.com", "yahoo.fr", "orange.fr", "proton.me", "gmx.de", "icloud.com", "laposte.net")
BROWSERS = tuple(
    f"Mozilla/5.0 ({system}) {engine}/{version}"
    for system in ("Windows NT 10.0", "Linux; Android 15", "iPhone; CPU iPhone OS 18_2", "Macintosh; Intel Mac OS X")
    for engine in ("Chrome", "Firefox", "Safari")
    for version in range(118, 146, 4)
)
SYLLABLES = ("an", "be", "co", "di", "el", "fa", "gu", "hi", "jo", "ka", "lu", "mi", "no", "ra", "sa", "te", "va", "yo")


@dataclass
class Dice:
    """One world's chance."""

    random: Random
    start: datetime
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def account(self, domain: str, *, created_at: datetime, email: str = "", unused: bool = False) -> Account:
        """Somebody with an address on this domain, or with this very address."""
        return Account(next(self.numbers), email or self.address(domain), created_at, unused)

    def address(self, domain: str) -> str:
        """An e-mail address nobody else has drawn before, almost surely."""
        draw = self.random
        return (
            f"{self.name()}.{self.name()}{draw.choice(('', str(draw.randint(1, 99))))}{draw.randint(0, 999)}@{domain}"
        )

    def name(self) -> str:
        """Two or three syllables."""
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 3)))

    def mail(self) -> str:
        """A provider where anybody has an address."""
        return self.random.choice(FREE_MAIL)

    def home(self) -> str:
        """The network address of a household or a telephone."""
        return ".".join(str(self.random.randint(11, 250)) for _part in range(4))

    def browser(self) -> str:
        """A user agent."""
        return self.random.choice(BROWSERS)

    def day(self, first: float, last: float) -> datetime:
        """A moment between these days of the world."""
        return self.start + timedelta(days=self.random.uniform(first, last))

    def later(self, moment: datetime, **span: float) -> datetime:
        """A moment after this one, by an exponential wait with this mean, for example hours=2."""
        return moment + timedelta(seconds=self.random.expovariate(1 / timedelta(**span).total_seconds()))

    def spread(self, moment: datetime, most: int, *, days: float, end: datetime) -> tuple[datetime, ...]:
        """Up to `most` moments of study over so many days after this one, none after the end."""
        wanted = (moment + timedelta(minutes=5, days=self.random.uniform(0, days)) for _each in range(most))
        return tuple(sorted(when for when in wanted if when < end))
