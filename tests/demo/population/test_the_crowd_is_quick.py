"""The whole crowd of the demo costs less than a minute of the processor, also on a small machine."""

from __future__ import annotations

from time import process_time

import pytest

from demo.population.crowd import SEED, load_crowd
from referral_xblock.models import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.databases, pytest.mark.slow]


def test_3600_learners_take_less_than_a_minute(cast, course_key, now):
    began = process_time()  # whatever else the machine does
    load_crowd(3600, course_key=course_key, seed=SEED, now=now, progress=lambda _line: None)
    assert process_time() - began < 60
    assert Journey.objects.filter(status="credited").count() > 100
