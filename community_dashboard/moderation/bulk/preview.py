"""What a job would do, before it begins: every post gets the verdict that its step would come to. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.authority import Part, why_not

CHANGED, AS_BEFORE = "changed", "as before"


class Verdict(StrEnum):
    """What becomes of one post."""

    ACTS = "acts"  # it is done
    ALREADY = "already"  # it is so already
    GONE = "gone"  # it is no longer in the forum
    PROTECTED = "protected"  # the role of who asks does not reach its author
    NO_THREAD = "no_thread"  # only a thread can be closed or moved


@dataclass(frozen=True)
class Facts:
    """What the projection knows of a post."""

    kind: str
    author_id: int | None
    topic_id: str
    gone: bool
    masked: bool
    closed: bool


def verdict_of(
    facts: Facts, choice: Choice, *, by_id: int, parts: Mapping[int, Set[Part]], same_group: bool, topic: str = ""
) -> Verdict:
    """The verdict. `parts` knows who asks and every author who is more than a learner; `same_group`: a Group Moderator's own.

    A post whose reports are to be cleared is worth the act whatever it looks like: `already` is said only of what can be seen.
    """
    if facts.gone:
        return Verdict.GONE
    if choice in (Choice.CLOSE, Choice.MOVE) and facts.kind != "thread":
        return Verdict.NO_THREAD
    own = facts.author_id == by_id
    theirs = parts.get(facts.author_id or 0, frozenset({Part.LEARNER}))
    if why_not(choice, parts.get(by_id, frozenset()), theirs, same_group=same_group, own=own):
        return Verdict.PROTECTED
    return Verdict.ALREADY if _is_so(facts, choice, topic) else Verdict.ACTS


def _is_so(facts: Facts, choice: Choice, topic: str) -> bool:
    return {
        Choice.HIDE: facts.masked,
        Choice.RESTORE: not facts.masked,
        Choice.CLOSE: facts.closed,
        Choice.MOVE: facts.topic_id == topic,
    }.get(choice, False)
