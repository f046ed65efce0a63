"""Others who check our badges: the npm package jose for signatures, 1EdTech's published JSON schema for the contents.

Both are fetched once into `.venv/badge-verifier/` and used from there offline. The package is pinned with its integrity hash.
The schema is not kept here, because the licence of 1EdTech's specifications lets only registered users hand it on.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

HERE = Path(__file__).parent
CACHE = Path(__file__).resolve().parents[4] / ".venv" / "badge-verifier"
JOSE = "6.2.17"
INTEGRITY = "wOuK9V1yujQFH5S0ZWmLcDZN7+IKh9bUCC2ZPCf2HDlol3WWHy+PPyNjEI75FXRLMp3vDKQcupP59xhVU95hcg=="  # SHA-512
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def missing(what: str) -> None:
    """Skips by name; with CI=true nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def verify(files: list[Path], keys: dict[str, Any], issuer: str) -> dict[str, Any]:
    """What the other implementation says of each file: {name: {"payload", "header"} or {"error"}}. Uses no network."""
    if shutil.which("node") is None:
        missing("node is not installed (Debian: apt-get install nodejs npm)")
    package = _package()
    asked = {"files": [str(path) for path in files], "keys": keys, "issuer": issuer}
    done = subprocess.run(
        ["node", "--no-warnings", str(HERE / "verify.mjs"), str(package)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _package() -> Path:
    """The folder of jose, fetched if it is not there yet; what does not have the pinned hash is never unpacked."""
    folder = CACHE / f"jose-{JOSE}"
    if (folder / "package.json").exists():
        return folder
    if shutil.which("npm") is None:
        missing("npm is not installed (Debian: apt-get install npm)")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as place:
        fetched = subprocess.run(
            ["npm", "pack", "--silent", f"jose@{JOSE}"],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        archives = list(Path(place).glob("*.tgz"))
        if fetched.returncode or len(archives) != 1:
            missing(f"jose {JOSE} cannot be fetched from the npm registry")
        content = archives[0].read_bytes()
        assert base64.b64encode(hashlib.sha512(content).digest()).decode() == INTEGRITY
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            archive.extractall(place, filter="data")
        (Path(place) / "package").rename(folder)
    return folder


def schema() -> dict[str, Any]:
    """1EdTech's JSON schema of an AchievementCredential. Skips where its site cannot be reached: no package brings it."""
    kept = CACHE / SCHEMA.rpartition("/")[2]
    if not kept.exists():
        try:
            with urlopen(SCHEMA, timeout=20) as answer:
                content = answer.read(1_000_000)
        except (URLError, TimeoutError, OSError):
            pytest.skip(f"the published schema cannot be fetched; put {SCHEMA} into {CACHE.name}/")
        json.loads(content)
        CACHE.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(content)
    return json.loads(kept.read_bytes())
