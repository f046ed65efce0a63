"""The fast tests beside each release's own versions: `make test-releases`, or `nox -s release-teak` for one.

Each session's environment is made by bin/environment from requirements/release-<name>.txt, with the Python that the release runs
on. A release whose Python is not on this machine is left out, and says so; with CI=true that is a failure.
"""

import os
import subprocess
from pathlib import Path

import nox

RELEASES = ("teak", "ulmo", "verawood", "master")
FAST = "not browser and not redis and not slow"

nox.options.default_venv_backend = "none"
nox.options.error_on_missing_interpreters = False


def test_beside(release: str) -> None:
    """Adds the session of one release."""

    @nox.session(name=f"release-{release}")
    def session(session: nox.Session) -> None:
        command = [Path("bin/environment"), f"release-{release}"]
        made = subprocess.run(command, stdout=subprocess.PIPE, text=True)  # noqa: S603  (our own script and names)
        if made.returncode == 2 and os.environ.get("CI") != "true":
            session.skip(f"{release} is left out: its Python is not on this machine (see above).")
        if made.returncode:
            session.error(f"The environment of {release} could not be made.")
        python = Path(made.stdout.strip()) / "bin/python"
        session.run(
            str(python),
            "-c",
            "import sys, django, importlib.metadata as found;"
            "print('Python %d.%d, Django %s, XBlock %s, openedx-forum %s' % ("
            "*sys.version_info[:2], django.__version__, found.version('xblock'), found.version('openedx-forum')))",
            external=True,
        )
        session.run(str(python), "-m", "pytest", "-m", FAST, *session.posargs, external=True)


for name in RELEASES:
    test_beside(name)
