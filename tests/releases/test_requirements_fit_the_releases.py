"""What setup.py asks for can be installed beside each release's own versions, and moves none of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
RELEASES = sorted(path.stem for path in (ROOT / "requirements/releases").glob("*.txt"))
# What no release has: the package brings it along. Build tools are listed by some releases and not by others.
OURS = {"segno", "crawler-user-agents", "grapheme", "disposable-email-domains"}
BUILD_TOOLS = {"setuptools", "packaging", "pbr", "wheel"}


def lines(path: Path) -> list[str]:
    """The lines that name a distribution."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if re.match(r"[A-Za-z]", line)]


def pins(release: str) -> dict[str, Requirement]:
    """The versions of a release by distribution."""
    found = [Requirement(line) for line in lines(ROOT / "requirements/releases" / f"{release}.txt")]
    return {canonicalize_name(one.name): one for one in found}


def python_of(release: str) -> str:
    """The Python that the release runs on, "3.11"."""
    text = (ROOT / "requirements/releases" / f"{release}.txt").read_text(encoding="utf-8")
    return re.search(r"^# Python: (3\.\d+)$", text, re.MULTILINE)[1]


def test_the_four_releases_are_there_with_their_python():
    assert {release: python_of(release) for release in RELEASES} == {
        "teak": "3.11",
        "ulmo": "3.11",
        "verawood": "3.12",
        "master": "3.12",
    }


@pytest.mark.parametrize("release", RELEASES)
def test_each_release_names_what_we_build_on(release):
    platform = pins(release)
    for name in ("django", "xblock", "openedx-filters", "openedx-forum", "edx-completion", "edx-django-utils", "nh3"):
        assert name in platform, name


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("name", ["base.in", "files.in", "forum.in", "learning.in"])
def test_our_lower_bounds_are_met(release, name):
    platform = pins(release)
    for wanted in map(Requirement, lines(ROOT / "requirements" / name)):
        named = platform.get(canonicalize_name(wanted.name))
        exact = [one.version for one in named.specifier if one.operator == "=="] if named else []
        assert all(wanted.specifier.contains(version) for version in exact), f"{wanted} but {exact}"
        assert not [one for one in wanted.specifier if one.operator != ">="], f"{wanted}: lower bounds only"


@pytest.mark.slow
@pytest.mark.parametrize("release", RELEASES)
def test_it_resolves_beside_the_release_and_moves_nothing(release, tmp_path):
    """Asks the package index, on behalf of the release's Python; nothing is installed."""
    constraints = ROOT / "requirements/releases" / f"{release}.txt"
    command = [Path(sys.executable).parent / "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate"]
    options = ["--python-version", python_of(release), "--constraints", constraints, "--no-config"]
    done = subprocess.run(
        [*command, *options, ROOT / "requirements/base.in"], capture_output=True, text=True, cwd=tmp_path, timeout=240
    )
    if done.returncode and os.environ.get("CI") != "true" and "error sending request" in done.stderr.lower():
        pytest.skip("The package index cannot be reached.")
    assert done.returncode == 0, done.stderr
    resolved = {canonicalize_name(one.name): one for one in map(Requirement, done.stdout.split("\n")[:-1])}
    platform = pins(release)
    for name, one in resolved.items():
        (version,) = (part.version for part in one.specifier)
        assert name not in platform or platform[name].specifier.contains(version), (
            f"{one}, the platform has {platform[name]}"
        )
    assert set(resolved) >= OURS
    if release in ("teak", "ulmo"):  # their lists are complete
        assert set(resolved) - set(platform) <= OURS | BUILD_TOOLS


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("[rt]*-*.txt")), ids=lambda path: path.stem)
def test_installed_lists_are_hashed_and_name_no_address(path):
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    pinned = [block for block in text.replace("\\\n", " ").splitlines() if "==" in block]
    assert len(pinned) > 5
    assert all("--hash=sha256:" in block for block in pinned)


@pytest.mark.parametrize("release", RELEASES)
def test_the_list_of_a_release_keeps_its_versions(release):
    """What `make test-releases` installs: the versions of the release wherever it names one, on its own Python."""
    import packaging.markers

    environment = {**packaging.markers.default_environment(), "python_full_version": f"{python_of(release)}.9"}
    installed = {}
    for line in lines(ROOT / "requirements" / f"release-{release}.txt"):
        one = Requirement(line.rstrip("\\ "))
        if one.marker is None or one.marker.evaluate(environment):
            installed[canonicalize_name(one.name)] = one
    for name, wanted in pins(release).items():
        if name in installed:
            (version,) = (part.version for part in installed[name].specifier)
            assert wanted.specifier.contains(version), f"{installed[name]}, the release has {wanted}"
    assert {"django", "xblock", "openedx-forum"} <= set(installed)
