"""The people one can be in the demo: names for the tables, sentences for the front page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """One account of the cast. `role` is its name in /demo/facts.json."""

    username: str
    name: str
    role: str
    title: str | Promise
    sentence: str | Promise
    first_look: str  # the fact that holds the address to go to after signing in


CAST = (
    Part(
        "ada",
        "Ada Moreau",
        "course_author",
        _("Course author"),
        _("Wrote the course and leads its team: sets the block up in Studio, reads the growth page."),
        "dashboard_url",
    ),
    Part(
        "bo",
        "Bo Lindgren",
        "moderator",
        _("Community manager"),
        _("Takes the course and moderates its forum, without being on the course team."),
        "dashboard_url",
    ),
    Part(
        "chen",
        "Chen Wei",
        "learner",
        _("Learner"),
        _("Takes the course and invites friends from inside a unit."),
        "unit_url",
    ),
    Part(
        "dara",
        "Dara Okafor",
        "stranger",
        _("Stranger"),
        _("Has an account and nothing to do with the course."),
        "about_url",
    ),
)
BY_USERNAME = {part.username: part for part in CAST}
