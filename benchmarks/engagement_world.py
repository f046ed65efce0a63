"""Two large courses, made of rows by LOAD DATA: one with its whole record, a larger one with its figures alone.

The record is loaded in the order of time, with every index in place as in production; only its key, which is a hash in
production, counts up here, so that its index grows at the end. The figures of the larger course are reckoned here from the
same lives; its days are sealed, so that nobody counts them anew from a record that is not there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection

from benchmarks.engagement_lives import BLOCKS, KINDS, UNITS, Lives, block_names

RECORDED, FIGURES = "course-v1:Large+Record+2026", "course-v1:Larger+Figures+2026"
END = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday: the first moment after the days
COUNTRIES = ("FR", "FR", "FR", "SN", "CI", "MA", "BE", "CA", "CH", "US", "IN", "BR", "GB", "DE", "")
MODES = ("audit",) * 9 + ("verified",)
COHORTS = ("North", "South", "East", "West")
FIRST_LEARNER = 1_000  # the number of the account of learner 0
TEAM = 900  # and of the one who looks at the pages


def build(learners: int, days: int, figures: int) -> None:
    """Makes the tables, the accounts, the record of `learners` over `days`, and the figures of `figures` people."""
    call_command("migrate", verbosity=0)
    people = max(learners, figures)
    _accounts(people)
    for course, number in ((RECORDED, learners), (FIGURES, figures)):
        _course(course)
        _enrolments(course, Lives(number, days), days)
    lives = Lives(learners, days)
    for day in range(days):
        load_record(lives, day, END.date() - timedelta(days=days - day))
    _figures(Lives(figures, days), days)
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names() if name.startswith(("community_", "campus_"))]
        cursor.execute(f"ANALYZE TABLE auth_user, {', '.join(names)}")
        cursor.fetchall()


def load_record(lives: Lives, day: int, on: date) -> int:
    """What happened on one day, in the order of the hours; how many rows."""
    return load(
        "community_dashboard_activity",
        ["user_id", "kind", "object_kind", "object_id", "happened_at"],
        _facts(lives, day, on),
        f"course_key='{RECORDED}', stub=0, `key`=LPAD(HEX(@number := @number + 1), 32, '0')",
        first="SET @number = (SELECT COALESCE(MAX(id), 0) FROM community_dashboard_activity)",
    )


def load(
    table: str, columns: list[str], lines: Iterable[str], also: str = "", *, first: str = "SET @number = 0"
) -> int:
    """Loads lines of values between tabs into the columns of a table; `also` sets others. How many rows."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".tsv") as file, connection.cursor() as cursor:
        file.writelines(lines)
        file.flush()
        # Columns that nobody names get what their type is without a value, as where Django writes them.
        cursor.execute("SET sql_mode='', unique_checks=0, foreign_key_checks=0")
        cursor.execute(first)
        names = ", ".join(f"`{name}`" for name in columns)
        cursor.execute(
            f"LOAD DATA LOCAL INFILE '{file.name}' INTO TABLE {table} CHARACTER SET utf8mb4 ({names})"
            + (f" SET {also}" if also else "")
        )
        rows = cursor.rowcount
        cursor.execute("SET sql_mode='STRICT_TRANS_TABLES', unique_checks=1, foreign_key_checks=1")
    return rows


