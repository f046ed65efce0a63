"""From roles to capabilities: the table, in one place."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from opaque_keys.edx.keys import CourseKey

from referral_xblock.api import Role, get_host

MODERATORS = frozenset({Role.FORUM_MODERATOR, Role.GROUP_MODERATOR})
TEAM = frozenset({Role.COURSE_STAFF, Role.GLOBAL_STAFF})


class Capability(StrEnum):
    """What a page or a file asks of its reader."""

    OVERVIEW = "overview"
    MODERATION = "moderation"
    GROWTH = "growth"
    LEARNERS = "learners"
    MAIL = "mail"
    CAMPAIGNS = "campaigns"
    SETTINGS = "settings"
    FILES = "files"  # lists as files, without names
    IDENTITY = "identity"  # names and e-mail addresses in such files


TABLE: dict[Capability, frozenset[Role]] = {
    Capability.OVERVIEW: TEAM | MODERATORS,
    Capability.MODERATION: TEAM | MODERATORS,
    Capability.GROWTH: TEAM,
    Capability.LEARNERS: TEAM,
    Capability.MAIL: TEAM,
    Capability.CAMPAIGNS: TEAM,
    Capability.SETTINGS: TEAM,
    Capability.FILES: TEAM | {Role.DATA_RESEARCHER},
    Capability.IDENTITY: frozenset({Role.DATA_RESEARCHER, Role.GLOBAL_STAFF}),
}


def capabilities(user: Any, course_key: CourseKey) -> frozenset[Capability]:
    """Everything this person may do in this course; nothing for visitors. As many queries as the host needs for roles."""
    return granted_to(get_host().roles(user, course_key)) if user.is_authenticated else frozenset()


def granted_to(roles: frozenset[Role]) -> frozenset[Capability]:
    """Everything that somebody with these roles may do. No query."""
    return frozenset(capability for capability, allowed in TABLE.items() if roles & allowed)


def may(user: Any, course_key: CourseKey, capability: Capability) -> bool:
    """Whether this person may do this in this course."""
    return capability in capabilities(user, course_key)
