"""A real demo in a process of its own, and real browsers that visit it. Everything on loopback, ended with the tests."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.mariadb import free_port

ROOT = Path(__file__).resolve().parents[2]
# The same browser without a window around each page opens pages in half the time; where it is not there, Chromium itself does.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
WAIT = 15_000  # milliseconds, for what is to be seen on a machine that does more than this
# As root, Chromium needs no sandbox; the rest keeps it from looking for the network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs Chromium; in CI its absence is a failure, elsewhere a skip by name."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and os.environ.get("CI") != "true":
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed (Debian package: chromium)"))


@dataclass(frozen=True)
class Site:
    """A running demo."""

    url: str
    facts: dict[str, Any]
    environment: dict[str, str]  # in which another process finds the same demo

    @property
    def course(self) -> str:
        return f"{self.url}/community/courses/{self.facts['course_key']}/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo as `make demo` starts it, with a crowd of sixty, in a fresh folder."""
    port = free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "DEMO_DIR": str(tmp_path_factory.mktemp("demo")),
        "DEMO_LEARNERS": "60",
        "DEMO_DUMMY_LANGUAGES": "yes",
        "DJANGO_SETTINGS_MODULE": "demo.settings",
        "LMS_ROOT_URL": f"http://127.0.0.1:{port}",
    }
    log = tmp_path_factory.mktemp("log") / "demo.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "demo"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            yield Site(f"http://127.0.0.1:{port}", _facts(port, process, log), environment)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
    assert "Traceback" not in log.read_text(), log.read_text()[-6000:]


def _facts(port: int, process: subprocess.Popen, log: Path) -> dict[str, Any]:
    for _attempt in range(2400):
        if process.poll() is not None:
            raise RuntimeError(f"The demo did not start:\n{log.read_text()[-4000:]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/demo/facts.json", timeout=10) as answer:
                return json.load(answer)
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The demo did not answer within four minutes:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def heard() -> list[str]:
    """What browsers complain of, of every page that is open."""
    return []


@pytest.fixture
def no_complaints(heard: list[str]) -> Iterator[None]:
    """Every error of a page's script and every breach of its Content-Security-Policy fails the test at its end."""
    heard.clear()
    yield
    assert heard == []


def _new_page(chromium: Browser, heard: list[str], **options: Any) -> Page:
    context = chromium.new_context(**({"locale": "en", "viewport": {"width": 1280, "height": 900}} | options))
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            heard.append(f"{page.url}: {message.text}")

    page.on("console", note)
    return page


@pytest.fixture
def profile(chromium: Browser, heard: list[str], no_complaints: None) -> Iterator[Callable[..., Page]]:
    """`profile(**options)` opens a page in a fresh profile: other cookies, other language, other size, no JavaScript …"""
    pages: list[Page] = []

    def fresh(**options: Any) -> Page:
        pages.append(_new_page(chromium, heard, **options))
        return pages[-1]

    yield fresh
    for page in pages:
        page.context.close()


@pytest.fixture(scope="module")
def kept() -> Iterator[dict[str, Page]]:
    """The pages that stay open while a module's tests go on."""
    pages: dict[str, Page] = {}
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture
def reader(
    chromium: Browser, heard: list[str], no_complaints: None, kept: dict[str, Page], signed_in: Callable[[str], Any]
) -> Callable[..., Page]:
    """`reader("chen", **options)` is the page of that person, or of a visitor (None), the same in every test of a module.

    For tests that only open addresses: a new profile takes several times as long as an address.
    """

    def of(name: str | None, **options: Any) -> Page:
        key = repr((name, sorted(options.items())))
        if key not in kept:
            cookies = {"storage_state": signed_in(name)} if name else {}
            kept[key] = _new_page(chromium, heard, **cookies, **options)
        return kept[key]

    return of


@pytest.fixture
def rules_come_back(site: Site, sign_in: Callable[..., Page]) -> Iterator[None]:
    """Whatever a test sets in the course's rules, afterwards they are as before."""
    before = sign_in("ada").request.get(site.course + "growth/settings/policy.json")
    assert before.ok
    kept = {"name": "rules.json", "mimeType": "application/json", "buffer": before.body()}
    yield
    staff = sign_in("ada")
    staff.goto(site.course + "growth/settings/")
    staff.get_by_label("File", exact=True).set_input_files(kept)
    staff.get_by_role("button", name="Replace the rules with this file").click()
    expect(staff.get_by_text("The rules of the file are saved.")).to_be_visible()


@pytest.fixture(scope="session")
def signed_in(site: Site, chromium: Browser) -> Callable[[str], Any]:
    """`signed_in("chen")`: the cookies of who has become that person on the demo's front page, once for all tests."""

    @cache
    def cookies(name: str) -> Any:
        with chromium.new_context(locale="en") as context:
            page = context.new_page()
            page.goto(site.url + "/")
            with page.expect_navigation():
                page.locator(f"button[name=username][value={name}], form:has(input[value={name}]) button").first.click()
            return context.storage_state()

    return cookies


@pytest.fixture
def sign_in(signed_in: Callable[[str], Any], profile: Callable[..., Page]) -> Callable[..., Page]:
    """`sign_in("chen", **options)` opens a page in a fresh profile in which that person has signed in."""
    return lambda name, **options: profile(storage_state=signed_in(name), **options)
