"""The days that Studio writes over the updates of a course, as the LMS's host reads them."""

from datetime import date

import pytest

from community_dashboard.host.edx_platform.courses import _day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("November 22, 2026", date(2026, 11, 22)),
        (" March 3, 2026 ", date(2026, 3, 3)),
        ("June 31, 2026", None),
        ("22 novembre 2026", None),
        ("Yesterday", None),
        ("", None),
    ],
)
def test_a_day_is_read_whatever_the_locale_and_words_are_none(words, day):
    assert _day(words) == day
