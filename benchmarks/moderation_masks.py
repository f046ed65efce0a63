"""How long a text that is to be held can be read: a lure that comes, and what an author writes over a mask.

Timed around the forum's own call, with its listeners, the task and the acting account's decision in the same process, until the
forum shows our sentence. A site adds the time its broker needs.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from django.test.utils import override_settings
from django.utils import timezone

from benchmarks.moderation_lines import COURSE, COURSE_KEY, Measure, measure_of, moderator_of_course, timed

ATTEMPTS = 20
GOAL = 2  # seconds
GUARD = "person1"  # of the team: the acting account
AUTHORS = 100  # the number of the first, after the team's
LURE = "Dear learner, your account is pending. Contact the official support on WhatsApp https://wa.me/155500{number:05}"


def measure_masks() -> list[Measure]:
    """A line for each. AssertionError if one text is left readable."""
    from django.contrib.auth import get_user_model

    names = [f"person{AUTHORS + number}" for number in range(2 * ATTEMPTS)]
    authors = list(get_user_model().objects.filter(username__in=names).order_by("id"))
    with override_settings(COMMUNITY_ACTING_ACCOUNT=GUARD):
        lures = [_seconds_of_a_lure(author) for author in authors[:ATTEMPTS]]
        overs = [_seconds_over_a_mask(author) for author in authors[ATTEMPTS:]]
    return [
        _line("a lure, from the call that posts it until it is masked", lures),
        _line("a text over a mask, from its author's edit until it is masked again", overs),
    ]


def _line(what: str, seconds: list[float]) -> Measure:
    usual = median(seconds)
    goal = f"under {GOAL} s; median of {len(seconds)}, the slowest took {max(seconds):.2f} s"
    return measure_of(what, usual, "s", goal, usual < GOAL)


def _seconds_of_a_lure(author: Any) -> float:
    return _until_masked(lambda: _reply(author, LURE.format(number=author.id)))


def _seconds_over_a_mask(author: Any) -> float:
    from forum import api

    from community_dashboard.moderation.data import Choice
    from community_dashboard.moderation.decisions.actions import decide

    ref = _reply(author, "I think that this answer is wrong.")
    decide(by=moderator_of_course(), course_key=COURSE_KEY, ref=ref, choice=Choice.HIDE, now=timezone.now())

    def write_over() -> Any:
        # As the platform does: with the editor.
        editor = {"editing_user_id": str(author.id), "edit_reason_code": "needs-clarity"}
        api.update_comment(ref.id, course_id=COURSE, body="And I say it again.", **editor)
        return ref

    return _until_masked(write_over)


def _reply(author: Any, body: str) -> Any:
    from community_dashboard.host.chosen import get_host

    return get_host().reply(by=author, course_key=COURSE_KEY, thread_id="1", body=body).ref


def _until_masked(write: Callable[[], Any]) -> float:
    from community_dashboard.moderation.projection.queries import find_post
    from community_dashboard.moderation.projection.reading import rows_of

    def look() -> tuple[Any, str]:
        ref = write()
        return ref, rows_of(ref.kind).get(pk=ref.id).body

    seconds, (ref, shown) = timed(look)
    assert find_post(COURSE_KEY, ref).masked, shown
    return seconds
