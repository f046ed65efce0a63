"""`python -m demo` as somebody runs it: the first start, a later one, and starting over."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.demo.courseware.exports import as_folder, small
from tests.mariadb import free_port

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path):
    """The environment of a terminal: a folder of its own, a free port, nothing of the test settings."""
    ours = ("LMS_ROOT_URL", "DEMO_DUMMY_LANGUAGES", "DEMO_SECRET_KEY", "COURSE")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {
        "DEMO_DIR": str(tmp_path),
        "PORT": str(free_port()),
        "DJANGO_SETTINGS_MODULE": "demo.settings",
        "PYTHONUNBUFFERED": "1",
        "DEMO_LEARNERS": "0",
    }


def run(environment, *arguments):
    """One command to its end: status, what it printed, what it complained about."""
    command = [sys.executable, "-m", "demo", *arguments]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=240)
    return done.returncode, done.stdout, done.stderr


@contextmanager
def running(environment):
    """The demo while it serves, and what it printed until then."""
    log = Path(environment["DEMO_DIR"]) / "printed.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "demo"]
        process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=output, stderr=output)
        try:
            for _ in range(2400):
                if "Ctrl+C" in log.read_text():
                    break
                assert process.poll() is None, log.read_text()
                time.sleep(0.1)
            yield log.read_text()
        finally:
            process.kill()
            process.wait()


def facts(environment):
    """/demo/facts.json of the running demo."""
    connection = HTTPConnection("127.0.0.1", int(environment["PORT"]), timeout=20)
    connection.request("GET", "/demo/facts.json")
    return json.loads(connection.getresponse().read())


def test_the_first_start_prepares_everything_and_a_later_one_nothing(environment):
    with running(environment) as printed:
        assert "Making the database" in printed
        assert f"http://127.0.0.1:{environment['PORT']}/" in printed
        known = facts(environment)
        assert known["course_key"].startswith("course-v1:")
        assert known["about_url"].startswith(f"http://127.0.0.1:{environment['PORT']}/")
        status, _printed, complaint = run(environment, "reset")
        assert (status, "Stop it first" in complaint) == (1, True)
        status, _printed, complaint = run(environment)
        assert (status, "is in use" in complaint) == (1, True)
    with running(environment) as printed:
        assert "Making the database" not in printed
        assert "Loading the course" not in printed
        assert facts(environment)["course_key"] == known["course_key"]


def test_starting_over_forgets_people_but_not_the_secret(environment):
    folder = Path(environment["DEMO_DIR"])
    assert run(environment, "reset")[0] == 0
    secret = (folder / "secret").read_text()
    assert "Making the database" in run(environment, "reset")[1]
    assert (folder / "secret").read_text() == secret


def test_a_course_that_cannot_be_read_is_refused_in_one_sentence(environment, tmp_path):
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(b"no archive at all")
    status, _printed, complaint = run(environment | {"COURSE": str(damaged)})
    assert status == 1
    assert complaint.strip().count("\n") == 0
    assert "Traceback" not in complaint


@pytest.mark.parametrize("port", ["x", "0", "70000", "²"])
def test_a_port_that_is_none_is_said_so(environment, port):
    status, _printed, complaint = run(environment | {"PORT": port})
    assert (status, "PORT must be a number" in complaint) == (1, True)


def test_a_busy_port_is_found_before_anything_is_made(environment, tmp_path):
    with socket.create_server(("127.0.0.1", int(environment["PORT"]))):
        status, printed, complaint = run(environment | {"DEMO_LEARNERS": "50"})
    assert (status, printed) == (1, "")
    assert complaint.startswith(f"Port {environment['PORT']} is in use.")
    assert list(tmp_path.iterdir()) == []


def test_a_crowd_that_was_made_stays_and_is_said_to(environment, tmp_path):
    folder = as_folder(tmp_path / "moss", small())
    environment |= {"DEMO_LEARNERS": "20"}
    with running(environment) as printed:
        assert "Making 20 learners" in printed
        assert "stays" not in printed
        assert "become chen, share from the unit" in printed
    with running(environment) as printed:
        assert "stays" not in printed
    with running(environment | {"DEMO_LEARNERS": "30"}) as printed:
        assert printed.count("The crowd of 20 stays; make demo-reset makes another.") == 1
        assert "Making" not in printed
    with running(environment | {"COURSE": str(folder)}) as printed:
        assert "Loading the course from moss" in printed
        assert printed.count("The crowd of 20 stays; make demo-reset makes another.") == 1
        assert "This course has no invitation block yet." in printed
        known = facts(environment)
        assert known["course_key"] == "course-v1:Test+Moss+2026"
        assert all(known[name] for name in ("unit_url", "studio_url", "share_url"))


@pytest.mark.parametrize("learners", ["many", "-1", "100001", "1.5", "²", "9" * 5000])
def test_a_number_of_learners_that_is_none_is_said_so(environment, tmp_path, learners):
    for word in ([], ["reset"]):
        status, _printed, complaint = run(environment | {"DEMO_LEARNERS": learners}, *word)
        assert (status, complaint.count("\n")) == (1, 1)
        assert complaint.startswith("DEMO_LEARNERS must be a number between 0 and 100,000")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/nowhere"])
def test_a_folder_that_cannot_be_written_is_said_so(environment, tmp_path, place):
    (tmp_path / "file").write_text("no folder")
    status, printed, complaint = run(environment | {"DEMO_DIR": str(tmp_path / place)})
    assert (status, printed, complaint.count("\n")) == (1, "", 1)
    assert complaint.startswith(f"The demo cannot keep its files in {tmp_path / place}")


def test_an_unknown_word_is_answered_with_the_known_one(environment):
    assert run(environment, "restart")[0] == 2
