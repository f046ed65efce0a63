"""What a job over many posts need not ask anew for each of them: who people are in the course, how far each post was decided,
what stands in it. What is decided on it is not: a decision whose ground has changed meanwhile is refused when it is written.

Only within `remembering()`, and for two seconds at most: whose right is taken away is stopped by the job as soon as a job is
that somebody stops.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

SECONDS = 2.0
One = TypeVar("One", bound=Hashable)

_answers: ContextVar[dict[Hashable, tuple[float, Any]] | None] = ContextVar("answers", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """What is asked through `recall` in here is remembered; nothing is when it ends."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def recall(question: Hashable, about: Iterable[One], ask: Callable[[list[One]], Mapping[One, Any]]) -> dict[One, Any]:
    """The answers about these, of which `ask` answers those that are not remembered; outside of `remembering` all."""
    wanted, answers = list(dict.fromkeys(about)), _answers.get()
    if answers is None:
        return dict(ask(wanted))
    now = time.monotonic()
    known = {one: answers.get((question, one)) for one in wanted}
    missing = [one for one, found in known.items() if found is None or now - found[0] > SECONDS]
    if missing:
        for one, answer in ask(missing).items():
            answers[question, one] = (now, answer)
    return {one: answers[question, one][1] for one in wanted if (question, one) in answers}


def forget(question: Hashable, one: Hashable) -> None:
    """This answer is no longer right."""
    answers = _answers.get()
    if answers is not None:
        answers.pop((question, one), None)


def forget_all() -> None:
    """Nothing that was asked until now is taken for right any more."""
    answers = _answers.get()
    if answers is not None:
        answers.clear()
