"""Tutor 20, 21 and 22, each in its own environment, with projects of their own; no Docker."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
OFFLINE = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "Network is unreachable")


def tutor_of(major: str) -> Path:
    """The folder of this version's environment; the test is skipped where it can't be downloaded, but never in CI."""
    made = subprocess.run([ROOT / "bin/environment", f"tutor-{major}"], capture_output=True, text=True, timeout=240)
    if made.returncode and os.environ.get("CI") != "true" and any(word in made.stderr for word in OFFLINE):
        pytest.skip(f"Tutor {major} is not installed and there is no network.")
    assert made.returncode == 0, made.stderr
    return Path(made.stdout.strip())


@dataclass(frozen=True)
class Project:
    """One TUTOR_ROOT with our plugin enabled."""

    programs: Path
    root: Path

    def tutor(self, *words: str, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs `tutor …`; what it says stands in stdout and stderr."""
        places = {"TUTOR_ROOT": str(self.root), "TUTOR_PLUGINS_ROOT": str(self.root / "plugins")}
        done = subprocess.run(
            [self.programs / "bin/tutor", *words],
            env={**os.environ, **places, **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0 or not check, done.stderr
        return done

    def text(self, name: str) -> str:
        """A file that Tutor rendered."""
        return (self.root / "env" / name).read_text(encoding="utf-8")

    def documents(self, name: str) -> list[Any]:
        """The same, read as YAML."""
        return [document for document in yaml.safe_load_all(self.text(name)) if document]


@pytest.fixture(params=["20", "21", "22"], scope="session")
def programs(request: pytest.FixtureRequest) -> Path:
    """Each version of Tutor in turn."""
    return tutor_of(request.param)


@pytest.fixture(scope="session")
def new_project(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Project]:
    """`new_project("NAME=value", …)` renders a project of its own with these values."""

    def make(*values: str) -> Project:
        project = Project(programs, tmp_path_factory.mktemp("tutor"))
        project.tutor("plugins", "enable", "community-growth")
        project.tutor("config", "save", *(word for value in values for word in ("--set", value)))
        return project

    return make


@pytest.fixture(scope="session")
def project(new_project: Callable[..., Project]) -> Project:
    """A project as it is after `tutor plugins enable community-growth`. Not to be changed."""
    return new_project()
