"""The environment that both commands build: says what is missing, and does nothing twice."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [str(ROOT / "bin" / "environment"), "test"]


def run(**environment):
    return subprocess.run(COMMAND, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True)


def test_without_a_usable_python_it_names_the_package_and_exits_with_two():
    result = run(PYTHON="/nonexistent/python3.12")
    assert result.returncode == 2
    assert "python3.12-venv" in result.stderr
    assert result.stdout == ""


def test_a_python_of_another_version_is_not_taken(tmp_path):
    older = tmp_path / "python3.12"
    older.write_text("#!/bin/sh\nexit 1\n")
    older.chmod(0o755)
    assert run(PYTHON=str(older)).returncode == 2


def test_no_requirement_file_names_an_address():
    for path in (ROOT / "requirements").rglob("*"):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        assert "://" not in text, path.name
        assert "--index-url" not in text.replace("--no-emit-index-url", ""), path.name


def test_every_pinned_package_has_a_hash():
    for path in (ROOT / "requirements").glob("*-py3*.txt"):
        blocks = [
            block for block in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines() if "==" in block
        ]
        assert blocks, path.name
        assert all("--hash=sha256:" in block for block in blocks), path.name


def test_this_very_python_is_one_of_the_two():
    assert sys.version_info[:2] in ((3, 11), (3, 12))
