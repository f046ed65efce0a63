"""Reads the labelled posts and groups of questions of this folder; see README.md for how they were made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LABELS = ("urgent", "question", "error", "abuse")


@dataclass(frozen=True)
class Post:
    """One labelled post."""

    number: str
    language: str
    labels: frozenset[str]
    title: str
    body: str
    grade: int = 0
    hours: int = 0
    author: str = "known"
    reports: int = 0
    answers: int = 0
    accepted: int = 0


@dataclass(frozen=True)
class Question:
    """One question; those of one `group` that are not `alone` ask the same."""

    group: str
    language: str
    alone: bool
    title: str
    body: str


def read_posts(name: str) -> list[Post]:
    """The posts of set "a" or "b"."""
    posts = []
    for block in re.split(r"(?m)^@ ", (HERE / f"posts_{name}.txt").read_text(encoding="utf-8"))[1:]:
        head, title, *lines = block.strip().split("\n")
        number, language, *rest = head.split()
        facts = dict(one.split("=") for one in rest if "=" in one)
        author = facts.pop("author", "known")
        labels = frozenset(one for one in rest if "=" not in one)
        unknown = labels - set(LABELS)
        if unknown:
            raise ValueError(f"{number}: {unknown}")
        numbers = {fact: int(value) for fact, value in facts.items()}
        posts.append(Post(number, language, labels, title, "\n".join(lines), author=author, **numbers))
    return posts


def read_questions(name: str) -> list[Question]:
    """The groups of questions of set "a" or "b"."""
    questions, group, language = [], "", ""
    for line in (HERE / f"same_{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            group, language = line.split()[1:3]
        elif line[:2] in ("= ", "! "):
            title, body = line[2:].split(" | ")
            questions.append(Question(group, language, line[0] == "!", title, body))
    return questions
