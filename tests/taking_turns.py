"""Two processes of pytest share the same tests: each goes on with the next file that the other has not begun.

`bin/test` names an empty folder in TESTS_SHARED_IN. Whoever makes the file's name in it runs the file. One process begins at
the front, the other, with TESTS_FROM_THE_END, at the end; where they meet depends on the machine, and no test is left out.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """In the place of pytest's own, if there is somebody to share with."""
    folder = os.environ.pop("TESTS_SHARED_IN", "")  # what a test starts shares with nobody
    if not folder or session.testsfailed or session.config.option.collectonly:
        return None
    items = _ours(session.items, Path(folder))
    item = next(items, None)
    while item is not None:
        following = next(items, None)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        item = following
    return True


def _ours(items: list[pytest.Item], folder: Path) -> Iterator[pytest.Item]:
    """The tests of every file that nobody has begun; what pytest-django has put elsewhere of a file is taken by itself."""
    seen: Counter[str] = Counter()
    parts = []
    for path, tests in groupby(items, key=lambda item: item.path):
        name = str(path.relative_to(HERE)).replace(os.sep, "-")
        seen[name] += 1
        parts.append((f"{name}-{seen[name]}", list(tests)))
    if os.environ.get("TESTS_FROM_THE_END"):
        parts.reverse()
    for name, tests in parts:
        try:
            (folder / name).touch(exist_ok=False)
        except FileExistsError:
            continue
        yield from tests
