"""Who somebody is in a course, for `authority.py`; and the sentence where something may not be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import ForumRole
from community_dashboard.host.chosen import get_host
from community_dashboard.host.keys import is_course
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.authority import ACTING, Part, Refusal, why_not
from community_dashboard.moderation.decisions.errors import NotAllowedError
from community_dashboard.moderation.decisions.remembering import recall
from referral_xblock.api import Role
from referral_xblock.api import get_host as get_people_host

SENTENCES = {
    Refusal.NO_ROLE: NotAllowedError.sentence,
    Refusal.NOT_THIS_ROLE: _("Your role in the forum does not include this. A moderator or the course team can do it."),
    Refusal.OTHER_COHORT: _("A group moderator may do this only in the own cohort."),
    Refusal.OWN: _("This is about yourself. Somebody else has to decide it."),
    Refusal.PROTECTED: _("This person belongs to the team. Your role in the forum does not reach that far."),
}
_FORUM = {
    ForumRole.ADMINISTRATOR: Part.ADMINISTRATOR,
    ForumRole.MODERATOR: Part.MODERATOR,
    ForumRole.COMMUNITY_TA: Part.COMMUNITY_TA,
    ForumRole.GROUP_MODERATOR: Part.GROUP_MODERATOR,
}
_TEAM = {Role.GLOBAL_STAFF: Part.GLOBAL_STAFF, Role.COURSE_STAFF: Part.COURSE_STAFF}
# Decisions about the person: here the cohort of the person counts, not that of the post.
ABOUT_PEOPLE = frozenset({Choice.WARN, Choice.SILENCE, Choice.BAN, Choice.LIFT, Choice.NOTE})


def parts_of(user_ids: Iterable[int], course_key: CourseKey) -> dict[int, frozenset[Part]]:
    """What these people are in the course; everybody asked for is in the answer. As many queries as the two hosts need."""
    return recall(("parts", course_key), user_ids, lambda wanted: _ask_parts(wanted, course_key))


def moderators_of(course_key: CourseKey) -> list[int]:
    """The people who moderate a course, without the account in whose name rules act. The host's query, and one more."""
    acting = get_user_model().objects.filter(username=settings.COMMUNITY_ACTING_ACCOUNT or None)
    machines = set(acting.values_list("id", flat=True))
    return [user_id for user_id in get_host().moderators(course_key) if user_id not in machines]


def refusal_of(
    choice: Choice, *, by: Any, subject: Any | None, post_group: int, course_key: CourseKey
) -> tuple[Refusal | None, frozenset[Part]]:
    """Why `by` may not do this to a post of `subject` meant for `post_group` (0: for everybody), and the parts of `by`.

    `subject` is None where nobody stands behind the post any more.
    """
    if not getattr(by, "id", None):
        return Refusal.NO_ROLE, frozenset()
    subject_id = subject.id if subject is not None else None
    parts = parts_of([by.id] if subject_id is None else [by.id, subject_id], course_key)
    mine, theirs = parts[by.id], parts.get(subject_id, frozenset())
    same_group = False
    if mine & ACTING == {Part.GROUP_MODERATOR}:
        same_group = _is_in_own_cohort(choice, by, subject, post_group, course_key)
    own = subject_id == by.id
    return why_not(choice, mine, theirs, same_group=same_group, own=own), mine


def check(choice: Choice, *, by: Any, subject: Any | None, post_group: int, course_key: CourseKey) -> frozenset[Part]:
    """The parts of `by`, if this may be done. Raises NotAllowedError with the sentence."""
    refusal, mine = refusal_of(choice, by=by, subject=subject, post_group=post_group, course_key=course_key)
    if refusal is not None:
        raise NotAllowedError(SENTENCES[refusal])
    return mine


def _ask_parts(user_ids: list[int], course_key: CourseKey) -> dict[int, frozenset[Part]]:
    if not is_course(course_key):
        return dict.fromkeys(user_ids, frozenset())
    forum = get_host().forum_roles_of(user_ids, course_key)
    found = {}
    for user_id, roles in get_people_host().roles_of(user_ids, course_key).items():
        parts = {_FORUM[role] for role in forum.get(user_id, ())}
        parts |= {part for role, part in _TEAM.items() if role in roles}
        found[user_id] = frozenset(parts or {Part.LEARNER})
    return found


def _is_in_own_cohort(choice: Choice, by: Any, subject: Any | None, post_group: int, course_key: CourseKey) -> bool:
    host = get_host()
    own = host.cohort_of(by, course_key)
    if own is None:
        return False
    if choice not in ABOUT_PEOPLE and post_group == own.id:
        return True
    return subject is not None and host.cohort_of(subject, course_key) == own
