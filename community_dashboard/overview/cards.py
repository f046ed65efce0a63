"""The eight questions, who may open each, and who answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.data import Card, CardLine
from community_dashboard.engagement.cards import drift_card, helper_card, out_card, week_before, works_card
from community_dashboard.moderation.cards import desk_cards, helper_lines, next_digest
from community_dashboard.referrals.cards import advocate_card, growth_card

# In the order of the page: key, who may open it, the question, and what its answer will be.
QUESTIONS: tuple[tuple[str, Capability, Promise, Promise], ...] = (
    (
        "burns",
        Capability.MODERATION,
        _("What burns"),
        _(
            "Reported and held posts will appear here. Until then, look at the reported posts in the course’s discussion."
        ),
    ),
    (
        "waits",
        Capability.MODERATION,
        _("Who waits"),
        _("Questions that wait too long will appear here. Until then, sort the course’s discussion by unanswered."),
    ),
    (
        "mine",
        Capability.OVERVIEW,
        _("What is mine"),
        _("What is assigned to you, and what is due, will appear here. There is nothing to assign yet."),
    ),
    (
        "broke",
        Capability.MODERATION,
        _("What broke"),
        _(
            "A unit that suddenly raises questions will appear here. Until then, read the newest questions of the discussion."
        ),
    ),
    (
        "drifts",
        Capability.LEARNERS,
        _("Who drifts"),
        _(
            "Learners who begin to stay away will appear here, each with a reason, once a week of learning is known. Until then, "
            "look at the gradebook."
        ),
    ),
    (
        "goes_out",
        Capability.MAIL,
        _("What goes out"),
        _(
            "The mail that goes out next will appear here, as soon as there are figures to tell of. Until then, write from the "
            "e-mail tab of the instructor dashboard."
        ),
    ),
    (
        "shines",
        Capability.OVERVIEW,
        _("Who shines"),
        _(
            "Helpers and advocates to thank will appear here, as soon as a learner answered another or brought a friend."
        ),
    ),
    ("works", Capability.GROWTH, _("Did it work"), _("Last week against the week before will appear here.")),
)


def cards(visit: Visit, *, reader: Any, now: datetime) -> Iterator[Card]:
    """The questions that this reader may open, in order. Fifty queries at most, whatever the size of the course."""
    answers = _answers(visit, reader=reader, now=now)
    for key, capability, title, sentence in QUESTIONS:
        if capability in visit.may:
            yield answers.get(key) or Card(key, str(title), str(sentence), None, "")


def _answers(visit: Visit, *, reader: Any, now: datetime) -> dict[str, Card | None]:
    course_key, found = visit.course_key, {}
    if Capability.MODERATION in visit.may:
        found |= desk_cards(course_key, reader=reader)
    if Capability.LEARNERS in visit.may:
        found["drifts"] = drift_card(course_key, now=now)
    if Capability.MAIL in visit.may:
        found["goes_out"] = out_card(course_key, moderators=next_digest(course_key, now=now), now=now)
    found["shines"] = _shines(visit, now=now)
    if Capability.GROWTH in visit.may:
        found["works"] = _works(visit, reader=reader, now=now)
    return found


def _shines(visit: Visit, *, now: datetime) -> Card | None:
    """Who answered others most, and, for those who may see it, who brought the most friends."""
    monday, sunday = week_before(now.date())
    start, end = (datetime.combine(day, time(), tzinfo=UTC) for day in (monday, sunday + timedelta(days=1)))
    helpers = helper_lines(visit.course_key, start=start, end=end)
    card = helper_card(visit.course_key, helpers, may_learners=Capability.LEARNERS in visit.may)
    if Capability.GROWTH not in visit.may:
        return card
    return _joined(card, advocate_card(visit.course_key, today=now.date()))


def _works(visit: Visit, *, reader: Any, now: datetime) -> Card | None:
    """The week beside the others, and what invitations brought of it."""
    card, growth = works_card(visit.course_key, reader=reader, now=now), growth_card(visit.course_key, today=now.date())
    return _joined(card, growth) if growth.value is not None else card or growth


def _joined(card: Card | None, other: Card | None) -> Card | None:
    """One card, the other's answer below it."""
    if card is None or other is None or other.value is None:
        return card or other
    return replace(card, more=(*card.more, CardLine(other.value, other.sentence, other.url), *other.more))
