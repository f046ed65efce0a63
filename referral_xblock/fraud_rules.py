"""The part of a course's policy that says what makes an arrival suspicious; see journey/signs.py. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FraudRules:
    """A weight of 0 switches its sign off. The defaults are those that were measured: docs/fraud.md."""

    weight_same_mailbox: int = 100
    weight_throw_away: int = 60
    weight_speed: int = 60
    weight_same_device: int = 60
    weight_own_browser: int = 100
    weight_ring: int = 50
    weight_banned_source: int = 100
    weight_dormant: int = 40
    weight_idle: int = 40
    weight_idle_company: int = 60
    hold_at: int = 100  # a sum of weights from which a person has to look
    speed_limit: int = 12  # new accounts of one inviter in an hour
    idle_days: int = 14
    trusted_domains: tuple[str, ...] = ()
    trusted_networks: tuple[str, ...] = ()  # in CIDR notation
    banned_channels: tuple[str, ...] = ()
    banned_domains: tuple[str, ...] = ()
    inviter_cap: int = 0  # friends of one inviter that count; 0: no cap
    hold_days: int = 3  # an enrolment is rewarded only when it has lasted so long

    @property
    def fraud_weights(self) -> dict[str, int]:
        """The weight of each sign, by its name in journey/signs.py."""
        names = (name for name in self.__dataclass_fields__ if name.startswith("weight_"))
        return {name.removeprefix("weight_"): getattr(self, name) for name in names}

    def holds_alone(self, sign: str) -> bool:
        """Whether this sign is enough for a person to look at the arrival."""
        weight = self.fraud_weights[sign]
        return 0 < weight >= self.hold_at