def _facts(lives: Lives, day: int, on: date) -> Iterator[str]:
    blocks, sequences = block_names(RECORDED)
    videos = [block for number, block in enumerate(blocks) if KINDS[number % len(KINDS)] == "video"]
    problems = [block for number, block in enumerate(blocks) if KINDS[number % len(KINDS)] == "problem"]
    told = {
        "completed": [f"completed\tblock\t{block}" for block in blocks],
        "opened": [f"opened\tblock\t{block}" for block in sequences] * 2,
        "watched": [f"watched\tblock\t{block}" for block in videos] * 2,
        "tried": [f"tried\tblock\t{block}" for block in problems] * 2,
    }
    minutes = [f"\t{on} {minute // 60:02}:{minute % 60:02}:00\n" for minute in range(1440)]
    by_hour: list[list[str]] = [[] for _ in range(24)]
    for learner in range(lives.learners):
        account = FIRST_LEARNER + learner
        if lives.came[learner] == day:
            by_hour[0].append(f"{account}\tenrolled\t\t{minutes[learner % 60]}")
        if lives.went[learner] == day and learner % 9 == 0:
            by_hour[1].append(f"{account}\tleft\t\t{minutes[60 + learner % 60]}")
    for one in lives.sessions(day):
        account = FIRST_LEARNER + one.learner
        unit = one.done // len(KINDS)
        tails = told["opened"][unit % UNITS :][: one.opened] + told["completed"][one.done :][: one.completed]
        tails += told["watched"][unit % UNITS :][: one.watched] + told["tried"][(2 * unit) % (2 * UNITS) :][: one.tried]
        tails += [f"answered\tcomment\t{day * lives.learners + one.learner}"] * one.answered
        lines = by_hour[one.minute // 60]
        lines += [f"{account}\t{tail}{minutes[one.minute + at]}" for at, tail in enumerate(tails)]
        if one.done < 0.8 * BLOCKS <= one.done + one.completed:
            lines.append(f"{account}\tpassed\t\t{minutes[one.minute + one.rows]}")
    for lines in by_hour:
        yield from lines


def _accounts(people: int) -> None:
    """Learners, and one of the course team."""
    numbers = range(people)
    load(
        "auth_user",
        ["id", "username", "email", "is_active", "password", "first_name", "last_name", "date_joined"],
        (
            f"{FIRST_LEARNER + n}\tlearner{n:06}\tlearner{n:06}@example.org\t1\t!\t\t\t2026-01-01 00:00:00\n"
            for n in numbers
        ),
    )
    random = Random(5)
    load(
        "campus_profile",
        ["user_id", "name", "language", "country", "provider"],
        (f"{FIRST_LEARNER + n}\tLearner {n}\tfr\t{random.choice(COUNTRIES)}\t\n" for n in numbers),
    )
    with connection.cursor() as cursor:  # as in the LMS, where a search for somebody goes along them
        cursor.execute("CREATE INDEX benchmark_email ON auth_user (email)")
        cursor.execute("CREATE INDEX benchmark_name ON campus_profile (name)")
    from django.contrib.auth import get_user_model

    from demo.campus.models import Profile

    user = get_user_model().objects.create(id=TEAM, username="teacher", email="teacher@example.org")
    Profile.objects.create(user=user, name="Teacher")


def _course(key: str) -> None:
    """Its rows, one of the team, its cohorts."""
    from opaque_keys.edx.keys import CourseKey

    from demo.campus.models import CourseRole
    from demo.courseware.models import Block, Course
    from demo.forum.models import Cohort
    from referral_xblock.data import Role

    course = CourseKey.from_string(key)
    Course.objects.create(
        course_key=course, title=course.course, organisation=course.org, number=course.course, run=course.run,
        start=END - timedelta(days=70), loaded=END,
    )  # fmt: skip
    rows: list[Block] = []

    def add(kind: str, name: str, parent: Any, unit: Any = None) -> Any:
        key = course.make_usage_key(kind, name)
        rows.append(
            Block(
                course_key=course, usage_key=key, block_type=kind, parent=parent, unit=unit, position=len(rows),
                display_name=f"{kind} {name}", completable=unit is not None,
            )
        )  # fmt: skip
        return key

    root = add("course", "course", None)
    chapter = None
    for number in range(UNITS):
        chapter = add("chapter", f"c{number:02}", root) if number % 5 == 0 else chapter
        unit = add("vertical", f"v{number:02}", add("sequential", f"s{number:02}", chapter))
        for place, kind in enumerate(KINDS):
            add(kind, f"u{number:02}-{place}", unit, unit)
    Block.objects.bulk_create(rows, batch_size=500)
    CourseRole.objects.create(user_id=TEAM, course_key=course, role=Role.COURSE_STAFF.value)
    Cohort.objects.bulk_create(Cohort(course_key=course, name=name) for name in COHORTS)


def _enrolments(course: str, lives: Lives, days: int) -> None:
    from demo.forum.models import Cohort

    cohorts = list(Cohort.objects.filter(course_key=course).order_by("id").values_list("id", flat=True))
    first = END - timedelta(days=days)

    def enrolments() -> Iterator[str]:
        for learner, (came, went) in enumerate(zip(lives.came, lives.went, strict=True)):
            active = int(not (went < days and learner % 9 == 0))
            at = first + timedelta(days=came, minutes=learner % 60)
            yield f"{FIRST_LEARNER + learner}\t{active}\t{MODES[learner % 10]}\t{at:%Y-%m-%d %H:%M:%S}\n"

    load("campus_enrolment", ["user_id", "active", "mode", "created"], enrolments(), f"course_key='{course}'")
    load(
        "campus_forum_cohortmember",
        ["user_id", "cohort_id"],
        (f"{FIRST_LEARNER + learner}\t{cohorts[learner % 4]}\n" for learner in range(lives.learners)),
        f"course_key='{course}'",
    )


def _figures(lives: Lives, days: int) -> None:
    from benchmarks.engagement_figures import Figures

    first = END.date() - timedelta(days=days)
    figures = Figures(lives, days, first=first, first_learner=FIRST_LEARNER, countries=COUNTRIES)
    course = f"course_key='{FIGURES}'"
    for day in range(days):
        rows = [figures.add(day, one) for one in lives.sessions(day)]
        if rows:
            load("community_dashboard_learnerday", list(rows[0]), map(_line, rows), course)
    for table, found in (
        ("learnerstate", figures.states(END)),
        ("dailycount", figures.daily()),
        ("blockcount", figures.blocks(block_names(FIGURES)[0])),
        ("fillstate", figures.fill_states(END)),
    ):
        rows = list(found)
        load(f"community_dashboard_{table}", list(rows[0]), map(_line, rows), course)
    load(
        "community_dashboard_coursefill", ["filled_at"], [f"{END + timedelta(minutes=30):%Y-%m-%d %H:%M:%S}\n"], course
    )


def _line(row: dict[str, Any]) -> str:
    return "\t".join(r"\N" if value is None else str(value) for value in row.values()) + "\n"
