"""The index: which threads of a course share the rarer words of a question.

It grows by the threads that came since; nothing is built anew. A thread that is edited keeps the words it had: the likeness is
measured on its text of now. 40,000 threads are looked through in well under a second (docs/performance.md).
"""

from __future__ import annotations

import math
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.answers.likeness import Question
from community_dashboard.moderation.answers.models import ThreadWords, WordsPlace
from community_dashboard.moderation.projection.threads import count_threads_in, threads_after

AT_ONCE = 500
MOST_WORDS = 40
LATE = 200  # rows that two workers may have written out of order
SAMPLE = 200


@dataclass(frozen=True)
class Nearby:
    """Threads that share words with a question, the nearest first, and some from all over the course."""

    threads: list[str]
    sample: list[str]


@dataclass(frozen=True)
class Progress:
    """Of how many threads of the course the words are known."""

    done: int
    total: int

    @property
    def finished(self) -> bool:
        """Whether all threads are compared."""
        return self.done >= self.total


def extend(*, course_key: CourseKey, now: datetime, most: int = 5_000) -> bool:
    """Adds the threads that came since, at most so many; True if there are more. Repeatable, also beside itself.

    Three statements for 500 threads.
    """
    place, _made = WordsPlace.objects.get_or_create(course_key=course_key, defaults={"seen_at": now})
    reached, left = max(0, place.reached - LATE), most
    while left > 0:
        rows = threads_after(course_key, reached, limit=min(AT_ONCE, left))
        if not rows:
            break
        words = [
            ThreadWords(
                course_key=course_key, thread_id=row.post_id, words=_kept(Question(row.title, row.excerpt).words)
            )
            for row in rows
        ]
        reached, left = rows[-1].pk, left - len(rows)
        with transaction.atomic():
            ThreadWords.objects.bulk_create(words, ignore_conflicts=True)
            WordsPlace.objects.filter(pk=place.pk, reached__lt=reached).update(reached=reached, seen_at=now)
    WordsPlace.objects.filter(pk=place.pk).update(threads=ThreadWords.objects.filter(course_key=course_key).count())
    return left <= 0


def progress_in(course_key: CourseKey) -> Progress:
    """How far the index of the course has come. Two queries."""
    done = WordsPlace.objects.filter(course_key=course_key).values_list("threads", flat=True).first() or 0
    return Progress(done, count_threads_in(course_key))


def nearby(course_key: CourseKey, asked: Question, *, most: int) -> Nearby:
    """The threads that share most with what was asked, rare words counting more. One query over the course's index."""
    wanted = frozenset(_numbers(asked.words))
    known: Counter[int] = Counter()
    shared: list[tuple[str, set[int], int]] = []
    everybody: list[str] = []
    rows = ThreadWords.objects.filter(course_key=course_key).values_list("thread_id", "words")
    for thread_id, kept in rows.iterator(chunk_size=5_000):
        everybody.append(thread_id)
        numbers = _read(kept)
        both = wanted.intersection(numbers)
        if both:
            known.update(both)
            shared.append((thread_id, both, len(numbers)))
    rare = {number: math.log(1 + len(everybody) / times) for number, times in known.items()}
    ranked = sorted(shared, key=lambda one: -math.fsum(rare[number] for number in one[1]) / math.sqrt(4 + one[2]))
    step = max(1, len(everybody) // SAMPLE)
    return Nearby([thread_id for thread_id, _both, _words in ranked[:most]], everybody[::step][:SAMPLE])


def _numbers(words: Iterable[str]) -> list[int]:
    return list(dict.fromkeys(zlib.crc32(word.encode()) & 0xFFFF for word in words))


def _kept(words: Iterable[str]) -> bytes:
    numbers = array("H", _numbers(words)[:MOST_WORDS])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _read(kept: bytes) -> array:
    numbers = array("H", bytes(kept))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
