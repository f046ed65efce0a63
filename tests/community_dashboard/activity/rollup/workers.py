"""Real processes that fill one database: `python -m …workers killed 100 <seed>` or `… together 4 <seed>`.

"killed" ends each worker at a random moment, "together" lets some work at once. In the end one run goes through, and every
figure is compared with the recount. See tests/killing.py.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from tests.killing import Work, at_once, killed_at_random, own_database, tell

COURSES = ("course-v1:Test+Bees101+2026", "course-v1:Test+Birds+2026")


def main(mode: str, times: int, seed: int) -> None:
    """Prints what happened; raises if a figure is wrong."""
    own_database()
    from community_dashboard.activity.rollup.filling import fill
    from tests.community_dashboard.activity.rollup.exactness import assert_exact
    from tests.people import NOW, make_course

    chance = random.Random(seed)
    keys = [make_course(key).course_key for key in COURSES]
    people = _make_people(keys)
    fill(now=NOW)  # loads what the workers then have loaded
    if mode == "killed":
        works = _rounds(times, chance, keys, people)
        tell(killed_at_random(works, chance=chance, seconds=0.4, at_most=1.5, growth=1.1))
    else:
        tell(_together(times, chance, keys, people))
    now = NOW + timedelta(days=3)  # whatever was waiting its time has waited long enough
    assert fill(now=now).failed == 0
    for key in keys:
        assert_exact(key, now=now)


def _rounds(times: int, chance: random.Random, keys: list, people: list) -> Iterator[Work]:
    """Something happens, then there is a run to be made of it."""
    from tests.people import NOW

    for number in range(times):
        _tell(chance, keys, people)
        yield lambda number=number: _fill(NOW + timedelta(minutes=3 * number), number % 5 == 0)


def _together(times: int, chance: random.Random, keys: list, people: list) -> dict[str, int]:
    from tests.people import NOW

    ends: Counter[str] = Counter()
    for number in range(3):
        for _ in range(5):
            _tell(chance, keys, people)
        now = NOW + timedelta(minutes=3 * number)
        ends.update(at_once([lambda now=now: _fill(now, again=False)] * times))
    return ends


def _fill(now, again: bool) -> None:
    from community_dashboard.activity.rollup.filling import fill
    from community_dashboard.activity.rollup.looking import begin_again

    if again:
        begin_again()
    assert fill(now=now).failed == 0


def _tell(chance: random.Random, keys: list, people: list) -> None:
    from django.db import transaction

    from community_dashboard.activity.actions import record_many
    from tests.community_dashboard.activity.rollup.stories import KINDS, PEOPLE, fact

    with transaction.atomic():
        for key in keys:
            happened = [
                (chance.choice(KINDS), chance.randrange(PEOPLE), chance.randrange(3), -chance.randrange(60 * 24 * 20))
                for _ in range(40)
            ]
            record_many(activities=[fact(one, people, key) for one in happened])


def _make_people(keys: list) -> list:
    from demo.campus.models import Enrolment
    from tests.community_dashboard.activity.rollup.stories import make_people
    from tests.people import NOW

    people = make_people(keys[0])
    Enrolment.objects.bulk_create(Enrolment(user=one, course_key=keys[1], active=True, created=NOW) for one in people)
    return people


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
