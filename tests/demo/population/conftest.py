"""A small crowd in which everything happens often, also what is rare in the large one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from demo.population import inviting, studies
from demo.population.drawing import draw_story
from demo.population.ground import Ground, ground_of
from demo.population.story import Story
from tests.people import NOW

SEED = 66


@pytest.fixture
def ground(course_key: Any) -> Ground:
    """The tiny course as the crowd finds it."""
    return ground_of(course_key)


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Callable[[Ground], Story]:
    """`busy(ground)` draws 60 people of whom many invite, come again, leave, or come where it does not count."""
    monkeypatch.setattr(inviting, "SHARES_WITH_PROMPT", 0.6)
    monkeypatch.setattr(inviting, "SHARES_WITHOUT", 0.3)
    monkeypatch.setattr(inviting, "DELAY", 10 * 86400.0)
    monkeypatch.setattr(inviting, "WHO_JOINS", {"newcomer": 60, "account": 15, "enrolled": 13, "inviter": 12})
    monkeypatch.setattr(inviting, "WAYS", {"cookie": 60, "back": 20, "code": 20})
    monkeypatch.setattr(inviting, "ENROLS", {"at once": 60, "later": 20, "never": 8, "by team": 12})
    monkeypatch.setattr(inviting, "OWN_BROWSER", 0.12)
    monkeypatch.setattr(inviting, "PREFETCHED", 0.15)
    monkeypatch.setattr(inviting, "COMES_AGAIN", 0.6)
    monkeypatch.setattr(inviting, "LOOKS_FIRST", 0.3)
    monkeypatch.setattr(inviting, "REGISTERS", 0.5)
    monkeypatch.setattr(studies, "INTENTIONS", ((10, 0.0, 0.0), (45, 0.3, 0.8), (45, 1.0, 1.0)))
    monkeypatch.setattr(studies, "LEAVES", 0.35)
    monkeypatch.setattr(studies, "COMES_BACK", 0.5)
    monkeypatch.setattr(studies, "LAPSES", 0.4)

    def draw(ground: Ground) -> Story:
        return draw_story(
            60,
            seed=SEED,
            now=NOW,
            course=ground.shape,
            channels=("copy", "whatsapp", "x", "email", "qr", "mastodon"),
            holds_out=lambda number: number % 10 == 0,
        )

    return draw
