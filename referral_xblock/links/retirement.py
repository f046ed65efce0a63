"""What is left of a retired person here: links of nobody that no longer invite, and clicks that are still counted.

The address of a personal link stands in what its owner wrote elsewhere under their own name, so it must lead to nothing. A
link of the course team goes on working, unless the word in it is part of the name.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable

from opaque_keys.edx.keys import CourseKey

from referral_xblock.links.codes import new_code
from referral_xblock.links.models import Click, Link
from referral_xblock.links.visitors import HASH_LENGTH, account

SHORTEST = 3  # letters of a part of a name that are looked for in a chosen code


def courses_of(user_id: int) -> set[CourseKey]:
    """The courses in which the person has links. One query."""
    return set(Link.objects.filter(owner_id=user_id).values_list("course_key", flat=True).distinct())


def move(
    user_id: int, course_key: CourseKey, *, stub_id: int, names: Iterable[str], touched_links: Iterable[int]
) -> None:
    """Moves links and clicks to the stub. `names` are all by which the person is known; `touched_links` brought the person.

    One query, and one statement for each link and each click that became the account's.
    """
    words = _words(names)
    for link in Link.objects.filter(owner_id=user_id, course_key=course_key):
        link.owner_id = stub_id
        if link.channel != "vanity" or any(word in link.code for word in words):
            link.code, link.paused = new_code(), True
            link.label = link.code if link.label else ""
        link.save()
    own = Click.objects.filter(course_key=course_key, link_id__in=list(touched_links), person=account(user_id))
    for click_id in own.values_list("id", flat=True):
        # With the old hash, an address that is known from elsewhere could still be tried.
        Click.objects.filter(id=click_id).update(person=account(stub_id), visitor=secrets.token_hex(HASH_LENGTH // 2))


def _words(names: Iterable[str]) -> set[str]:
    """The parts of the names in the letters that a code may have."""
    parts = (part for name in names for part in re.split(r"[^a-z0-9]+", name.partition("@")[0].lower()))
    return {part for part in parts if len(part) >= SHORTEST}
