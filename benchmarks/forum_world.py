"""The forum of a large course, made of rows: so many threads and five times as many comments, the same ones every time.

Four in ten threads are questions, three in ten have no answer, a few have hundreds. Texts are made-up words between the small
words of English or French, no two the same. One thread in a hundred and one comment in two hundred is reported; one response
in twenty is endorsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

COURSE = "course-v1:Large+Forum+2026"
LASTS = timedelta(weeks=12)
COMMENTS = 5  # for each thread
PEOPLE, TOPICS, TEAM = 20_000, 60, 20
OURS = {"referral_xblock", "community_dashboard"}
SMALL_WORDS = {
    "en": ["the", "and", "is", "not", "in", "you", "it", "with", "that", "for", "how", "why"],
    "fr": ["le", "et", "est", "pas", "dans", "vous", "il", "avec", "que", "pour", "les", "une"],
}
SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]
VOCABULARY = [one + two + three for one in SYLLABLES for two in SYLLABLES for three in SYLLABLES]
Row = dict[str, Any]


def build(threads: int, *, end: datetime) -> None:
    """Makes the tables of every app but ours, and in them a forum whose last post is at `end`. Minutes for 100,000 threads."""
    for label in sorted({label for label, _name in MigrationLoader(connection).disk_migrations} - OURS):
        call_command("migrate", label, verbosity=0)
    from tests.people import make_course

    with transaction.atomic():
        make_course(COURSE)
        users = _people(end - LASTS)
        from forum.backends.mysql.models import AbuseFlagger, Comment, CommentThread

        chance = Random(2026)
        starts = sorted(end - LASTS * chance.random() for _ in range(threads))
        _insert(CommentThread, _threads(starts, users, chance))
        _insert(Comment, _comments(starts, users, chance, end))
        for model, many in ((CommentThread, threads // 100), (Comment, threads * COMMENTS // 200)):
            _insert(AbuseFlagger, _flags(model, many, users, chance, end))


def write_a_day(threads: int, *, at: datetime, seed: int) -> dict[str, int]:
    """A day of the forum that no signal tells of: 1,200 posts, and edits, deletions, reports and endorsements. What was done."""
    from forum.backends.mysql.models import AbuseFlagger, Comment, CommentThread

    chance, users = Random(seed), list(get_user_model().objects.order_by("id").values_list("id", flat=True))
    with transaction.atomic():
        first = CommentThread.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
        _insert(CommentThread, _threads([at] * 200, users, chance, first=first))
        about = [chance.randrange(1, threads + 1) for _ in range(1_000)]
        _insert(Comment, (_comment(number, None, users, chance, at) for number in about))
        edited = [chance.randrange(1, threads * COMMENTS) for _ in range(100)]
        changed = Comment.objects.filter(pk__in=edited).update(body=f"Edited. {_text(chance, 'en')}", updated_at=at)
        endorsed = [chance.randrange(1, threads * COMMENTS) for _ in range(30)]
        accepted = Comment.objects.filter(pk__in=endorsed, parent=None, endorsed=False).update(
            endorsed=True, updated_at=at
        )
        moved = CommentThread.objects.filter(pk__in=about[:10]).update(commentable_id="topic-1", updated_at=at)
        gone = {chance.randrange(1, threads * COMMENTS) for _ in range(50)}
        gone -= set(Comment.objects.filter(parent_id__in=gone).values_list("parent_id", flat=True))
        # Raw, since a listener would hear of it otherwise.
        deleted = Comment.objects.filter(pk__in=gone)._raw_delete(connection.alias)
        lifted = AbuseFlagger.objects.filter(pk__in=list(AbuseFlagger.objects.values_list("pk", flat=True)[:20]))
        flags = 60 + lifted._raw_delete(connection.alias)
        _insert(AbuseFlagger, _flags(Comment, 60, users, chance, at))
    return {
        "posts": 1_200,
        "edits": changed,
        "endorsed": accepted,
        "moved": moved,
        "deleted": deleted,
        "flagged or unflagged": flags,
    }


def _people(since: datetime) -> list[int]:
    """Learners and a team of twenty moderators, the first of them; their numbers."""
    from demo.campus.models import CourseRole, Enrolment, Profile
    from referral_xblock.data import Role

    users = get_user_model().objects
    users.bulk_create(
        (users.model(username=f"person{number}", email=f"person{number}@example.org") for number in range(PEOPLE)),
        batch_size=1_000,
    )
    numbers = list(users.order_by("id").values_list("id", flat=True))
    Enrolment.objects.bulk_create(
        (Enrolment(user_id=number, course_key=COURSE, active=True, created=since) for number in numbers),
        batch_size=1_000,
    )
    Profile.objects.bulk_create(
        (Profile(user_id=number, name=f"Person {number}") for number in numbers), batch_size=1_000
    )
    CourseRole.objects.bulk_create(
        CourseRole(user_id=number, course_key=COURSE, role=Role.FORUM_MODERATOR.value) for number in numbers[:TEAM]
    )
    return numbers


def _threads(starts: Iterable[datetime], users: list[int], chance: Random, first: int = 1) -> Iterator[Row]:
    for number, at in enumerate(starts, start=first):
        language = chance.choice(("en", "fr"))
        yield {
            "id": number, "author_id": chance.choice(users), "course_id": COURSE, "title": _text(chance, language, 12),
            "body": _text(chance, language), "created_at": at, "updated_at": at, "last_activity_at": at,
            "thread_type": "question" if chance.random() < 0.4 else "discussion", "context": "course",
            "commentable_id": f"topic-{chance.randrange(TOPICS)}", "group_id": None,
        }  # fmt: skip


def _comments(starts: list[datetime], users: list[int], chance: Random, end: datetime) -> Iterator[Row]:
    """By their numbers in the order of their threads; a reply belongs to the response before it."""
    threads = [number for number in range(1, len(starts) + 1) if chance.random() < 0.7]
    busy = threads[:: max(1, len(threads) // 200)]
    about = sorted(chance.choice(busy if chance.random() < 0.1 else threads) for _ in range(len(starts) * COMMENTS))
    above: tuple[int, int] = (0, 0)  # the last response: its thread, its number
    for number, thread in enumerate(about, start=1):
        at = min(end, starts[thread - 1] + timedelta(minutes=chance.expovariate(1 / 600)))
        is_reply = above[0] == thread and chance.random() < 0.4
        row = _comment(thread, above[1] if is_reply else None, users, chance, at)
        if not is_reply:
            above = (thread, number)
        yield row | {"id": number}


def _comment(thread: int, parent: int | None, users: list[int], chance: Random, at: datetime) -> Row:
    answers_well = parent is None and chance.random() < 0.05
    author = chance.choice(users[:TEAM]) if chance.random() < 0.1 else chance.choice(users)
    return {
        "author_id": author, "course_id": COURSE, "comment_thread_id": thread, "parent_id": parent, "depth": int(bool(parent)),
        "body": _text(chance, chance.choice(("en", "fr"))), "created_at": at, "updated_at": at, "endorsed": answers_well,
        "endorsement": {}, "group_id": None,
    }  # fmt: skip


def _flags(model: Any, many: int, users: list[int], chance: Random, at: datetime) -> Iterator[Row]:
    newest = model.objects.order_by("-pk").values_list("pk", flat=True)[0]
    content_type = ContentType.objects.get_for_model(model).id
    for number in sorted({chance.randrange(1, newest + 1) for _ in range(many)}):
        yield {
            "content_type_id": content_type,
            "content_object_id": number,
            "user_id": chance.choice(users),
            "flagged_at": at,
        }


def _text(chance: Random, language: str, most: int = 120) -> str:
    words = chance.choices(VOCABULARY, k=chance.randint(8, most))
    words[::2] = chance.choices(SMALL_WORDS[language], k=len(words[::2]))
    return f"{' '.join(words).capitalize()}."


def _insert(model: Any, rows: Iterable[Row]) -> None:
    """Past the ORM, which would set the moments itself and takes three times as long."""
    rows = iter(rows)
    first = next(rows)
    fields = [field for field in model._meta.concrete_fields if field.attname in first or not field.primary_key]
    marks = ", ".join(["%s"] * len(fields))
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"
    defaults = {field.attname: field.get_default() for field in fields}

    def values(row: Row) -> list[Any]:
        given = defaults | row
        return [field.get_db_prep_save(given[field.attname], connection) for field in fields]

    with connection.cursor() as cursor:
        cursor.executemany(statement, [values(first)])
        while some := list(islice(rows, 2_000)):
            cursor.executemany(statement, [values(row) for row in some])
