"""What a learner's browser loads for the block. The issue's bounds, and one that keeps us under them."""

import gzip
from pathlib import Path

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


def test_every_style_of_the_block_stays_inside_it():
    for name, root in (("block.css", ".referral"), ("studio.css", ".referral-studio")):
        css = (PUBLIC / name).read_text(encoding="utf-8")
        css = css[css.index("*/") + 2 :]
        for rule in css.split("}"):
            selectors = rule.rpartition("{")[0].rpartition("{")[2] or rule.partition("{")[0]
            for selector in selectors.split(","):
                assert not selector.strip() or selector.strip().startswith((root, "@media")), (name, selector)
        for left_right in (
            "margin-left",
            "margin-right",
            "padding-left",
            "padding-right",
            " left:",
            " right:",
            "fixed",
        ):
            assert left_right not in css
