"""The list of people at risk, and what each meaning would have found: ready to be written out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.sealing import sealed
from community_dashboard.charts.bars import FULL
from community_dashboard.charts.figures import Figure, Number, Row
from community_dashboard.charts.numbers import per_cent, whole
from community_dashboard.engagement.risk import queries, words
from community_dashboard.engagement.risk.levels import HIGH
from community_dashboard.engagement.risk.meaning import Means, Policy
from community_dashboard.engagement.risk.queries import AtRisk, Round
from referral_xblock.api import get_host


@dataclass(frozen=True)
class Line:
    """One learner of the list. `last`: the team's capacity ends behind this one."""

    sealed: str
    name: str
    chance: str
    trend: str
    high: bool
    newly: bool
    reasons: tuple[str, ...]
    last: bool


@dataclass(frozen=True)
class Choice:
    """One of the lists: its words, how many it has, and its address."""

    name: str
    words: str
    number: str
    query: str


@dataclass(frozen=True)
class ListPage:
    """What the page shows."""

    finding: str
    basis: str
    choices: tuple[Choice, ...]
    lines: tuple[Line, ...]
    following: str  # the query of the next page; "" at the end
    capacity: str


def list_page(
    course_key: CourseKey, found: Round, policy: Policy, *, show: str, after: int | None, size: int
) -> ListPage:
    """Seven queries, whatever the size of the course."""
    counts = queries.counts_of(course_key)
    page = queries.page(course_key, show, after=after, size=size)
    people = get_host().people([one.person for one in page.people]) if page.people else {}
    lines = tuple(
        _line(course_key, one, people[one.person].name if one.person in people else "", place == policy.capacity)
        for place, one in enumerate(page.people, start=page.position + 1)
    )
    following = {"show": show, "after": lines[-1].sealed} if page.more else {}
    return ListPage(
        _finding(counts, found),
        _basis(found),
        tuple(Choice(name, said, whole(counts[name]), f"show={name}") for name, said in _choices().items()),
        lines,
        urlencode(following),
        ngettext(
            "%(number)s learner: as far as your team gets in a week.",
            "%(number)s learners: as far as your team gets in a week.",
            policy.capacity,
        )
        % {"number": whole(policy.capacity)},
    )


def _line(course_key: CourseKey, one: AtRisk, name: str, last: bool) -> Line:
    return Line(
        sealed(one.person, course_key),
        name or _("An account that is gone"),
        words.chance(one.chance),
        words.trend(one.chance, one.before),
        one.chance >= HIGH,
        one.newly,
        one.reasons,
        last,
    )


def _choices() -> dict[str, str]:
    return {
        queries.ALL: _("Everybody looked at"),
        queries.HIGH: _("At risk, %(level)s or more") % {"level": words.chance(HIGH)},
        queries.NEW: _("Newly at risk"),
    }


def _finding(counts: dict[str, int], found: Round) -> str:
    own = found.means is Means.DEADLINE and found.counted.own > 0
    foretold = words.foretold(found.means, found.within, own=own)
    looked_at = ngettext(
        "%(number)s learner learned in the last 7 days", "%(number)s learners learned in the last 7 days", counts["all"]
    ) % {"number": whole(counts["all"])}
    if own:
        looked_at = ngettext(
            "%(number)s learner learned in the last 7 days and has a deadline in the next %(days)s",
            "%(number)s learners learned in the last 7 days and have a deadline in the next %(days)s",
            counts["all"],
        ) % {"number": whole(counts["all"]), "days": words.days(found.days)}
    if not counts["high"]:
        return _("%(looked_at)s, and for none the chance of %(what)s reaches %(level)s.") % {
            "looked_at": looked_at,
            "what": foretold,
            "level": words.chance(HIGH),
        }
    return _(
        "%(looked_at)s; for %(high)s the chance of %(what)s is %(level)s or more, for %(new)s of them newly so."
    ) % {
        "looked_at": looked_at,
        "high": whole(counts["high"]),
        "new": whole(counts["new"]),
        "what": foretold,
        "level": words.chance(HIGH),
    }


def _basis(found: Round) -> str:
    day = {"day": date_format(found.day, "DATE_FORMAT") if found.day else "", "version": whole(found.version)}
    if found.version:
        return (
            _(
                "Reckoned by version %(version)s of this course’s own model, from all that was known at the end of %(day)s."
            )
            % day
        )
    return _("Reckoned by our general rule, from all that was known at the end of %(day)s.") % day


def choices_figure(found: Round, policy: Policy) -> Figure:
    """What each meaning would have found by the day of the round. No query."""
    rows = []
    for one in found.counted.choices:
        share = one.dropped / one.looked_at if one.looked_at else None
        name = words.meaning(Policy(one.means, one.days))
        if (one.means, one.days) == (policy.means, policy.days):
            name = _("%(meaning)s (chosen)") % {"meaning": name}
        numbers = (
            Number(date_format(one.since, "DATE_FORMAT") if one.since else _("before each one’s last deadline")),
            Number(whole(one.looked_at)),
            Number(whole(one.dropped)),
            Number(per_cent(share)),
        )
        rows.append(Row(name, numbers, str(round(FULL * share)) if share else "0"))
    return Figure(
        "choices",
        _("What each choice would mean today"),
        _choices_finding(found, policy),
        (
            _("Dropped out means"),
            _("Looked at on"),
            _("Had learned in the 7 days before"),
            _("Dropped out since"),
            _("Share"),
        ),
        tuple(rows) if any(one.looked_at for one in found.counted.choices) else (),
        _(
            "Finished learners and the course team are not counted; who left the course without finishing has dropped out."
        ),
    )


def _choices_finding(found: Round, policy: Policy) -> str:
    chosen = [
        one for one in found.counted.choices if (one.means, one.days) == (policy.means, policy.days) and one.looked_at
    ]
    if not chosen:
        if policy.means is Means.DEADLINE:
            return _("The platform knows of no past deadline, so there is nothing to compare.")
        return _("Nobody was learning that many days ago, so there is nothing to compare yet.")
    one = chosen[0]
    if one.since is None:
        return ngettext(
            "Of the %(number)s learner who was learning before the last deadline, %(dropped)s let it pass.",
            "Of the %(number)s learners who were learning before their last deadline, %(dropped)s let it pass.",
            one.looked_at,
        ) % {"dropped": whole(one.dropped), "number": whole(one.looked_at)}
    return ngettext(
        "By the present choice %(dropped)s of the %(number)s learner who was learning around %(day)s has dropped out since.",
        "By the present choice %(dropped)s of the %(number)s learners who were learning around %(day)s have dropped out since.",
        one.looked_at,
    ) % {"dropped": whole(one.dropped), "number": whole(one.looked_at), "day": date_format(one.since, "DATE_FORMAT")}
