"""How much an item of the queue wants a moderator, as a sum of parts that a reader can check. Plain Python.

| part | points | made of |
|---|---|---|
| finding | 0 to 100 in all | what rules, words and the clock found: the strongest in full, each further one for what is left |
| reports | 0 to 70 | the reporters: how often moderators agreed with them, shrunk towards a half while they are little known |
| author | −10 to 30 | how many of the author's posts were found wrong, shrunk likewise; quiet posts speak for them |
| reach | 0 to 15 | the answers below it, and whether it stands at the top |
| age | 0.25 an hour | the time it waits, the same for every item, so that nothing waits for ever |

Who needs help is not pushed back by a good name: the author's part is left out where nothing is suspected.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from community_dashboard.moderation.data import Finding, Reason

SUSPICIONS = frozenset(
    {
        Reason.REPORTED,
        Reason.HELD,
        Reason.WATCHED,
        Reason.SUSPECT,
        Reason.IMPERSONATION,
        Reason.FIRST_POST,
        Reason.EDITED,
    }
)
MOST_BY_REPORTS = 70.0
BELIEF = 0.55  # that a post is wrong, if one reporter who is always right says so
REPORTER_PRIOR, REPORTER_DOUBT = 0.5, 4.0  # an unknown reporter counts as two right of four
MOST_BY_AUTHOR = 40.0
AUTHOR_PRIOR, AUTHOR_DOUBT = 0.25, 4.0  # of the posts that are looked at, about one in four is wrong
QUIET_POST = 0.2  # a post that nobody minded speaks for its author a fifth as loud as an approved one
MOST_BY_REACH = 15.0
PINNED = 5.0
AN_HOUR = 0.25
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
Key = TypeVar("Key")


@dataclass(frozen=True)
class Record:
    """Earlier cases of one person that moderators judged: of so many, the post was found wrong in so many."""

    wrong: int = 0
    judged: int = 0


@dataclass(frozen=True)
class Facts:
    """What is known of one post besides its text."""

    findings: tuple[Finding, ...]
    reports: int = 0
    reporters: tuple[Record, ...] = ()  # of those whose record was read; the others count as their mean
    author: Record = Record()
    author_posts: int = 0  # of this author in the course
    answers: int = 0
    pinned: bool = False


@dataclass(frozen=True)
class Part:
    """One part of a score. `code` names a sentence, `facts` fills it."""

    name: str  # "finding", "reports", "author", "reach", "age"
    code: str
    points: float
    facts: Mapping[str, str | int | float] = field(default_factory=dict)


def trust(record: Record) -> float:
    """How far to believe a reporter, 0 to 1: the share of reports that moderators agreed with, shrunk."""
    return (record.wrong + REPORTER_PRIOR * REPORTER_DOUBT) / (record.judged + REPORTER_DOUBT)


def parts_of(facts: Facts) -> list[Part]:
    """All parts but the age, the findings first, the strongest first. Parts of no points are left out."""
    parts = [*_of_findings(facts), *_of_reports(facts)]
    if any(finding.reason in SUSPICIONS for finding in facts.findings):
        parts += _of_author(facts)
    parts += _of_reach(facts)
    return [part for part in parts if part.points]


def score_of(parts: Iterable[Part]) -> float:
    """The sum, never below nought."""
    return max(0.0, math.fsum(part.points for part in parts))


def age_part(waits_since: datetime, now: datetime) -> Part:
    """What waiting adds by now."""
    hours = max(0.0, (now - waits_since).total_seconds() / 3600)
    return Part("age", "age", AN_HOUR * hours, {"hours": round(hours)})


def order_of(score: float, waits_since: datetime) -> float:
    """A number by which items are ordered, the greatest first: the order that score and age give together, at any time."""
    return score - AN_HOUR * (waits_since - EPOCH).total_seconds() / 3600


def rank(cases: Mapping[Key, tuple[Facts, datetime]]) -> list[Key]:
    """The keys of the cases (facts, waiting since), what wants a moderator most first; equals in the given order."""
    orders = {key: order_of(score_of(parts_of(facts)), since) for key, (facts, since) in cases.items()}
    return sorted(orders, key=lambda key: -orders[key])


def _of_findings(facts: Facts) -> list[Part]:
    strongest_first = sorted(
        (finding for finding in facts.findings if finding.reason is not Reason.REPORTED),
        key=lambda finding: (-finding.weight, finding.reason, finding.code),
    )
    left, parts = 100.0, []
    for finding in strongest_first:
        points = left * min(max(finding.weight, 0.0), 100.0) / 100
        left -= points
        parts.append(Part("finding", finding.code, points, {**finding.facts, "reason": finding.reason.value}))
    return parts


def _of_reports(facts: Facts) -> list[Part]:
    if not any(finding.reason is Reason.REPORTED for finding in facts.findings):
        return []
    known = [trust(record) for record in facts.reporters]
    reports = max(facts.reports, len(known), 1)
    mean = math.fsum(known) / len(known) if known else REPORTER_PRIOR
    doubts = [math.log1p(-BELIEF * one) for one in sorted(known)]
    doubt = math.exp(math.fsum(doubts) + (reports - len(known)) * math.log1p(-BELIEF * mean))
    agreed, judged = (sum(getattr(record, name) for record in facts.reporters) for name in ("wrong", "judged"))
    code = "reports_with_record" if judged else "reports"
    return [
        Part("reports", code, MOST_BY_REPORTS * (1 - doubt), {"reports": reports, "agreed": agreed, "judged": judged})
    ]


def _of_author(facts: Facts) -> list[Part]:
    author, quiet = facts.author, max(0, facts.author_posts - facts.author.judged)
    share = (author.wrong + AUTHOR_PRIOR * AUTHOR_DOUBT) / (author.judged + QUIET_POST * quiet + AUTHOR_DOUBT)
    told = {"posts": max(facts.author_posts, author.judged), "wrong": author.wrong, "judged": author.judged}
    return [
        Part(
            "author",
            "author_trouble" if author.wrong else "author_quiet",
            MOST_BY_AUTHOR * (share - AUTHOR_PRIOR),
            told,
        )
    ]


def _of_reach(facts: Facts) -> list[Part]:
    parts = []
    if facts.answers > 0:
        points = min(MOST_BY_REACH - PINNED, 2 * math.log2(1 + facts.answers))
        parts.append(Part("reach", "reach", points, {"answers": facts.answers}))
    if facts.pinned:
        parts.append(Part("reach", "pinned", PINNED))
    return parts
