"""What is kept of a text: a readable beginning, a fingerprint, and whether it only thanks."""

import pytest

from community_dashboard.moderation.projection.texts import EXCERPT, excerpt_of, fingerprint_of, is_thanks, plain_text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Why so many?\n\nReally", "Why so many? Really"),
        ("**Why** so _many_?", "Why so many?"),
        ("# A title\n> quoted\n- one\n- two", "A title quoted one two"),
        ("See [the course](https://example.org/x) and ![a bee](bee.png)", "See the course and a bee"),
        ("<p>Why <a href='https://example.org' onclick='x()'>so</a> many?</p>", "Why so many?"),
        ("<script>alert(1)</script>Hello", "Hello"),
        ("1 &lt; 2 &amp;&amp; x", "1 < 2 && x"),
        ("if a < b: pass", "if a < b: pass"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("", ""),
    ],
)
def test_plain_text(written, read):
    assert plain_text(written) == read


def test_a_long_text_is_cut_and_says_so():
    excerpt = excerpt_of("bee " * 1000)
    assert len(excerpt) <= EXCERPT and excerpt.endswith("bee…")
    assert excerpt_of("bee") == "bee"


def test_text_hidden_behind_two_thousand_characters_of_markup_is_cut_too():
    assert excerpt_of("<b></b>" * 400 + "bee") == "…"


def test_the_same_words_in_another_dress_have_the_same_fingerprint():
    plain = fingerprint_of("Été", "Buy pollen, now!")
    assert fingerprint_of("ETE", "  buy **POLLEN**\n now") == plain
    assert fingerprint_of("Été", "Buy pollen later!") != plain
    assert len(plain) == 32


def test_a_text_without_words_has_none():
    assert fingerprint_of("", " …! ") == ""


@pytest.mark.parametrize("text", ["Thanks!", "merci beaucoup", "Perfect, thank you so much.", "D'accord."])
def test_thanks(text):
    assert is_thanks(text)


@pytest.mark.parametrize("text", ["Thanks, but why?", "It does not work.", "Thanks. " + "I tried it again. " * 10, ""])
def test_more_than_thanks(text):
    assert not is_thanks(text)
