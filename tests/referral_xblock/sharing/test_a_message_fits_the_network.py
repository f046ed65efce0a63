"""Messages are counted as each network counts them, and shortened until they fit."""

import grapheme
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_xblock.sharing.limits import count, fit, fits, shorten, write
from referral_xblock.sharing.networks import NETWORKS, network

URL = "https://courses.example.org/r/k7qp2x9a?utm_source=x&utm_medium=social&utm_campaign=POL101"
SHORT_URL = "https://courses.example.org/r/k7qp2x9a"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
LIMITED = [one for one in NETWORKS if one.limit is not None]

# Words, long and short, of scripts and signs that networks count in different ways.
PIECES = st.sampled_from(
    ["fleur ", "abeille, ", "été ", "e\u0301", "花", "の", "🐝", FAMILY, "🇫🇷", "👩🏽", "1\ufe0f\u20e3", "…", "\n", "  "]
    + [
        "€",
        "{",
        "ç ",
        "https://example.org/a ",
        "example.org ",
        "https://例え.jp/ ",
        "http://localhost:8000/r ",
        "a" * 40,
    ]
    + ["\u200d", "\u0301", "\ufe0f", "हि", "مرحبا "]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=260).map("".join), st.text(max_size=700))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("bee", 3),
        ("abeille été", 11),
        ("e\u0301", 1),  # composed first
        ("蜜蜂", 4),
        ("“quoted” – …", 13),  # the dots are outside the light ranges; marks and dash are inside
        ("🐝", 2),
        (FAMILY, 2),
        ("👩🏽", 2),
        ("🇫🇷", 2),
        ("1\ufe0f\u20e3", 2),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
        ("☺", 2),
        ("Hi https://test.example", 26),
        ("https://test.example/a/very/long/path?with=a&query=too", 23),
        ("(https://test.example/a).", 26),
        ("test.example", 23),
        ("https://test.example です", 28),
    ],
)
def test_x_weighs_letters_emoji_and_links(text, length):
    assert count(text, "weighted") == length


@pytest.mark.parametrize(
    "text", ["http://localhost:8000/r/k7qp2x9a", "https://例え.テスト/", "я.рф", "http://192.0.2.1/"]
)
def test_what_may_or_may_not_be_a_link_never_counts_too_little(text):
    bare = sum(1 if ord(one) <= 4351 else 2 for one in text)
    assert count(text, "weighted") >= max(23, bare)


def test_other_networks_count_otherwise():
    assert count(f"été{FAMILY}🇫🇷e\u0301", "graphemes") == 6
    assert count(f"{URL} ok", "graphemes") == len(URL) + 3
    assert count(f"{URL} ok", "short_links") == 26
    assert count("example.org", "short_links") == 11
    assert count("été🐝", "emoji_bytes") == 3 + 4
    assert count(FAMILY, "emoji_bytes") == len(FAMILY.encode()) == 25
    assert count("a🐝", "utf16") == 3
    assert count("é\n", "encoded") == len("%C3%A9%0D%0A")
    with pytest.raises(KeyError):
        count("a", "furlongs")


@pytest.mark.parametrize(
    ("text", "parts"),
    [("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2)]
    + [("ç" * 70, 1), ("ç" * 71, 2), ("ç" * 134, 2), ("ç" * 135, 3), ("é" * 160, 1), ("🐝" * 35, 1), ("🐝" * 36, 2)],
)
def test_short_messages_are_counted_in_parts(text, parts):
    assert count(text, "sms_parts") == parts


def test_a_text_that_fits_comes_back_untouched():
    for one in NETWORKS:
        assert fit("Join me\nin  this course.", SHORT_URL, one) == "Join me\nin  this course."


def test_a_text_is_cut_between_words_and_ends_in_an_ellipsis():
    text = "Every flower has its visitors, and every visitor has its flower. " * 10
    cut = fit(text, URL, network("x"))
    assert cut.endswith("…")
    assert text.startswith(cut[:-1])
    assert text[len(cut) - 1] in " ,."
    assert cut[-2].isalpha()
    assert 260 - len("visitors,") <= count(write(cut, URL, network("x")), "weighted") <= 280


def test_a_text_without_spaces_is_cut_between_letters():
    assert fit("蜜" * 300, URL, network("x")) == "蜜" * 127 + "…"  # 2 × 127 + 2, a space, 23
    assert fit(FAMILY * 300, SHORT_URL, network("mastodon")) == FAMILY * 285 + "…"  # 2,000 code points


def test_bluesky_counts_bytes_too():
    cut = fit(FAMILY * 250, SHORT_URL, network("bluesky"))
    assert count(write(cut, SHORT_URL, network("bluesky")), "graphemes") < 300
    assert 2900 < len(write(cut, SHORT_URL, network("bluesky")).encode()) <= 3000


def test_a_short_message_is_not_lengthened_by_its_own_ellipsis():
    cut = fit("Join me to see who visits a flower. " * 20, SHORT_URL, network("sms"))
    assert cut.endswith("...")
    assert cut[-4].isalpha()
    assert count(write(cut, SHORT_URL, network("sms")), "sms_parts") == 3
    assert len(cut) > 350


def test_hashtags_take_their_room():
    text = "Every flower has its visitors. " * 20
    x = network("x")
    assert len(fit(text, URL, x, ["pollination", "MOOC"])) < len(fit(text, URL, x))
    assert fits(fit(text, URL, x, ["pollination", "MOOC"]), URL, x, ["pollination", "MOOC"])


def test_an_address_that_is_too_long_by_itself_leaves_no_text():
    long_url = SHORT_URL + "?" + "a" * 300
    assert fit("Join me", long_url, network("viber")) == ""
    assert not fits("", long_url, network("viber"))


@pytest.mark.parametrize("one", LIMITED, ids=lambda one: one.slug)
@given(text=TEXTS)
@settings(max_examples=40, deadline=None)
def test_what_was_made_to_fit_fits_and_no_letter_is_cut(one, text):
    cut = fit(text, SHORT_URL, one)
    assert count(write(cut, SHORT_URL, one), one.counts_by) <= one.limit
    assert len(write(cut, SHORT_URL, one).encode("utf-8", "replace")) <= (one.limit_bytes or 10**6)
    if cut not in (text, ""):
        assert cut.endswith(one.ellipsis)
        letters = list(grapheme.graphemes(cut.removesuffix(one.ellipsis)))
        assert letters == list(grapheme.graphemes(text))[: len(letters)]
        assert fit(cut, SHORT_URL, one) == cut


@given(text=st.text(max_size=200), room=st.integers(0, 60))
@settings(deadline=None)
def test_a_text_is_shortened_to_any_length(text, room):
    assert len(shorten(text, lambda shorter: len(shorter) <= room)) <= room
