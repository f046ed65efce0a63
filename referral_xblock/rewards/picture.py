"""The picture of a badge, as PNG and as SVG: our own drawing with the badge's name and the course's. No person's name."""

from __future__ import annotations

import io
import math
import unicodedata
from functools import lru_cache
from xml.etree import ElementTree

from PIL import Image, ImageDraw

from referral_xblock.sharing.lettering import font, wrap, writable

SIZE = 512
FINER = 3  # drawn larger and made smaller, for smooth edges
GROUND, RING, ACCENT, NAME, COURSE = "#122b42", "#1c3e5c", "#f4b740", "#ffffff", "#b2cde5"
CENTRE, RADIUS, TEETH, DEPTH = SIZE / 2, 244, 24, 10
NAME_SIZES, NAME_LINES, NAME_WIDTH = (52, 44, 36, 30), 3, 348
COURSE_SIZE, COURSE_LINES, COURSE_WIDTH = 24, 2, 300
SVG = "http://www.w3.org/2000/svg"

Line = tuple[str, int, int, str]  # words, size, baseline, colour


def png(badge: str, course: str, *, font_path: str = "") -> bytes:
    """The badge as PNG, 512 × 512, clear around it. What the font cannot write is left out. About 25 ms."""
    image = _ground().copy()
    pen = ImageDraw.Draw(image)
    for words, size, baseline, colour in _lines(badge, course, font_path):
        pen.text((CENTRE, baseline), words, fill=colour, font=font(font_path, size), anchor="ms")
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


@lru_cache(maxsize=1)
def _ground() -> Image.Image:
    """Everything but the words."""
    large = Image.new("RGBA", (SIZE * FINER, SIZE * FINER), (0, 0, 0, 0))
    pen = ImageDraw.Draw(large)
    pen.polygon([(x * FINER, y * FINER) for x, y in _rosette()], fill=ACCENT)
    for radius, colour in ((226, GROUND), (210, RING), (204, GROUND)):
        pen.ellipse([(CENTRE - radius) * FINER] * 2 + [(CENTRE + radius) * FINER] * 2, fill=colour)
    pen.polygon([(x * FINER, y * FINER) for x, y in _star()], fill=ACCENT)
    return large.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def svg(badge: str, course: str, *, font_path: str = "") -> ElementTree.Element:
    """The same as the root of an SVG document. Colours are attributes, so that a strict content policy refuses nothing."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.Element(
        f"{{{SVG}}}svg", {"viewBox": f"0 0 {SIZE} {SIZE}", "role": "img", "width": str(SIZE), "height": str(SIZE)}
    )
    ElementTree.SubElement(root, f"{{{SVG}}}title").text = f"{_plain(badge)} – {_plain(course)}"
    _polygon(root, _rosette())
    for radius, colour in ((226, GROUND), (210, RING), (204, GROUND)):
        circle = {"cx": f"{CENTRE:g}", "cy": f"{CENTRE:g}", "r": str(radius), "fill": colour}
        ElementTree.SubElement(root, f"{{{SVG}}}circle", circle)
    _polygon(root, _star())
    for words, size, baseline, colour in _lines(badge, course, font_path, whole=True):
        place = {
            "x": f"{CENTRE:g}", "y": str(baseline), "fill": colour, "font-size": str(size), "text-anchor": "middle",
            "font-family": "Open Sans, Noto Sans, sans-serif", "font-weight": "600",
        }  # fmt: skip
        ElementTree.SubElement(root, f"{{{SVG}}}text", place).text = words
    return root


def _polygon(root: ElementTree.Element, points: list[tuple[float, float]]) -> None:
    written = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    ElementTree.SubElement(root, f"{{{SVG}}}polygon", {"points": written, "fill": ACCENT})


def _rosette() -> list[tuple[float, float]]:
    """The scalloped edge."""
    steps = TEETH * 8
    return [
        (
            CENTRE + (RADIUS + DEPTH * math.cos(TEETH * angle)) * math.cos(angle),
            CENTRE + (RADIUS + DEPTH * math.cos(TEETH * angle)) * math.sin(angle),
        )
        for angle in (2 * math.pi * step / steps for step in range(steps))
    ]


def _star() -> list[tuple[float, float]]:
    """A small star above the words."""
    return [
        (CENTRE + radius * math.sin(math.pi * step / 5), 118 - radius * math.cos(math.pi * step / 5))
        for step in range(10)
        for radius in ((34, 14)[step % 2],)
    ]


def _lines(badge: str, course: str, font_path: str, *, whole: bool = False) -> list[Line]:
    """The words with their places. `whole`: whoever shows it has other fonts, so that nothing is left out."""
    name = writable(badge, font_path) or (_plain(badge) if whole else "")
    below = writable(course, font_path) or (_plain(course) if whole else "")
    found: list[Line] = []
    if name:
        for size in NAME_SIZES:
            lines, complete = wrap(name, font(font_path, size), NAME_WIDTH, NAME_LINES)
            if complete:
                break
        step = round(size * 1.18)
        first = 268 - step * (len(lines) - 1) // 2 + size // 3
        found += [(words, size, first + number * step, NAME) for number, words in enumerate(lines)]
    if below:
        lines, _complete = wrap(below, font(font_path, COURSE_SIZE), COURSE_WIDTH, COURSE_LINES)
        found += [(words, COURSE_SIZE, 376 + number * 30, COURSE) for number, words in enumerate(lines)]
    return found


def _plain(text: str) -> str:
    """The text in one line, without what an XML document cannot hold."""
    return " ".join("".join(one for one in text if one.isspace() or unicodedata.category(one)[0] != "C").split())
