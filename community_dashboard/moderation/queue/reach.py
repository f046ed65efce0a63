"""How far a reader's eyes and hands go in the queue of a course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import TEAM
from community_dashboard.data import Act
from community_dashboard.host.chosen import get_host as get_forum_host
from community_dashboard.host.forum_rules import may
from referral_xblock.api import Role, get_host

NO_COHORT = -1  # a group that no post is meant for


@dataclass(frozen=True)
class Reach:
    """What somebody may see and decide. A group is a cohort's number; None: the whole course."""

    acts: bool
    sees_group: int | None = None
    acts_in_group: int | None = None

    def may_act_on(self, item: Any) -> bool:
        """Whether this item, with `group_id` and `author_group`, is in reach of the hands."""
        return self.acts and self.acts_in_group in (None, item.group_id, item.author_group)

    def may_see(self, item: Any) -> bool:
        """Whether this item is in reach of the eyes."""
        return self.sees_group in (None, item.group_id, item.author_group)


def reach_of(user: Any, course_key: CourseKey, *, roles: frozenset[Role] | None = None) -> Reach:
    """The reach of an account that may open the pages of moderation. The queries for its roles; two more for its cohort.

    A page that knows the roles of its reader (`Visit.roles`) gives them, so that they are not asked for again.

    A Group Moderator who is in no cohort sees nothing; one who is of the course's team sees all and acts in the own cohort.
    """
    roles = get_host().roles(user, course_key) if roles is None else roles
    acts = may(Act.CLEAR_FLAGS, roles)
    if not acts or roles & {Role.FORUM_MODERATOR, Role.GLOBAL_STAFF}:
        return Reach(acts)
    own = get_forum_host().cohort_of(user, course_key)
    group = own.id if own else NO_COHORT
    return Reach(acts, None if roles & TEAM else group, group)
