"""The ECharts that pages load is the one that was built, the file beside it says which, and its licences are there."""

import hashlib
import re
from pathlib import Path

import community_dashboard

FOLDER = Path(community_dashboard.__file__).parent / "static/community_dashboard/vendor"
BUILD = Path(community_dashboard.__file__).parents[1] / "bin/vendor-echarts"


def test_the_file_is_the_one_that_is_written_down():
    told = dict(
        line.split(maxsplit=1)
        for line in (FOLDER / "echarts.txt").read_text().splitlines()
        if line[:4] in ("file", "sha2")
    )
    assert hashlib.sha256((FOLDER / told["file"]).read_bytes()).hexdigest() == told["sha256"]


def test_the_command_that_builds_it_pins_the_versions_that_are_written_down():
    told = (FOLDER / "echarts.txt").read_text()
    pins = dict(re.findall(r"^([A-Z]+)=([0-9.]+)$", BUILD.read_text(), re.MULTILINE))
    assert set(pins) == {"ECHARTS", "ZRENDER", "TSLIB", "ESBUILD"}
    assert all(version in told for version in pins.values())


def test_its_licences_lie_beside_it_and_nothing_else():
    names = {"echarts.min.js", "echarts.txt", "echarts-license.txt", "echarts-notice.txt"}
    assert {path.name for path in FOLDER.glob("echarts*")} == names
    licences = (FOLDER / "echarts-license.txt").read_text()
    assert "Apache License" in licences and "LICENSE-d3" in licences and "Baidu" in licences and "tslib" in licences
    assert "The Apache Software Foundation" in (FOLDER / "echarts-notice.txt").read_text()


def test_it_makes_no_code_from_text():
    script = (FOLDER / "echarts.min.js").read_text()
    assert "new Function(" not in script and re.search(r"[^\w.]eval\(", script) is None
