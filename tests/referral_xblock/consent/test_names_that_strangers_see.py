"""A display name is short, holds no address and pretends to be nobody of the team."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_xblock.consent.names import LONGEST, problem_with, tidy


@pytest.mark.parametrize(
    "name", ["Chen", "Chen from Lyon", "Anne-Sophie D.", "陈", "Ibrahim B.", "O’Neill", "Steam", "J. R. R. Ndiaye", ""]
)
def test_ordinary_names_are_welcome(name):
    assert problem_with(tidy(name)) == ""


@pytest.mark.parametrize(
    "name",
    [
        "a@b.example",
        "http://x",
        "www.buy.example",
        "visit buy.example now",
        "evil．com",
        "evil。com",
        "пример.рф",
        "1.2.3.4/x",
    ],
)
def test_addresses_are_refused(name):
    assert problem_with(tidy(name)) == "address"


@pytest.mark.parametrize(
    "name",
    [
        "Course team",
        "ADMIN",
        "Mоderator",
        "Équipe du cours",
        "St4ff",
        "Professeur Chen",
        "s-t-a-f-f",
        "CourseStaff",
        "Moderators",
        "Stαff",
        "ꜱᴛᴀꜰꜰ",
        "The Instructors",
    ],
)
def test_look_alikes_of_staff_are_refused(name):
    assert problem_with(tidy(name)) == "staff"


def test_a_name_has_at_most_forty_characters():
    assert problem_with("x" * LONGEST) == ""
    assert problem_with("x" * (LONGEST + 1)) == "too_long"


@given(st.text())
def test_no_direction_or_control_character_survives(text):
    assert not {"\u202e", "\u200f", "\n", "\x00"} & set(tidy(text))
