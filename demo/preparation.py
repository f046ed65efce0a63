"""Everything between an empty folder and a demo that can be served, each part only if something it depends on changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from time import monotonic

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from demo.terminal import CannotStartError

OWN_COURSE = Path(__file__).resolve().parent / "course"
Say = Callable[[str], None]


def prepare(say: Say, *, learners: int) -> None:
    """Brings the database up to date and loads the course and its people.

    The course is the folder in the repository, or what the environment variable COURSE names. Nothing is repeated
    while neither the migrations nor the course have changed. The crowd (`learners`, 0 for none) is made once.
    Raises CannotStartError.
    """
    _step(say, "migrations", _migrations(), "Making the database", lambda: call_command("migrate", verbosity=0))
    course = Path(os.environ.get("COURSE") or OWN_COURSE).expanduser().resolve()
    _step(say, "course", [course, *_files(course)], f"Loading the course from {course.name}", lambda: _load(course))
    _make_crowd(say, learners)


def forget_everything() -> None:
    """Deletes the database, the pictures of the courses and what is known of them; the secret stays.

    Raises CannotStartError while a demo is using the database.
    """
    database = Path(settings.DATABASES["default"]["NAME"])
    if database.exists():
        connection.close()
        _refuse_while_in_use(database)
    for name in (database.name, f"{database.name}-wal", f"{database.name}-shm"):
        (database.parent / name).unlink(missing_ok=True)
    _stamps().unlink(missing_ok=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def _load(course: Path) -> None:
    from demo.courseware.actions import load_course
    from demo.courseware.archive import OlxError
    from demo.population.people import give_parts

    now = timezone.now()
    try:
        course_key = load_course(course, now)
    except OlxError as error:
        raise CannotStartError(str(error)) from error
    give_parts(course_key, now=now)


def _make_crowd(say: Say, learners: int) -> None:
    """Once for ever: what is in the database says whether it was done, and a killed attempt leaves nothing there."""
    from demo.campus.queries import shown_course_key
    from demo.figures import fill_figures
    from demo.population.crowd import SEED, crowd_learns_in, crowd_size, load_crowd
    from demo.population.earlier import load_earlier_run

    course_key, there = shown_course_key(), crowd_size()
    if there and (there != learners or not crowd_learns_in(course_key)):
        say(f"The crowd of {there:,} stays; make demo-reset makes another.")
    if there or not learners:
        return
    say(f"Making {learners:,} learners and their last eight weeks …")
    began, now = monotonic(), timezone.now()
    load_crowd(learners, course_key=course_key, seed=SEED, now=now, progress=say)
    _make_them_talk(say, course_key, now)
    say("The same course a year before:")
    earlier = load_earlier_run(course_key, learners=learners, seed=SEED, now=now, progress=say)
    say("Figures …")
    fill_figures(course_key, earlier=earlier, now=now)
    say(f"  done in {monotonic() - began:.1f} s")


def _make_them_talk(say: Say, course_key: object, now: datetime) -> None:
    from demo.conversations.loading import load_conversations
    from demo.population.crowd import NAMED, SEED
    from demo.population.dates import give_more_time, set_dates
    from demo.population.people import load_people

    people = load_people()
    team = [people["bo"], people["ada"]]
    set_dates(course_key, now=now)
    give_more_time(course_key, now=now)
    load_conversations(course_key=course_key, team=team, crowd=NAMED, seed=SEED, now=now, progress=say)


def _step(say: Say, name: str, depends_on: Iterable[Path], doing: str, run: Callable[[], object]) -> None:
    stamps = json.loads(_stamps().read_text()) if _stamps().exists() else {}
    digest = hashlib.sha256()
    for path in depends_on:
        about = path.stat() if path.is_file() else None
        digest.update(f"{path} {(about.st_size, about.st_mtime_ns) if about else ''}\n".encode())
    if stamps.get(name) == digest.hexdigest():
        return
    say(f"{doing} …")
    began = monotonic()
    run()
    # Written only now: a step that failed or was killed is done again.
    _stamps().write_text(json.dumps(stamps | {name: digest.hexdigest()}))
    say(f"  done in {monotonic() - began:.1f} s")


def _stamps() -> Path:
    return settings.DEMO_DIR / "prepared.json"


def _migrations() -> list[Path]:
    database = Path(settings.DATABASES["default"]["NAME"])
    if not database.exists() or not database.stat().st_size:
        _stamps().unlink(missing_ok=True)
    return [path for app in apps.get_app_configs() for path in sorted(Path(app.path).glob("migrations/*.py"))]


def _files(course: Path) -> list[Path]:
    if course.is_dir():
        return sorted(path for path in course.rglob("*") if path.is_file())
    return [course]


def _refuse_while_in_use(database: Path) -> None:
    """A demo that serves keeps connections open, and a database with a second user cannot leave the write-ahead log."""
    probe = sqlite3.connect(database, timeout=0.2)
    try:
        mode = probe.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except sqlite3.OperationalError:
        mode = "wal"
    finally:
        probe.close()
    if mode == "wal":
        raise CannotStartError("The demo is running. Stop it first, then reset it.")
