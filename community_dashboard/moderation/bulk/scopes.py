"""On what a job works, as it stands in an address and in the job's row. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Choice

# What can be done to many posts at once; what judges a person is decided one by one.
CHOICES = (Choice.APPROVE, Choice.HIDE, Choice.RESTORE, Choice.CLOSE, Choice.MOVE, Choice.DELETE)
KINDS = {kind.value for kind in PostKind}
MOST_PICKED = 500  # posts in one selection, so that it fits into an address and a form


class Kind(StrEnum):
    """Where the posts come from."""

    SELECTION = "selection"
    FILTER = "filter"  # of the queue
    AUTHOR = "author"


@dataclass(frozen=True)
class Scope:
    """Some posts of one course. Of the last three fields the kind says which one counts."""

    kind: Kind
    refs: tuple[PostRef, ...] = ()
    query: str = ""
    author_id: int = 0

    def as_row(self) -> dict[str, Any]:
        """As a JSON object."""
        refs = [spell(ref) for ref in self.refs]
        return {"kind": self.kind.value, "refs": refs, "query": self.query, "author_id": self.author_id}


def scope_from_row(row: Mapping[str, Any]) -> Scope:
    """The scope that `as_row` gave."""
    return Scope(Kind(row["kind"]), tuple(read_refs(row["refs"])), row["query"], row["author_id"])


def spell(ref: PostRef) -> str:
    """A post as one word: "thread-12"."""
    return f"{ref.kind.value}-{ref.id}"


def read_refs(words: Iterable[str]) -> list[PostRef]:
    """The posts that these words name, each once, at most 500; words that name none are left out."""
    found: dict[PostRef, None] = {}
    for word in words:
        kind, _dash, number = word.partition("-")
        if kind in KINDS and number.isalnum() and len(number) <= 64:
            found[PostRef(PostKind(kind), number)] = None
    return list(found)[:MOST_PICKED]
