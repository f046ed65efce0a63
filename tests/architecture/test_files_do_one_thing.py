"""A file that outgrows about 280 lines is split by idea."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 280
KINDS = ("*.py", "*.html", "*.js")
FOLDERS = ("referral_xblock", "community_dashboard", "demo")


def own_files():
    for folder in FOLDERS:
        for kind in KINDS:
            for path in sorted((ROOT / folder).rglob(kind)):
                if not {"migrations", "vendor", "course"} & set(path.parts):
                    yield path.relative_to(ROOT)


@pytest.mark.parametrize("path", list(own_files()), ids=str)
def test_no_file_is_longer_than_a_reader_can_hold(path):
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{path} has {lines} lines: split it by idea."


@pytest.mark.parametrize("name", ["utils.py", "helpers.py", "services.py", "common.py"])
def test_no_drawer_files(name):
    assert [str(path) for folder in FOLDERS for path in (ROOT / folder).rglob(name)] == []
