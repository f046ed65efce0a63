"""openedx-completion-aggregator's update of one learner, beside ours, in the same process on the same database.

The published package runs outside an LMS where it is told the course's tree, as here: what the LMS itself would take to build
that tree is left out, in its favour. It is installed, without what it depends on, into a folder that this part alone uses.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import CourseKey

from benchmarks.engagement_world import END, FIRST_LEARNER, RECORDED
from benchmarks.measuring import Measure, measured, timed

PACKAGE = "openedx-completion-aggregator==4.5.0"
PEOPLE = 50
DONE = 150  # blocks that each has completed
AGGREGATED = ("vertical", "sequential", "chapter", "course")
KEY = CourseKey.from_string(RECORDED)


def install(folder: Path) -> Path:
    """The folder in which the package is. Raises SystemExit where it cannot be had."""
    if not (folder / "completion_aggregator").exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", f"--target={folder}", PACKAGE]
        if subprocess.run(command, check=False).returncode:
            raise SystemExit(f"{PACKAGE} cannot be installed; leave it out with --only rollup pages files.")
    return folder


def measure(learners: int) -> list[Measure]:
    """Medians over some learners: everything of one, one block more of one; then our own update of the same people."""
    from completion.models import BlockCompletion
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", "completion_aggregator", verbosity=0)
    from completion_aggregator.core import update_aggregators
    from completion_aggregator.models import Aggregator

    blocks = _blocks()
    leaves = [key for key, _parent, leaf in blocks if leaf]
    users = list(get_user_model().objects.filter(id__gte=FIRST_LEARNER).order_by("id")[: min(PEOPLE, learners)])
    BlockCompletion.objects.bulk_create(
        [
            BlockCompletion(
                user=user, context_key=KEY, block_key=key, block_type=key.block_type, completion=1.0, created=END, modified=END
            )
            for user in users
            for key in leaves[:DONE]
        ],
        batch_size=500,
    )  # fmt: skip
    try:
        with _told_the_tree(blocks):
            whole = [timed(lambda user=user: update_aggregators(user, KEY))[0] * 1000 for user in users]
            for user in users:
                BlockCompletion.objects.create(
                    user=user, context_key=KEY, block_key=leaves[DONE], block_type=leaves[DONE].block_type, completion=1.0
                )  # fmt: skip
            changed = frozenset([leaves[DONE]])
            one_more = [timed(lambda user=user: update_aggregators(user, KEY, changed))[0] * 1000 for user in users]
            with CaptureQueriesContext(connection) as queries:
                update_aggregators(users[0], KEY, changed, force=True)
        kept = Aggregator.objects.filter(user__in=users).count() / len(users)
        ours, statements = _our_own()
        name = PACKAGE.replace("==", " ")
        return [
            measured(f"{name}, a learner from nothing ({kept:.0f} rows)", f"{median(whole):.1f} ms"),
            measured(f"{name}, one block more", f"{median(one_more):.1f} ms", statements=len(queries)),
            measured(
                "our standing of a learner, from all days, in a batch of 500", f"{ours:.2f} ms",
                f"{median(whole) / ours:.0f}× and {median(one_more) / ours:.0f}× as quick", statements=statements,
            ),
        ]  # fmt: skip
    finally:
        Aggregator.objects.filter(user__in=users).delete()
        BlockCompletion.objects.filter(context_key=KEY).delete()


def _our_own() -> tuple[float, int]:
    """Milliseconds for one of 500 people, and the statements for all of them. Their days must be filled."""
    from community_dashboard.activity.rollup.finishing import rule_of
    from community_dashboard.activity.rollup.learners import BATCH, fill_people
    from community_dashboard.models import LearnerState

    rule, persons = rule_of(KEY), range(FIRST_LEARNER, FIRST_LEARNER + BATCH)
    times = []
    for again in range(3):
        LearnerState.objects.filter(course_key=KEY, person__in=persons).delete()
        with CaptureQueriesContext(connection) as queries:
            seconds, _nothing = timed(
                lambda again=again: fill_people(
                    KEY, persons, rule=rule, source=None, now=END + timedelta(minutes=again)
                )
            )
        times.append(seconds)
    return min(times) * 1000 / BATCH, len(queries)


def _blocks() -> list[tuple[Any, Any, bool]]:
    from demo.courseware.models import Block

    rows = Block.objects.filter(course_key=KEY).order_by("position", "id")
    return list(rows.values_list("usage_key", "parent", "completable"))


@contextmanager
def _told_the_tree(blocks: list[tuple[Any, Any, bool]]) -> Iterator[None]:
    """The package asks the LMS through one module; here it is answered from the demo's rows."""
    from completion_aggregator import compat
    from xblock.completable import XBlockCompletionMode
    from xblock.core import XBlock

    children: dict[Any, list[Any]] = {key: [] for key, _parent, _leaf in blocks}
    above: dict[Any, set[Any]] = {}
    for key, parent, _leaf in blocks:
        above[key] = {parent} | above[parent] if parent else set()
        if parent:
            children[parent].append(key)
    root = blocks[0][0]

    @contextmanager
    def bulk_operations(_course_key: Any) -> Iterator[None]:
        yield

    answers = {
        "get_modulestore": lambda: SimpleNamespace(bulk_operations=bulk_operations),
        "init_course_block_key": lambda _store, _course_key: root,
        "init_course_blocks": lambda _user, _root: None,
        "get_children": lambda _blocks, key: children[key],
        "get_block_aggregators": lambda _blocks, key: above[key],
        "is_block_optional": lambda _blocks, _key: False,
        "get_item_not_found_error": lambda: LookupError,
    }
    before = {name: getattr(compat, name, None) for name in answers}
    load_class = XBlock.load_class
    aggregating = SimpleNamespace(completion_mode=XBlockCompletionMode.AGGREGATOR)

    def classes(identifier: str, *more: Any, **others: Any) -> Any:
        return aggregating if identifier in AGGREGATED else load_class(identifier, *more, **others)

    for name, answer in answers.items():
        setattr(compat, name, answer)
    XBlock.load_class = classes
    try:
        yield
    finally:
        XBlock.load_class = load_class
        for name, answer in before.items():
            setattr(compat, name, answer)
