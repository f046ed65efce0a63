"""A course whose team has turned prompts on, and a learner who sees them."""

import pytest
from django.core.cache import cache

from referral_xblock.panels import Place, Viewing
from referral_xblock.policy.actions import save_policy
from referral_xblock.policy.queries import exported, is_held_out
from referral_xblock.prompts.panel import draw_prompt


@pytest.fixture
def rules(cast, course_key, now):
    """`rules(paused=True)` changes them for good; no test waits for the end of its transaction."""

    def change(**values):
        save_policy(course_key=course_key, values=exported(course_key) | values, actor=cast.ada, now=now)
        cache.clear()

    return change


@pytest.fixture
def prompts_on(cast, course_key, rules, settings):
    """Turned on; chen is not held out, bo is."""
    for number in range(1000):
        settings.REFERRAL_HOLDOUT_SALT = f"draw {number}"
        if not is_held_out(cast.chen.id, course_key) and is_held_out(cast.bo.id, course_key):
            break
    rules(prompts=True)


@pytest.fixture
def seen(course_key, now):
    """What somebody sees: `seen(user, now)`."""

    def draw(user, at=now, place=Place.UNIT):
        return draw_prompt(Viewing(user.id, course_key, place, at))

    return draw
