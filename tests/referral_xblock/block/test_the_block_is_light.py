"""What a learner's browser loads for the block. The issue's bounds, and one that keeps us under them."""

import gzip
import re
from pathlib import Path

import pytest

import referral_xblock

PUBLIC = Path(referral_xblock.__file__).parent / "public"


def test_the_block_with_its_icons_weighs_less_than_fifteen_kilobytes(block_for, cast, html_of, no_holdout):
    parts = {name: (PUBLIC / name).read_bytes() for name in ("block.js", "block.css", "icons.svg")}
    parts["html"] = html_of(block_for(cast.chen), "student_view").encode()
    weights = {name: len(gzip.compress(part)) for name, part in parts.items()}
    assert sum(weights.values()) < 15_000, weights


def test_the_script_is_less_than_five_kilobytes_unpacked():
    assert (PUBLIC / "block.js").stat().st_size <= 5_000


def test_no_file_of_the_block_names_another_host():
    for path in PUBLIC.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert "://" not in text, path.name


@pytest.mark.parametrize(("name", "root"), [("block.css", ".referral"), ("studio.css", ".referral-studio")])
def test_every_style_of_the_block_stays_inside_it(name, root):
    css = re.sub(r"/\*.*?\*/", "", (PUBLIC / name).read_text(encoding="utf-8"), flags=re.S).strip()
    assert css.startswith(f"{root}:is({root}, #referral) {{")
    depth, ends = 0, []
    for place, character in enumerate(css):
        depth += {"{": 1, "}": -1}.get(character, 0)
        ends += [place] if character == "}" and depth == 0 else []
    assert ends == [len(css) - 1], "All rules stand inside the first one."
    for selectors in re.findall(r"^\s+([&@][^{;]*)\{", css, flags=re.M):
        assert selectors.startswith("@") or all(one.strip().startswith("&") for one in selectors.split(", &")[:1])


@pytest.mark.parametrize("name", ["block.css", "studio.css"])
def test_no_style_of_the_block_leans_on_the_window_or_on_the_platforms_idea_of_a_rem(name):
    css = (PUBLIC / name).read_text(encoding="utf-8").partition("*/")[2]
    for unwanted in (
        *("margin-left", "margin-right", "padding-left", "padding-right", " left:", " right:"),
        *("fixed", "sticky", "vh;", "vh)", "vw", "100%;\n  block-size"),
    ):
        assert unwanted not in css
    assert re.findall(r"[\d.]+rem", css) in (["1rem", "40rem"], ["1rem"])
