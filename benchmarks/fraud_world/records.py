"""What a world is made of: people, and how each of the invited came. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

HONEST = "honest"


@dataclass(frozen=True)
class Account:
    """Somebody on the platform. An `unused` account was made before and has never been signed in to since."""

    id: int
    email: str
    created_at: datetime
    unused: bool = False


@dataclass(frozen=True)
class Arrival:
    """One account that came by somebody's link, and what it did in the course until the world ends."""

    account: Account
    inviter: Account
    label: str  # HONEST, or the kind of attack
    clicked_at: datetime
    address: str  # of the network, as a server sees it; a campus has one for everybody
    browser: str  # its user agent; a computer room has one for everybody
    channel: str  # by which network the link came: "whatsapp", "copy", …
    enrolled_at: datetime
    minutes: float  # of work for whoever made this arrival happen: the inviter, or the attacker
    own_browser: bool = False  # joined where the inviter's mark was
    studied_at: tuple[datetime, ...] = ()  # completed blocks
    completed_at: datetime | None = None
    left_at: datetime | None = None


@dataclass
class World:
    """Everything that happened in `days` days from `start` on; what the course team told the rules is in the last two."""

    start: datetime
    end: datetime
    arrivals: list[Arrival] = field(default_factory=list)
    other_courses: list[tuple[int, int]] = field(
        default_factory=list
    )  # (inviter, friend) of credited invitations elsewhere
    trusted_domains: tuple[str, ...] = ()
    trusted_networks: tuple[str, ...] = ()
    banned_channels: tuple[str, ...] = ()  # sources of which the course team has said that they do not count
