"""Small courses as OLX, in a folder or an archive, for tests that want to bend them."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SMALL = {
    "course.xml": '<course url_name="2026" org="Test" course="Moss"/>',
    "course/2026.xml": (
        '<course display_name="Moss" language="en" start="2026-01-05T00:00:00Z"><chapter url_name="c"/><wiki slug="w"/></course>'
    ),
    "chapter/c.xml": '<chapter display_name="Week 1"><sequential url_name="s"/></chapter>',
    "sequential/s.xml": (
        '<sequential display_name="Day 1" graded="true"><vertical url_name="u1"/><vertical url_name="u2"/></sequential>'
    ),
    "vertical/u1.xml": (
        '<vertical display_name="What is moss">'
        '<html url_name="h1"/><drag-and-drop-v2 url_name="d1" xblock-family="xblock.v1" display_name="Sort them"/></vertical>'
    ),
    "vertical/u2.xml": '<vertical display_name="Quiz"><problem url_name="p1"/></vertical>',
    "html/h1.xml": '<html filename="h1" display_name="Read"/>',
    "html/h1.html": (
        '<p onclick="alert(1)">Soft and <script>alert(1)</script>green</p><img src="/static/moss.png" alt="Moss">'
        '<section lang="fr">Mousse</section><section lang="en">Moss</section>'
    ),
    "problem/p1.xml": (
        '<problem display_name="Roots"><multiplechoiceresponse><label>Has moss roots?</label><choicegroup>'
        '<choice correct="false">Yes<choicehint>Only threads.</choicehint></choice><choice correct="true">No</choice>'
        "</choicegroup></multiplechoiceresponse><solution><p>It has rhizoids.</p></solution></problem>"
    ),
    "static/moss.png": b"\x89PNG\r\n\x1a\n small",
    "about/short_description.html": "<p>All about   <b>moss</b> &amp; more</p>",
    "about/overview.html": '<h2>Moss</h2><script>alert(1)</script><iframe src="https://example.org"></iframe>',
    "policies/2026/grading_policy.json": '{"GRADE_CUTOFFS": {"A": 0.9, "Pass": 0.6}}',
}


def small(changes: dict[str, Any] | None = None) -> dict[str, str | bytes]:
    """The small course with some files replaced or added, or taken away where the value is None."""
    return {name: content for name, content in {**SMALL, **(changes or {})}.items() if content is not None}


def as_folder(path: Path, files: dict[str, str | bytes]) -> Path:
    """The files written below a folder."""
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(_bytes(content))
    return path


def as_archive(
    path: Path, files: dict[str, str | bytes], members: Iterable[tuple[tarfile.TarInfo, bytes | None]] = ()
) -> Path:
    """The files below `course/` in `path/export.tar.gz`, as Studio packs them, and then members of one's own making."""
    target = path / "export.tar.gz"
    with tarfile.open(target, "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(f"course/{name}")
            info.size = len(_bytes(content))
            archive.addfile(info, io.BytesIO(_bytes(content)))
        for info, data in members:
            archive.addfile(info, None if data is None else io.BytesIO(data))
    return target


def member(name: str, data: bytes = b"x", **about: Any) -> tuple[tarfile.TarInfo, bytes | None]:
    """One member of an archive; `about` are attributes of its TarInfo, such as type=tarfile.SYMTYPE."""
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for attribute, value in about.items():
        setattr(info, attribute, value)
    return info, data if info.isreg() else None


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
