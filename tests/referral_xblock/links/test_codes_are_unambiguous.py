"""A code can be read out, written down, typed and pasted, and always means one link."""

import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from referral_xblock.links.codes import ALPHABET, LENGTH, RESERVED, check_vanity, is_code, new_code, normalise

generated = st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH)
anything = st.text(alphabet=st.characters(codec=None), max_size=60)
vanity_like = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789- _ABCXYZ", max_size=40)


@pytest.mark.parametrize("alike", ["0o", "1li", "5s", "2z", "6b", "8b", "9gq", "uvy", "mn"])
def test_of_characters_that_look_or_sound_alike_a_code_has_one_kind_at_most(alike):
    assert len(set(alike) & set(ALPHABET)) <= 1


def test_a_code_is_lower_case_without_vowels_and_without_digits_that_stand_for_vowels():
    assert ALPHABET.lower() == ALPHABET
    assert len(set(ALPHABET)) == len(ALPHABET) == 18
    assert not set(ALPHABET) & set("aeiouy0134")


def test_a_new_code_has_eight_characters_of_the_alphabet():
    for _ in range(200):
        code = new_code()
        assert len(code) == 8
        assert set(code) <= set(ALPHABET)
        assert is_code(code)


def test_new_codes_use_the_whole_alphabet_and_do_not_repeat():
    codes = [new_code() for _ in range(5_000)]
    assert len(set(codes)) == len(codes)
    assert set("".join(codes)) == set(ALPHABET)


def test_a_seed_gives_the_same_codes_again():
    assert new_code(random.Random(7).choice) == new_code(random.Random(7).choice)
    assert new_code(random.Random(7).choice) != new_code(random.Random(8).choice)


@given(generated)
def test_a_code_is_read_in_capitals_in_groups_and_with_spaces_around(code):
    for typed in (
        code,
        code.upper(),
        f"  {code}\n",
        f"{code[:4]}-{code[4:]}",
        f"{code[:4]} {code[4:]}",
        "-".join(code),
    ):
        assert normalise(typed) == code


def test_dashes_that_telephones_write_and_marks_nobody_sees_do_no_harm():
    for typed in (
        "cdfh–2567",
        "cdfh—2567",
        "cdfh‑2567",
        "\u200bcdfh2567\ufeff",
        "\u2067cdfh2567\u2069",
        "«cdfh2567».",
        "ｃdfh２567",
    ):
        assert normalise(typed) == "cdfh2567"


def test_a_look_alike_is_read_as_the_character_it_looks_like():
    assert normalise("cdfhs2sz") == "cdfh5252"
    assert normalise("cdfh2g67") == "cdfh2967"
    assert normalise("CDFHB567") == "cdfh8567"
    assert normalise("cdfhb567") == "cdfh6567"


@given(generated)
def test_a_pasted_share_address_gives_its_code(code):
    for pasted in (
        f"https://courses.example.org/r/{code}",
        f"https://courses.example.org/r/{code}/",
        f"https://courses.example.org/r/{code}?utm_source=bluesky&utm_medium=referral",
        f"courses.example.org/r/{code}#top",
        f"/r/{code}",
        f"r/{code}",
        f"{code}?utm_source=x",
        f"https://courses.example.org/r/{code}/share",
        f"Come and learn with me: https://courses.example.org/r/{code}.",
        f"https://network.example/intent?url=https%3A%2F%2Fcourses.example.org%2Fr%2F{code}%3Futm_source%3Dx",
    ):
        assert normalise(pasted) == code


def test_a_vanity_code_keeps_its_dashes_and_is_read_in_any_case():
    for typed in (
        "data-week",
        "Data-Week",
        " data week ",
        "DATA_WEEK",
        "data – week",
        "https://a.example/r/data-week?utm_id=1",
    ):
        assert normalise(typed) == "data-week"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "-",
        "ab",
        "a" * 33,
        "été-2027",
        "a/b",
        "<b>code</b>",
        "' OR 1=1 --",
        "%00",
        "\x00\ud800",
        "../../etc",
        "/r/",
        "https://a.example/",
        "кодкод",
    ],
)
def test_what_can_be_no_code_gives_none(typed):
    assert normalise(typed) == ""
    assert not is_code(typed)


@pytest.mark.parametrize("value", [None, 7, b"cdfh2567", ["cdfh2567"]])
def test_what_is_no_text_gives_none(value):
    assert normalise(value) == ""


@given(anything)
@example("İſK\u0345")
@example("%ff%r%2Fr%2F")
@example("ß" * 60)
def test_reading_never_raises_and_reading_twice_changes_nothing(text):
    code = normalise(text)
    assert code == "" or (is_code(code) and code.isascii() and 3 <= len(code) <= 32)
    assert normalise(code) == code


@given(st.sampled_from(["a", "-", " ", "%", "%2F", "/r/", "/r/a", "﷽", "\u200b", "?", "=x&"]), st.integers(1, 3))
def test_ten_thousand_characters_are_read_in_no_time(piece, more):
    start = time.process_time()
    normalise(piece * (10_000 * more // len(piece)))
    assert time.process_time() - start < 0.2


def test_the_code_at_the_start_of_a_long_address_is_found():
    assert normalise("https://a.example/r/cdfh2567?x=" + "y" * 10_000) == "cdfh2567"


@given(vanity_like)
@example("cdfh-2567")
@example("Data  Week")
@example("sgqz-bbbb")
def test_a_vanity_code_is_accepted_with_no_problem_or_refused_with_one_and_never_reads_as_another(text):
    code, problem = check_vanity(text)
    assert bool(code) != bool(problem)
    if code:
        assert normalise(code) == code == normalise(text)
        assert normalise(code.upper()) == code
        assert not (len(code) == LENGTH and set(code) <= set(ALPHABET))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Data Week", ("data-week", "")),
        ("mooc2027", ("mooc2027", "")),
        ("-- spring --", ("spring", "")),
        ("ab", ("", "too_short")),
        ("", ("", "too_short")),
        ("a" * 33, ("", "too_long")),
        ("x" * 50_000, ("", "too_long")),
        ("été-2027", ("", "characters")),
        ("a/b/c", ("", "characters")),
        ("<b>hello</b>", ("", "characters")),
        ("Seen", ("", "reserved")),
        ("ad-min", ("", "reserved")),
        ("share", ("", "reserved")),
        ("cdfh-2567", ("", "looks_like_a_generated_code")),
        ("CDFHB567", ("", "looks_like_a_generated_code")),
    ],
)
def test_course_staff_are_told_what_is_wrong_with_a_vanity_code(text, expected):
    assert check_vanity(text) == expected


def test_further_words_can_be_reserved():
    assert check_vanity("harvest", RESERVED | {"harvest"}) == ("", "reserved")
    assert check_vanity("harvest") == ("harvest", "")


@pytest.mark.parametrize("word", ["seen", "join", "back", "to", "share", "card", "qr", "admin"])
def test_words_of_our_own_addresses_are_reserved(word):
    assert word in RESERVED


def test_a_code_in_other_spelling_is_not_the_stored_form():
    assert is_code("cdfh2567")
    assert is_code("data-week")
    for other in ("CDFH2567", "cdfh-2567", " cdfh2567", "Data-Week", "data--week"):
        assert not is_code(other)
