"""QR codes decode, in both forms, and the SVG is small, named and without inline style."""

import gzip
import io
import re
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image

from referral_xblock.sharing.qr import png, svg

LINK = "https://courses.example.org/r/k7qp2x9abc"  # 40 characters
TAGGED = LINK + "?utm_source=qr&utm_medium=qr&utm_campaign=course-v1%3AGaia%2BPOL101%2B2026"
SVG = "{http://www.w3.org/2000/svg}"


def paint(markup, scale=6):
    """The SVG's dark strokes as a picture, painted from its path alone."""
    root = ElementTree.fromstring(markup)
    side = int(root.get("viewBox").split()[2])
    ground, strokes = root.findall(f"{SVG}path")
    assert (ground.get("fill"), strokes.get("stroke")) == ("#fff", "#000")
    matrix = Image.new("L", (side, side), 255)
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", strokes.get("d")):
        steps = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "h":
            for column in range(int(x), int(x + steps[0])):
                matrix.putpixel((column, int(y)), 0)
            x += steps[0]
        else:
            x, y = (steps[0], steps[1]) if command == "M" else (x + steps[0], y + steps[1])
    return matrix.resize((side * scale, side * scale), Image.Resampling.NEAREST)


@pytest.mark.parametrize("url", [LINK, TAGGED])
def test_the_png_is_read_back(url):
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(png(url))))
    assert found.text == url
    assert found.ec_level in {"M", "Q", "H"}


@pytest.mark.parametrize("url", [LINK, TAGGED])
def test_the_svg_is_read_back(url):
    assert zxingcpp.read_barcode(paint(svg(url))).text == url


def test_the_svg_is_small():
    assert len(LINK) == 40
    assert len(gzip.compress(svg(LINK).encode(), 9)) <= 600


def test_the_svg_is_named_and_needs_no_inline_style():
    markup = svg(LINK, title='Code of <your> "invitation"')
    root = ElementTree.fromstring(markup)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == 'Code of <your> "invitation"'
    assert "style" not in markup
    assert "<script" not in markup
    assert ElementTree.fromstring(svg(LINK)).find(f"{SVG}title").text == LINK


def test_a_module_is_as_wide_as_was_asked():
    small, large = (Image.open(io.BytesIO(png(LINK, scale))) for scale in (1, 10))
    assert (small.width * 10, small.height * 10) == large.size


@pytest.mark.parametrize("scale", [0, -1, 41])
def test_a_senseless_scale_is_refused(scale):
    with pytest.raises(ValueError, match="1 to 40"):
        png(LINK, scale)


def test_more_than_a_code_holds_is_refused():
    with pytest.raises(ValueError, match="too large"):
        svg("https://courses.example.org/" + "a" * 3000)
