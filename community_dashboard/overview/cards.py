"""The eight questions, who may open each, and who answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community_dashboard.access.roles import Capability
from community_dashboard.access.visits import Visit
from community_dashboard.data import Card
from community_dashboard.moderation.cards import desk_cards
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
        _("Learners who begin to stay away will appear here, each with a reason. Until then, look at the gradebook."),
    ),
    (
        "goes_out",
        Capability.MAIL,
        _("What goes out"),
        _(
            "Mailings and campaigns will appear here. Until then, write from the e-mail tab of the instructor dashboard."
        ),
    ),
    (
        "shines",
        Capability.OVERVIEW,
        _("Who shines"),
        _("Helpers and advocates to thank will appear here, as soon as somebody brought a friend last week."),
    ),
    ("works", Capability.GROWTH, _("Did it work"), _("Last week against the week before will appear here.")),
)


def cards(visit: Visit, *, reader: Any, today: date) -> Iterator[Card]:
    """The questions that this reader may open, in order. Ten queries at most, one for a name, and those for the reader's role."""
    desk = desk_cards(visit.course_key, reader=reader) if Capability.MODERATION in visit.may else {}
    for key, capability, title, sentence in QUESTIONS:
        if capability not in visit.may:
            continue
        card = desk.get(key)
        if Capability.GROWTH in visit.may and key == "works":
            card = growth_card(visit.course_key, today=today)
        elif Capability.GROWTH in visit.may and key == "shines":
            card = advocate_card(visit.course_key, today=today)
        yield card or Card(key, str(title), str(sentence), None, "")
