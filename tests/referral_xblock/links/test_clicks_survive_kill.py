"""Workers die in the middle of the rush (kill -9), and whoever got an answer has a row in the ledger.

A real server, gunicorn with two workers, on a database in a file. Every answer carries the number of its click, signed, so
that each is looked up in the ledger by itself. Power cuts are not tried: see docs/performance.md.
"""

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from itertools import count
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.db import connection

from referral_xblock.links import tokens
from referral_xblock.links.actions import ensure_links
from referral_xblock.links.models import Link
from tests.mariadb import free_port
from tests.referral_xblock.visits import NAVIGATION

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(900)]

VISITORS = 6  # at a time
KILLS = 10
ANSWERS_BETWEEN = 15  # not seconds: on a busy machine a new worker takes its time
LONGEST_WAIT = 120
SERVER_HOOKS = """
from pathlib import Path

def when_ready(server):  # so that a new worker serves at once
    from django.urls import get_resolver

    get_resolver().url_patterns

def post_fork(server, worker):
    (Path(__file__).parent / "workers" / str(worker.pid)).touch()
"""


@pytest.fixture
def codes(cast, course_key, tiny_course, now):
    """Of an invitation page and of a direct link."""
    place = {"owner_id": cast.chen.id, "course_key": course_key, "placement": str(tiny_course.referral)}
    links = ensure_links(**place, channels=["copy", "qr"], now=now)
    Link.objects.filter(id=links["qr"].id).update(kind="direct")
    return [link.code for link in links.values()]


def test_every_answered_click_has_its_row_when_workers_are_killed(codes, tmp_path):
    connection.ensure_connection()
    database = tmp_path / "db.sqlite3"
    database.write_bytes(connection.connection.serialize())

    with running_server(tmp_path) as port:
        rush = Rush(port, codes)
        try:
            for _kill in range(KILLS):
                rush.wait_for_answers(ANSWERS_BETWEEN)
                kill_workers(tmp_path / "workers")
        finally:
            rush.end()

    with sqlite3.connect(database) as ledger:
        rows = {row[0] for row in ledger.execute("SELECT id FROM referral_xblock_click")}
    assert rush.interrupted > 0, "no kill met a click on its way"
    assert not rush.wrong
    assert set(rush.answered) - rows == set()
    assert len(set(rush.answered)) == len(rush.answered), "a lost click's number was given out again"


class Rush:
    """Visitors, several at a time, until it is ended."""

    def __init__(self, port: int, codes: list[str]) -> None:
        self.port, self.codes = port, codes
        self.answered: list[int] = []  # the clicks of those who got a whole answer
        self.interrupted = 0  # how many got none
        self.wrong: list[str] = []  # answers without a click
        self._numbers, self._over = count(), threading.Event()
        self._threads = [threading.Thread(target=self._visit) for _ in range(VISITORS)]
        for thread in self._threads:
            thread.start()

    def wait_for_answers(self, more: int) -> None:
        """Until so many more visitors were answered; fails if they are not."""
        wanted, give_up = len(self.answered) + more, time.monotonic() + LONGEST_WAIT
        while len(self.answered) < wanted:
            assert time.monotonic() < give_up, "the server no longer answers"
            time.sleep(0.005)

    def end(self) -> None:
        """Lets those on their way arrive."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _visit(self) -> None:
        while not self._over.is_set():
            code = self.codes[next(self._numbers) % len(self.codes)]
            try:
                answer = self._open(f"/r/{code}")
            except (OSError, http.client.HTTPException):
                self.interrupted += 1
                continue
            click = click_in(answer, code)
            if click is None:
                self.wrong.append(answer)
            else:
                self.answered.append(click)

    def _open(self, path: str) -> str:
        """Where a whole answer leads, and its text; raises if it breaks off."""
        visitor = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            visitor.request("GET", path, headers=NAVIGATION)
            response = visitor.getresponse()
            return response.getheader("Location", "") + response.read().decode()
        finally:
            visitor.close()


def click_in(answer: str, code: str) -> int | None:
    """The number of the click in the page's token or in the state that a direct link hands on."""
    if found := re.search(r'name="token" value="([^"]+)"', answer):
        token = tokens.read_page_token(found[1], code)
        return token and token.click_id
    if found := re.search(r"[?&]s=([^&]+)", unquote(answer)):
        state = tokens.read_state(unquote(found[1]), window_days=1)
        return state and state.click_id
    return None


@contextmanager
def running_server(folder):
    """The demo on the database in this folder; yields its port. Workers leave a file named after their process."""
    (folder / "workers").mkdir()
    (folder / "gunicorn.py").write_text(SERVER_HOOKS)
    environment = os.environ | {
        "DEMO_DIR": str(folder),
        "DEMO_SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "demo.settings",
    }
    port = free_port()
    command = ["gunicorn", "--preload", "--workers=2", f"--bind=127.0.0.1:{port}", f"--config={folder}/gunicorn.py"]
    log = (folder / "log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", *command, "--no-control-socket", "demo.wsgi"], env=environment, stderr=log
    )
    try:
        for _attempt in range(300):
            if any((folder / "workers").iterdir()):
                break
            assert server.poll() is None, (folder / "log").read_text()
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def kill_workers(folder) -> None:
    """kill -9 for every worker of the moment; the server starts new ones."""
    for worker in folder.iterdir():
        worker.unlink()  # first: a number must not be killed twice, it may belong to somebody else by then
        os.kill(int(worker.name), signal.SIGKILL)
