"""The wheel and the source distribution hold what the packages read at run time, and nothing of the repository's own life."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("referral_xblock", "community_dashboard")
NOT_PACKAGED = {".pyc", ".po", ".mo", ".pot"}


def source_files() -> list[Path]:
    """Every file of the two packages that belongs to the repository, catalogues apart."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", *PACKAGES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = [Path(line) for line in listed.stdout.splitlines()]
    return [path for path in files if (ROOT / path).is_file() and path.suffix not in NOT_PACKAGED]


def languages() -> set[str]:
    return {path.parts[-3] for path in (ROOT / "locale").glob("*/LC_MESSAGES/*.po")}


def built(command: str, project: Path, into: Path) -> Path:
    """Calls setuptools as pip does, in a copy, so that nothing is left behind in the checkout."""
    code = f"import setuptools.build_meta as back_end; print(back_end.{command}({str(into)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    return into / done.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build reads, without environments, caches and what earlier builds left."""
    copy = tmp_path_factory.mktemp("build") / "checkout"
    unwanted = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "*.mo", "node_modules")
    shutil.copytree(ROOT, copy, symlinks=True, ignore=unwanted)
    return copy


@pytest.fixture(scope="module")
def source_distribution(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("build_sdist", checkout, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(source_distribution: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the source distribution, as an index's users build it: what that lacks is missing here too."""
    place = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(source_distribution) as archive:
        archive.extractall(place, filter="data")
    (unpacked,) = place.iterdir()
    return built("build_wheel", unpacked, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


def test_every_file_of_the_packages_is_in_the_wheel(names):
    missing = sorted(str(path) for path in source_files() if path.as_posix() not in names)
    assert not missing


def test_every_kind_of_file_that_is_read_at_run_time_is_there(names):
    for pattern in (
        "referral_xblock/templates/",
        "referral_xblock/public/",
        "referral_xblock/static/",
        "community_dashboard/templates/",
        "community_dashboard/static/",
        "community_dashboard/mako/",
    ):
        assert any(name.startswith(pattern) for name in names), pattern
    assert any(name.endswith(".ttf") for name in names)


def test_each_language_is_compiled_into_both_packages(wheel, names):
    assert "fr" in languages()
    for package in PACKAGES:
        for language in languages():
            for domain in {path.stem for path in (ROOT / "locale" / language / "LC_MESSAGES").glob("*.po")}:
                name = f"{package}/locale/{language}/LC_MESSAGES/{domain}.mo"
                assert name in names
                assert len(zipfile.ZipFile(wheel).read(name)) > 100


def test_nothing_else_is_in_the_wheel(names):
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
    assert not [name for name in names if name.endswith((".pyc", ".po"))]


def test_the_wheel_tells_the_platform_where_everything_is(wheel):
    """Entry points that can be imported, and requirements without an upper bound."""
    archive = zipfile.ZipFile(wheel)
    (folder,) = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
    entry_points = archive.read(f"{folder}/entry_points.txt").decode()
    for group in ("lms.djangoapp", "cms.djangoapp", "xblock.v1", "openedx.course_tab", "openedx.course_tool"):
        assert f"[{group}]" in entry_points
    for line in entry_points.splitlines():
        if "=" in line:
            module = line.split("=")[1].split(":")[0].strip().replace(".", "/")
            assert {f"{module}.py", f"{module}/__init__.py"} & set(archive.namelist()), line
    metadata = Parser().parsestr(archive.read(f"{folder}/METADATA").decode())
    assert "Django>=4.2" in metadata.get_all("Requires-Dist")
    assert not [
        line
        for line in metadata.get_all("Requires-Dist")
        if {"<", "=="} & set(re.findall(r"[<=!~>]+", line.split(";")[0]))
    ]


def test_the_tutor_plugin_brings_its_patches(checkout, tmp_path):
    plugin = built("build_wheel", checkout / "tutor-contrib-community-growth", tmp_path)
    names = set(zipfile.ZipFile(plugin).namelist())
    patches = {path.name for path in (ROOT / "tutor-contrib-community-growth/tutorcommunitygrowth/patches").iterdir()}
    assert {f"tutorcommunitygrowth/patches/{name}" for name in patches} <= names
    assert len(patches) >= 4
    assert {"tutorcommunitygrowth/plugin.py", "tutorcommunitygrowth/settings.json"} <= names
