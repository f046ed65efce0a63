"""The workflow runs what a developer runs, for every Python and release, and depends on nobody's secrets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.releases.test_requirements_fit_the_releases import RELEASES, python_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def workflow() -> dict[str, Any]:
    return yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))


def test_both_pythons_run_the_whole_suite(workflow):
    job = workflow["jobs"]["test"]
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.12"]
    assert job["steps"][-1]["run"] == "make test PYTHON=python${{ matrix.python }}"


def test_every_release_has_its_row_with_its_python(workflow):
    job = workflow["jobs"]["release"]
    rows = {row["release"]: row["python"] for row in job["strategy"]["matrix"]["include"]}
    assert rows == {release: python_of(release) for release in RELEASES}
    assert job["steps"][-1]["run"].startswith("make test-releases RELEASE=${{ matrix.release }}")


def test_every_command_is_one_of_ours(workflow):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert {command.split()[1] for command in commands if command.startswith("make ")} <= targets
    assert all(command.startswith(("make ", "git config ")) for command in commands)


def test_actions_are_pinned_by_their_major_version_and_no_secret_is_asked_for(workflow):
    for path in (ROOT / ".github/workflows").glob("*"):
        text = path.read_text(encoding="utf-8")
        assert "secrets." not in text
        assert "://" not in text
    used = [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", one) for one in used)
    assert workflow["permissions"] == {"contents": "read"}
