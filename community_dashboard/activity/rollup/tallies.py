"""How many learners several choices hold, in one look; and what changes when one choice takes the place of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from opaque_keys.edx.keys import CourseKey

from community_dashboard.activity.rollup.choosing import Chosen
from community_dashboard.activity.rollup.models import LearnerState
from community_dashboard.activity.rollup.rows import LISTED, where


@dataclass(frozen=True)
class Difference:
    """One choice beside the one that takes its place. The people are accounts, those seen last first."""

    before: int
    after: int
    comes: int  # in the new one and not in the old
    goes: int  # in the old one and not in the new
    coming: tuple[int, ...]
    going: tuple[int, ...]
    staying: tuple[int, ...]


def counts(course_key: CourseKey, choices: Mapping[str, Chosen], *, now: datetime) -> dict[str, int]:
    """How many learners the list of each choice has, without the retired. One query over the learners of the course."""
    found = dict.fromkeys(choices, 0)
    asked = {name: chosen for name, chosen in choices.items() if chosen.persons != ()}  # nobody needs no counting
    if asked:
        names = {f"choice_{number}": name for number, name in enumerate(asked)}  # any text may name a choice
        sums = {alias: Count("pk", filter=where(asked[name], now=now)) for alias, name in names.items()}
        for alias, number in _rows(course_key).aggregate(**sums).items():
            found[names[alias]] = number
    return found


def difference(course_key: CourseKey, before: Chosen, after: Chosen, *, now: datetime, size: int = 10) -> Difference:
    """What becomes of a choice, with at most `size` people of each kind. Two queries, for all who are in either."""
    rows = _rows(course_key).order_by("-last_at", "person")
    old, new = (list(rows.filter(where(one, now=now)).values_list("person", flat=True)) for one in (before, after))
    was, will = set(old), set(new)
    come = [person for person in new if person not in was]
    gone = [person for person in old if person not in will]
    stay = [person for person in new if person in was]
    return Difference(
        len(old), len(new), len(come), len(gone), tuple(come[:size]), tuple(gone[:size]), tuple(stay[:size])
    )


def _rows(course_key: CourseKey):
    return LearnerState.objects.filter(LISTED, course_key=course_key)
