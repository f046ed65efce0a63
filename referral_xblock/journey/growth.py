"""What invitations do for a course, with how sure one can be. Plain Python.

Counts of people brought are lumpy: most bring nobody, a few bring many. Both estimates therefore take the spread that the
counts themselves have, but never less than the spread of independent arrivals (Poisson: variance = mean). Without that
floor a small group that happened to bring nobody would look certain.

k-factor: credited new enrolments for one active inviter, the mean m of n counts. Its interval holds every mean u with
(m - u)² ≤ t² · d · u / n, where d ≥ 1 is how many times the variance exceeds the mean. That is the score interval of a
Poisson mean (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
Statistical Association 22, 1927, has the idea for proportions), widened for overdispersion as quasi-likelihood does
(P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd ed., 1989, ch. 6 and 9). It stays above zero and says
something also where nobody has come yet.

Incrementality: the mean of learners with the prompt less the mean of those drawn to see the block without it, times the
learners with the prompt. Its interval is B. L. Welch's ("The generalization of Student's problem when several different
population variances are involved", Biometrika 34, 1947). The counts are of credited enrolments.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import atan, cos, exp, lgamma, pi, sqrt, tan

SURE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A value and the two ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Group:
    """So many people, and how many enrolments each of them brought; who brought none may be left out of `brought`."""

    people: int
    brought: tuple[int, ...]

    @classmethod
    def of(cls, members: Collection[int], brought: Mapping[int, int]) -> Group:
        """The group of these people, from what everybody brought."""
        return cls(len(members), tuple(count for person, count in brought.items() if person in members))

    @property
    def mean(self) -> float:
        """Enrolments for one person."""
        return sum(self.brought) / self.people

    @property
    def variance(self) -> float:
        """The sample's variance (n - 1)."""
        squares = sum((count - self.mean) ** 2 for count in self.brought)
        return (squares + (self.people - len(self.brought)) * self.mean**2) / (self.people - 1)


def k_factor(per_inviter_counts: Sequence[int]) -> Estimate | None:
    """New enrolments for one active inviter; None for fewer than two inviters, from whom no spread can be seen."""
    inviters = len(per_inviter_counts)
    if inviters < 2:
        return None
    group = Group(inviters, tuple(per_inviter_counts))
    dispersion = max(1.0, group.variance / group.mean) if group.mean else 1.0
    width = student_quantile(inviters - 1) ** 2 * dispersion / inviters
    middle, reach = group.mean + width / 2, sqrt(group.mean * width + width**2 / 4)
    return Estimate(group.mean, max(0.0, middle - reach), middle + reach)


def incrementality(*, prompted: Group, held_out: Group) -> Estimate | None:
    """Enrolments that would not have come without the prompt; None while a group has fewer than two people or nobody came."""
    if prompted.people < 2 or held_out.people < 2:
        return None
    everybody = prompted.people + held_out.people
    floor = (sum(prompted.brought) + sum(held_out.brought)) / everybody
    if not floor:
        return None
    difference = prompted.mean - held_out.mean
    ours = max(prompted.variance, floor) / prompted.people
    theirs = max(held_out.variance, floor) / held_out.people
    freedom = (ours + theirs) ** 2 / (ours**2 / (prompted.people - 1) + theirs**2 / (held_out.people - 1))
    reach = student_quantile(freedom) * sqrt(ours + theirs)
    return Estimate(*(prompted.people * end for end in (difference, difference - reach, difference + reach)))


def student_quantile(freedom: float) -> float:
    """The t between whose negative and itself Student's distribution has 95 % of its weight.

    With t = √f · tan a the density becomes cos(a)^(f-1) over a constant (W. S. Gosset's own integral), which Simpson's rule
    takes to ten digits; the rest is halving. Freedom from 1 upwards, whole or not.
    """
    whole = sqrt(pi) * exp(lgamma(freedom / 2) - lgamma((freedom + 1) / 2)) / 2
    low, high = 0.0, atan(13 / sqrt(freedom))  # at one degree of freedom it is 12.7, and it falls from there
    for _step in range(50):
        middle = (low + high) / 2
        if _simpson(freedom - 1, middle) / whole < SURE:
            low = middle
        else:
            high = middle
    return sqrt(freedom) * tan((low + high) / 2)


def _simpson(power: float, end: float, steps: int = 128) -> float:
    """The integral of cos(a)^power from 0 to `end`."""
    width = end / steps
    inner = sum((4 if step % 2 else 2) * cos(step * width) ** power for step in range(1, steps))
    return (1.0 + inner + cos(end) ** power) * width / 3
