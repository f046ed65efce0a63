"""The preview card: its size, its words in every script, and pictures that are not what they say."""

import io
import statistics
import struct
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from referral_xblock.sharing import card as cards
from referral_xblock.sharing.card import draw
from referral_xblock.sharing.lettering import OWN_FONT, font, wrap, writable

ORGANISATION = "Gaia University · POL101"
LINE = "You are invited to this course"
ARABIC = "من يزور الزهرة؟"


def card(title="Who visits a flower?", organisation=ORGANISATION, line=LINE, picture=None, language="en", **options):
    return draw(title, organisation, line, picture, language, **options)


def pixels(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


def picture(kind="JPEG", size=(1600, 900), mode="RGB", **options):
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize(size)
    Image.merge("RGB", [image, image.rotate(180), image]).convert(mode).save(out, kind, **options)
    return out.getvalue()


def bright_columns(image, colour=cards.TITLE_COLOUR):
    """The first and last column in which the title's colour stands."""
    far = ImageChops.difference(image, Image.new("RGB", image.size, colour)).convert("L")
    box = far.point(lambda distance: 255 if distance < 10 else 0).getbbox()
    return (box[0], box[2]) if box else None


@pytest.mark.parametrize("given", [None, picture()])
def test_a_card_is_a_png_of_the_size_that_networks_want(given):
    image = Image.open(io.BytesIO(card(picture=given)))
    assert (image.format, image.size) == ("PNG", (1200, 630))


def test_every_part_shows():
    cases = [card(), card("Who pollinates?"), card(organisation="Other"), card(line="Join"), card(picture=picture())]
    assert len(set(cases)) == len(cases)
    assert card() == card()


def test_words_contrast_with_the_panel_and_stay_off_the_picture():
    def luminance(colour):
        parts = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for colour in (cards.TITLE_COLOUR, cards.QUIET_COLOUR, cards.ACCENT):
        assert (luminance(colour) + 0.05) / (luminance(cards.PANEL) + 0.05) >= 7
    black = io.BytesIO()
    Image.new("RGB", (900, 900), "black").save(black, "PNG")
    _, last = bright_columns(pixels(card("A long word beside another " * 9, picture=black.getvalue())))
    assert last <= 1200 - cards.PICTURE_WIDTH


@pytest.mark.parametrize(
    "title",
    ["Qui visite une fleur ? L’œuvre des abeilles", "Łódź, Århus, Çeşme", "Ποιος επισκέπτεται ένα λουλούδι;"]
    + ["Кто прилетает к цветку?", "Ai ghé thăm hoa?", "e\u0301te\u0301"],
)
def test_the_own_font_writes_european_languages(title):
    assert writable(title)


@pytest.mark.parametrize("title", [ARABIC, "谁来拜访花朵", "花を訪れるのは誰", "फूल", "מי מבקר", "Fleur 花"])
def test_a_title_that_the_font_cannot_write_gives_way_to_organisation_and_number(title):
    assert writable(title) == ""
    assert card(title) == card(ORGANISATION, organisation="")
    assert card(title, organisation=f"{title} · POL101") == card("POL101", organisation="")


def test_a_card_without_any_writable_word_is_still_a_card():
    assert pixels(card("花", "花 · 花", "花", language="ja")).size == (1200, 630)
    assert pixels(card("", "", "")).size == (1200, 630)


def test_signs_that_the_font_lacks_are_left_out_alone():
    assert writable("Pollination 🌸🐝 for\u200b all\ufe0f\x00") == "Pollination for all"
    assert writable("🌸") == ""


def test_a_font_of_the_site_writes_what_ours_cannot(tmp_path):
    path = tmp_path / "one-more.ttf"
    path.write_bytes(Path(OWN_FONT).read_bytes())
    assert card(font_path=str(path)) == card()
    assert card(font_path=str(tmp_path / "missing.ttf")) == card()


@pytest.mark.parametrize("language", ["ar", "he", "fa", "fa-IR", "ur"])
def test_right_to_left_languages_are_mirrored(language):
    left, right = bright_columns(pixels(card("OXO", "", "", language="en")))
    mirrored_left, mirrored_right = bright_columns(pixels(card("OXO", "", "", language=language)))
    assert left == pytest.approx(cards.MARGIN, abs=12)
    assert mirrored_right == pytest.approx(1200 - cards.MARGIN, abs=12)
    assert right - left == pytest.approx(mirrored_right - mirrored_left, abs=2)


def test_letters_that_must_join_are_not_written_by_a_pillow_that_cannot_join(monkeypatch):
    monkeypatch.setattr("referral_xblock.sharing.lettering._is_missing", lambda one, path: False)
    monkeypatch.setattr("referral_xblock.sharing.lettering.can_join", lambda: True)
    assert writable(ARABIC) == ARABIC
    monkeypatch.setattr("referral_xblock.sharing.lettering.can_join", lambda: False)
    assert writable(ARABIC) == ""
    assert writable("Flower") == "Flower"


def test_lines_are_as_wide_as_measured_and_no_more_than_asked():
    face = font("", 46)
    for text in ("Every flower has its visitors " * 9, "a" * 300, "Wort" * 20 + " und mehr", "ab " * 200):
        lines, whole = wrap(text.strip(), face, 600, 3)
        assert len(lines) == 3
        assert not whole
        assert lines[-1].endswith("…")
        assert all(face.getlength(line) <= 600 for line in lines)
    assert wrap("Who visits a flower?", face, 600, 3) == (["Who visits a flower?"], True)
    assert wrap("", face, 600, 3) == ([], True)


@pytest.mark.parametrize(
    "given",
    [picture("PNG"), picture("WEBP"), picture("GIF"), picture("PNG", mode="RGBA"), picture("JPEG", mode="CMYK")]
    + [picture("PNG", mode="P"), picture("PNG", mode="L"), picture("PNG", size=(3, 900)), picture("PNG", size=(1, 1))],
)
def test_pictures_of_every_usual_kind_are_shown(given):
    assert card(picture=given) != card()


def bomb(width, height):
    """A PNG of a few bytes that claims to be enormous."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "given",
    [b"", b"not a picture", picture()[:40], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe-3.0 EPSF-3.0\n"]
    + [picture("PNG")[:300], bomb(30_000, 30_000), bomb(6_000, 5_000), b"\0" * (cards.MOST_BYTES + 1), picture("BMP")],
    ids=range(10),
)
def test_a_broken_or_exploding_picture_leaves_the_card_as_without_one(given):
    start = time.process_time()
    assert card(picture=given) == card()
    assert time.process_time() - start < 3


def test_an_exploding_picture_is_never_unpacked(monkeypatch):
    unpacked = []
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: unpacked.append(self.size))
    card(picture=bomb(6_000, 5_000))
    assert unpacked == []


def test_a_card_with_a_photograph_stays_light_enough_for_messengers():
    photo = Image.effect_noise((1600, 900), 60).convert("RGB")
    ImageDraw.Draw(photo).ellipse((300, 100, 1300, 800), "orange")
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=90)
    assert len(card(picture=out.getvalue())) < 300_000


def test_a_card_is_drawn_quickly():
    photo, took = picture(size=(1920, 1080)), []
    for _ in range(7):
        start = time.process_time()
        card(picture=photo)
        took.append(time.process_time() - start)
    assert statistics.median(took) < 0.15
