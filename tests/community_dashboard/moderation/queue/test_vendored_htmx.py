"""The htmx that pages load is the one that was published, and the file beside it says which."""

import hashlib
from pathlib import Path

import community_dashboard

FOLDER = Path(community_dashboard.__file__).parent / "static/community_dashboard/vendor"


def test_the_file_is_the_one_that_is_written_down():
    told = dict(
        line.split(maxsplit=1)
        for line in (FOLDER / "htmx.txt").read_text().splitlines()
        if line[:4] in ("file", "sha2")
    )
    assert hashlib.sha256((FOLDER / told["file"]).read_bytes()).hexdigest() == told["sha256"]


def test_nothing_else_is_vendored_beside_it():
    assert {path.name for path in FOLDER.glob("htmx*")} == {"htmx.min.js", "htmx.txt", "htmx-license.txt"}
