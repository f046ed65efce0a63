"""The Tutor plugin's table of options, and how the part of it that repeats our settings is written.

`python -m tests.tutor.options` writes tutorcommunitygrowth/settings.json from the two settings.py files: each
`default("NAME", value)` with the comment above it. The plugin runs without our packages, so it brings the table along.
"""

from __future__ import annotations

import json
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = ROOT / "tutor-contrib-community-growth/tutorcommunitygrowth"
PACKAGES = ("referral_xblock", "community_dashboard")
# How the packages are wired, for tests and for other platforms: nothing that an operator chooses.
WIRING = {"REFERRAL_HOST", "REFERRAL_LISTENS", "REFERRAL_NOTES_RERUNS", "COMMUNITY_HOST"}


def offered() -> list[Any]:
    """The plugin's options, read without Tutor, which is not in the tests' own environment."""
    spec = spec_from_file_location("tutorcommunitygrowth_options", PLUGIN / "options.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.OPTIONS


def settings_of(package: str) -> list[dict[str, Any]]:
    """name, default and help of each setting, in the order of the file. A comment may stand above several."""
    from importlib import import_module

    module = import_module(f"{package}.settings")
    values = SimpleNamespace()
    module.plugin_settings(values)
    found, comment, fresh = [], [], True
    for line in Path(module.__file__).read_text(encoding="utf-8").splitlines():
        words = line.strip()
        if words.startswith("# "):
            comment, fresh = ([] if fresh else comment) + [words[2:]], False
            continue
        fresh = True
        setting = re.match(r'default\("([A-Z_]+)"', words)
        if setting and setting[1] not in WIRING:
            found.append({"setting": setting[1], "default": getattr(values, setting[1]), "help": " ".join(comment)})
    return found


def table() -> str:
    """The text of settings.json."""
    rows = [row for package in PACKAGES for row in settings_of(package)]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (PLUGIN / "settings.json").write_text(table(), encoding="utf-8")
