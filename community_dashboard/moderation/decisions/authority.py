"""Who may decide what about whom: one table, and three words for what it means. Plain Python.

A part is what somebody is in a course. Parts have a rank; it protects their bearers and limits them:

- A learner has rank 0, those who help (Community TA, Group Moderator) 1, a Moderator 2, an Administrator of the forum, the
  course staff and global staff 3. Of several parts the highest counts.
- Course staff act with a forum role alone, and then with the rank of that role; what they write is protected by rank 3.
- What keeps order and takes nothing from anybody may be done to everybody's posts. What takes a text away may be done to those
  of the same rank and below. What judges a person may be done to those below alone: so a Moderator bans no Moderator, and
  nobody an Administrator or course staff.
- The helpers ban nobody and silence for two weeks at most: a ban is for good, holds in the whole course, and is the course's
  matter. (A Group Moderator is what the platform's own pages call a Group Community TA.)
- Nobody judges the own post or person: what others reported is looked at by somebody else. Editing, deleting, closing, answering
  the own posts is everyday work, which the forum allows anyway.
- A Group Moderator acts in the own cohort: on posts meant for it or written by its members, and on its members.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from community_dashboard.moderation.data import Choice


class Part(StrEnum):
    """What somebody is in a course, as far as it matters here. Nobody in particular is a learner."""

    GLOBAL_STAFF = "global_staff"
    COURSE_STAFF = "course_staff"
    ADMINISTRATOR = "administrator"
    MODERATOR = "moderator"
    COMMUNITY_TA = "community_ta"
    GROUP_MODERATOR = "group_moderator"
    LEARNER = "learner"


class Over(StrEnum):
    """On whom a choice may be used."""

    EVERYBODY = "everybody"
    EQUALS = "equals"  # of the same rank, and below
    BELOW = "below"


class Refusal(StrEnum):
    """Why something may not be done; `standing.py` has the sentences."""

    NO_ROLE = "no_role"
    NOT_THIS_ROLE = "not_this_role"
    OTHER_COHORT = "other_cohort"
    OWN = "own"
    PROTECTED = "protected"


@dataclass(frozen=True)
class Rule:
    """Who may use a choice, on whom, and whether on the own posts."""

    parts: frozenset[Part]
    over: Over
    own: bool


RANK = {
    Part.LEARNER: 0,
    Part.COMMUNITY_TA: 1,
    Part.GROUP_MODERATOR: 1,
    Part.MODERATOR: 2,
    Part.ADMINISTRATOR: 3,
    Part.COURSE_STAFF: 3,
    Part.GLOBAL_STAFF: 3,
}
HELPERS = frozenset({Part.COMMUNITY_TA, Part.GROUP_MODERATOR})
LEADERS = frozenset({Part.MODERATOR, Part.ADMINISTRATOR, Part.GLOBAL_STAFF})
ACTING = HELPERS | LEADERS
HELPERS_LONGEST_SILENCE = timedelta(days=14)

_ORDER = Rule(ACTING, Over.EVERYBODY, own=True)
_JUDGE_POST = Rule(ACTING, Over.EVERYBODY, own=False)
_TEXT = Rule(ACTING, Over.EQUALS, own=True)
_PERSON = Rule(ACTING, Over.BELOW, own=False)

TABLE: dict[Choice, Rule] = {
    Choice.APPROVE: _JUDGE_POST,
    Choice.RESTORE: _JUDGE_POST,
    Choice.HOLD: _PERSON,  # what a rule does: it does not judge the team
    Choice.HIDE: Rule(ACTING, Over.EQUALS, own=False),
    Choice.EDIT: _TEXT,
    Choice.DELETE: _TEXT,
    Choice.CLOSE: _ORDER,
    Choice.REOPEN: _ORDER,
    Choice.ENDORSE: _ORDER,
    Choice.UNENDORSE: _ORDER,
    Choice.PIN: _ORDER,
    Choice.UNPIN: _ORDER,
    Choice.MOVE: _ORDER,
    Choice.REPLY: _ORDER,
    Choice.ASSIGN: _ORDER,
    Choice.SNOOZE: _ORDER,
    Choice.WARN: _PERSON,
    Choice.NOTE: _PERSON,
    Choice.SILENCE: _PERSON,
    Choice.LIFT: _PERSON,  # of a ban: who may ban
    Choice.BAN: Rule(LEADERS, Over.BELOW, own=False),
}


def why_not(
    choice: Choice, actor: Set[Part], target: Set[Part], *, same_group: bool = False, own: bool = False
) -> Refusal | None:
    """Why somebody with the parts `actor` may not do this to a post, or the person, of somebody with the parts `target`.

    `same_group`: the post is meant for the actor's cohort or written by a member of it, or the person is a member. `own`: the
    actor is the target. None: it may be done.
    """
    rule = TABLE[choice]
    acting = actor & ACTING
    if not acting:
        return Refusal.NO_ROLE
    allowed = acting & rule.parts
    if not allowed:
        return Refusal.NOT_THIS_ROLE
    if not same_group:
        allowed -= {Part.GROUP_MODERATOR}
        if not allowed:
            return Refusal.OTHER_COHORT
    if own:
        return None if rule.own else Refusal.OWN
    mine, theirs = _rank(allowed), _rank(target)
    above = {Over.EVERYBODY: True, Over.EQUALS: mine >= theirs, Over.BELOW: mine > theirs}
    return None if above[rule.over] else Refusal.PROTECTED


def may(choice: Choice, actor: Set[Part], target: Set[Part], *, same_group: bool = False, own: bool = False) -> bool:
    """Whether it may be done; see `why_not`."""
    return why_not(choice, actor, target, same_group=same_group, own=own) is None


def longest_silence(actor: Set[Part]) -> timedelta | None:
    """For how long somebody with these parts may silence; None: as long as they choose."""
    return None if actor & LEADERS else HELPERS_LONGEST_SILENCE


def _rank(parts: Set[Part]) -> int:
    return max((RANK[part] for part in parts), default=0)
