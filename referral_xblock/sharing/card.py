"""The preview card that networks show beside a shared address: 1200 × 630 pixels, PNG.

Text stands on a plain panel beside the course's picture, never on it, so that its contrast does not depend on the picture.
"""

from __future__ import annotations

import io
import logging
from functools import lru_cache

from PIL import Image, ImageDraw, ImageOps

from referral_xblock.sharing.lettering import can_join, font, wrap, writable

logger = logging.getLogger(__name__)

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 72
PICTURE_WIDTH = 468
TEXT_WIDTH = WIDTH - PICTURE_WIDTH - MARGIN - 48
PANEL = (18, 43, 66)
SHAPES = (28, 62, 92)
ACCENT = (244, 183, 64)
TITLE_COLOUR = (255, 255, 255)
QUIET_COLOUR = (178, 205, 229)

TITLE_SIZES = (72, 62, 54, 46)  # the first at which the title is whole in three lines, else the last
TITLE_LINES = 3
SMALL = 30
INVITATION = 36

RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_BYTES = 20_000_000
MOST_PIXELS = 25_000_000  # looked at before anything is unpacked


def draw(
    course_title: str, organisation: str, line: str, picture: bytes | None, language: str, font_path: str = ""
) -> bytes:
    """The card as PNG: organisation, title in at most three lines, an inviting `line` (translated by the caller), picture.

    `organisation` ("Gaia · POL101": organisation and course number) stands in for a title that the font cannot write, and
    what else it cannot write is left out. A picture that is broken, too large or of another format is ignored and logged.
    For a right-to-left `language` everything is mirrored. About 20 ms, with a picture about 80 ms.
    """
    mirrored = language.lower().replace("_", "-").split("-")[0] in RIGHT_TO_LEFT
    card = Image.new("RGB", SIZE, PANEL)
    photo = _open_picture(picture)
    side = photo or (ImageOps.mirror(_shapes()) if mirrored else _shapes())
    card.paste(side, (0 if mirrored else WIDTH - PICTURE_WIDTH, 0))

    title = writable(course_title, font_path)
    parts = (writable(part, font_path) for part in organisation.split("·"))
    above = " · ".join(part for part in parts if part)
    if not title:
        title, above = above, ""
    _write(card, title, above, writable(line, font_path), mirrored=mirrored, font_path=font_path)
    if photo:  # 256 colours: a third of the bytes, and messengers skip cards above some hundred kilobytes
        card = card.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.FLOYDSTEINBERG)
    out = io.BytesIO()
    card.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _write(card: Image.Image, title: str, above: str, line: str, *, mirrored: bool, font_path: str) -> None:
    pen = ImageDraw.Draw(card)
    edge = WIDTH - MARGIN if mirrored else MARGIN
    anchor = "rs" if mirrored else "ls"
    direction = "rtl" if mirrored and can_join() else None

    pen.rectangle((edge - 64, MARGIN, edge, MARGIN + 8) if mirrored else (edge, MARGIN, edge + 64, MARGIN + 8), ACCENT)
    if above:
        face = font(font_path, SMALL)
        pen.text(
            (edge, MARGIN + 62),
            wrap(above, face, TEXT_WIDTH, 1)[0][0],
            QUIET_COLOUR,
            face,
            anchor=anchor,
            direction=direction,
        )
    if title:
        for size in TITLE_SIZES:
            face = font(font_path, size)
            lines, whole = wrap(title, face, TEXT_WIDTH, TITLE_LINES)
            if whole:
                break
        step = round(size * 1.2)
        baseline = (HEIGHT - step * len(lines)) // 2 + size
        for number, words in enumerate(lines):
            pen.text((edge, baseline + number * step), words, TITLE_COLOUR, face, anchor=anchor, direction=direction)
    if line:
        face = font(font_path, INVITATION)
        lines = wrap(line, face, TEXT_WIDTH, 2)[0]
        for number, words in enumerate(reversed(lines)):
            pen.text((edge, HEIGHT - MARGIN - number * 46), words, ACCENT, face, anchor=anchor, direction=direction)


def _open_picture(picture: bytes | None) -> Image.Image | None:
    """The picture cut to its place on the card, or None."""
    if not picture:
        return None
    place = (PICTURE_WIDTH, HEIGHT)
    try:
        if len(picture) > MOST_BYTES:
            raise ValueError(f"{len(picture)} bytes")
        image: Image.Image = Image.open(io.BytesIO(picture), formats=FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise ValueError(f"{image.width} × {image.height} pixels")
        image.draft("RGB", (PICTURE_WIDTH * 2, HEIGHT * 2))
        image = ImageOps.exif_transpose(image)
        if "A" in image.getbands() or "transparency" in image.info:
            image = Image.alpha_composite(Image.new("RGBA", image.size, (*PANEL, 255)), image.convert("RGBA"))
        return ImageOps.fit(image.convert("RGB"), place, Image.Resampling.BICUBIC)
    except Exception as reason:  # a damaged file may raise anything; the card is drawn without it
        logger.warning("A course picture was not used for the preview card: %r", reason)
        return None


@lru_cache(maxsize=1)
def _shapes() -> Image.Image:
    """What stands where there is no picture: circles that touch, drawn large and made small for smooth edges."""
    finer = 3
    image = Image.new("RGB", (PICTURE_WIDTH * finer, HEIGHT * finer), PANEL)
    pen = ImageDraw.Draw(image)
    for x, y, radius, colour in ((330, 200, 150, SHAPES), (160, 430, 138, SHAPES), (400, 470, 104, ACCENT)):
        box = ((x - radius) * finer, (y - radius) * finer, (x + radius) * finer, (y + radius) * finer)
        pen.ellipse(box, colour if colour is not ACCENT else None, outline=colour, width=8 * finer)
    return image.resize((PICTURE_WIDTH, HEIGHT), Image.Resampling.LANCZOS)
