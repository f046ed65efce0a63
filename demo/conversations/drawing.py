"""Draws who says what and when over the eight weeks: the same for the same seed, people and moment. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

SPAN = timedelta(weeks=8)
PEER_WAITS, TEAM_WAITS = timedelta(hours=7), timedelta(hours=16)  # on average
GREETS = 0.05  # of the learners
WELCOMED = 0.6  # of the greetings
MOST_GREETINGS = 180
UNANSWERED_DAYS = 5  # so old are questions that nobody has answered, at most
STORM = timedelta(hours=40)  # within which everybody asks the same
BURST = timedelta(minutes=50)  # within which the offers come, just before now
REPORTERS = 3


@dataclass(frozen=True)
class Writer:
    """A learner who may write, from the moment of enrolment."""

    user_id: int
    language: str
    enrolled_at: datetime


@dataclass(frozen=True)
class Said:
    """One response."""

    by: int
    body: str
    at: datetime
    endorsed_by: int = 0  # 0: by nobody


@dataclass
class Conversation:
    """One thread with its responses, and who reported it."""

    by: int
    topic: str
    kind: str  # "question", "discussion"
    title: str
    body: str
    at: datetime
    answers: list[Said] = field(default_factory=list)
    reporters: list[tuple[int, datetime]] = field(default_factory=list)


def draw_conversations(
    texts: Mapping[str, Any], *, writers: Sequence[Writer], team: Sequence[int], now: datetime, seed: int
) -> list[Conversation]:
    """The conversations in the order of time. With few writers there are fewer: one greets, three in ten start a thread.

    The newest accounts write the offers, within the last hour. `team` answers in turn, and begins every week with a note.
    """
    drawing = _Drawing(Random(f"{seed}/forum"), writers, team, now)
    if not drawing.writers:
        return []
    made = [drawing.thread(text) for text in texts["threads"][: max(4, 3 * len(writers) // 10)]]
    made += drawing.greetings(texts)
    made += drawing.notes(texts["weekly"])
    made += [drawing.same(text, texts["same_unit"]) for text in texts["same"][: max(2, len(writers) // 8)]]
    made += [drawing.offer(text) for text in texts["offers"] for _again in range(2)]
    return sorted(made, key=lambda one: one.at)


class _Drawing:
    def __init__(self, random: Random, writers: Sequence[Writer], team: Sequence[int], now: datetime) -> None:
        self.random, self.now, self.team = random, now.replace(microsecond=0), list(team)
        self.writers = sorted(
            (one for one in writers if one.enrolled_at < now - BURST), key=lambda one: one.enrolled_at
        )
        self.newest = [one.user_id for one in self.writers[-3:]]
        self.settled = self.writers[:-3] or self.writers

    def thread(self, text: Mapping[str, Any]) -> Conversation:
        """Who asks waits for what the text says; what has no answer was asked in the last days."""
        since = self.now - (timedelta(days=UNANSWERED_DAYS) if not text["answers"] else SPAN)
        until = self.now - (timedelta(minutes=30) if not text["answers"] else timedelta(days=2))
        author, at = self._somebody(text["language"], since, until)
        made = Conversation(author, text["unit"], text["type"], text["title"], text["body"], at)
        for answer in text["answers"]:
            self._answer(made, answer, text["language"])
        return made

    def greetings(self, texts: Mapping[str, Any]) -> list[Conversation]:
        """People who introduce themselves on the day they come; most are welcomed."""
        known = [one for one in self.settled if one.language in texts["greetings"]]
        picked = self.random.sample(known, min(MOST_GREETINGS, len(known), max(1, round(GREETS * len(self.writers)))))
        return [self._greeting(texts, one) for one in picked]

    def notes(self, texts: Sequence[Mapping[str, Any]]) -> list[Conversation]:
        """What the team writes to everybody, once a week, the day after it began."""
        made = []
        for week, text in enumerate(texts if self.team else ()):
            at = self.now - SPAN + timedelta(weeks=week, days=1, minutes=self.random.randrange(240))
            by = self.team[week % len(self.team)]
            made.append(Conversation(by, text["unit"], "discussion", text["title"], text["body"], at))
        return made

    def same(self, text: Mapping[str, Any], unit: str) -> Conversation:
        """One of those who all ask the same."""
        author, at = self._somebody(text["language"], self.now - STORM, self.now - timedelta(minutes=10))
        return Conversation(author, unit, "question", text["title"], text["body"], at)

    def offer(self, text: Mapping[str, Any]) -> Conversation:
        """What nobody asked for; some learners report it at once."""
        at = self.now - timedelta(seconds=self.random.randrange(60, int(BURST.total_seconds())))
        made = Conversation(self.random.choice(self.newest), "course", "discussion", text["title"], text["body"], at)
        readers = self.random.sample(self.settled, min(len(self.settled), self.random.randrange(REPORTERS + 1)))
        made.reporters = [(one.user_id, at + (self.now - at) * self.random.random()) for one in readers]
        return made

    def _greeting(self, texts: Mapping[str, Any], who: Writer) -> Conversation:
        said = {
            "place": self.random.choice(texts["places"][who.language]),
            "job": self.random.choice(texts["jobs"][who.language]),
            "flowers": self.random.choice(texts["flowers"][who.language]),
        }
        title = self.random.choice(texts["greeting_titles"][who.language]).format(**said)
        body = self.random.choice(texts["greetings"][who.language]).format(**said)
        at = min(who.enrolled_at + timedelta(minutes=self.random.randrange(10, 300)), self.now - timedelta(minutes=5))
        made = Conversation(who.user_id, "course", "discussion", title, body, at)
        if self.random.random() < WELCOMED:
            words = self.random.choice(texts["welcomes"][who.language])
            self._answer(made, {"by": self.random.choice(("peer", "peer", "staff")), "body": words}, who.language)
        return made

    def _answer(self, made: Conversation, answer: Mapping[str, Any], language: str) -> None:
        last = made.answers[-1].at if made.answers else made.at
        waits = TEAM_WAITS if answer["by"] == "staff" else PEER_WAITS
        at = min(
            last + timedelta(seconds=60 + int(self.random.expovariate(1 / waits.total_seconds()))), self._just_now()
        )
        if answer["by"] == "author":
            by = made.by
        elif answer["by"] == "staff" and self.team:
            by = self.random.choice(self.team)
        else:
            by, _at = self._somebody(language, last, at, but=made.by)
        # The team endorses what learners answer; what the team answers is endorsed by who asked.
        others = [one for one in self.team if one != by] if by not in self.team else [made.by]
        endorsed_by = self.random.choice(others or [made.by]) if answer.get("endorsed") else 0
        made.answers.append(Said(by, answer["body"], at, endorsed_by))

    def _somebody(self, language: str, since: datetime, until: datetime, *, but: int = 0) -> tuple[int, datetime]:
        """Somebody of this language who was there, and a moment after they came, rather in the evening."""
        there = [one for one in self.settled if one.user_id != but and one.enrolled_at < until] or self.settled
        own = [one for one in there if one.language == language] or there
        who = self.random.choice(own)
        first = max(since, who.enrolled_at)
        return who.user_id, first + max(until - first, timedelta(0)) * self.random.random()

    def _just_now(self) -> datetime:
        return self.now - timedelta(minutes=self.random.randrange(5, 120))
