"""Who may do what in a forum through the dashboard. Both hosts ask here first, then the forum itself.

People edit and delete their own posts in the forum; here these acts are for those who moderate it.
A Group Moderator moderates the own cohort only: threads meant for it, and posts of its members.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import Act, PostKind, PostRef
from community_dashboard.host.errors import DisabledError, GoneError, NotAllowedError
from community_dashboard.host.keys import is_course
from referral_xblock.api import Role
from referral_xblock.api import get_host as get_people_host

if TYPE_CHECKING:
    from community_dashboard.host.interface import Host

MODERATORS = frozenset({Role.FORUM_MODERATOR, Role.GROUP_MODERATOR, Role.GLOBAL_STAFF})
EVERYBODY = MODERATORS | {Role.LEARNER, Role.COURSE_STAFF}
OPEN_ACTS = frozenset({Act.READ, Act.START, Act.REPLY, Act.FLAG})
OF_THREADS = frozenset({Act.CLOSE, Act.PIN, Act.MOVE})
WHILE_CLOSED = frozenset({Act.READ, Act.FLAG, Act.CLEAR_FLAGS, Act.CLOSE, Act.PIN, Act.DELETE})
POSTING = frozenset({Act.START, Act.REPLY})

_posting_rules: dict[str, Callable[[Any, CourseKey], None]] = {}


def register_posting_rule(name: str, rule: Callable[[Any, CourseKey], None]) -> None:
    """Adds something that may forbid an account to write in a course: it raises NotAllowedError with a sentence.

    `rule` gets the account and the course. A rule of the same name is replaced.
    """
    _posting_rules[name] = rule


def may(act: Act, roles: frozenset[Role]) -> bool:
    """Whether somebody with these roles in the course may do this in its forum."""
    return bool(roles & (EVERYBODY if act in OPEN_ACTS else MODERATORS))


def acts_on(kind: PostKind, roles: frozenset[Role], *, reply: bool, closed: bool) -> frozenset[Act]:
    """What somebody with these roles may do with one post. `closed` is that of its thread; a reply cannot be replied to."""
    possible = set(Act) - {Act.START}
    possible -= {Act.ENDORSE} if kind is PostKind.THREAD else OF_THREADS
    if reply:
        possible -= {Act.REPLY, Act.ENDORSE}
    if closed:
        possible &= WHILE_CLOSED
    return frozenset(act for act in possible if may(act, roles))


def check(host: Host, *, by: Any, course_key: CourseKey, act: Act, ref: PostRef | None = None) -> frozenset[Role]:
    """The account's roles in the course, if it may do this to this post of this course.

    Raises DisabledError, NotAllowedError, GoneError. The cost of the roles and of finding the post's course; for a Group
    Moderator also that of reading the post, and to write that of the rules that others registered.
    """
    if not is_course(course_key):
        raise DisabledError
    roles = get_people_host().roles(by, course_key)
    if not may(act, roles):
        raise NotAllowedError
    for rule in _posting_rules.values() if act in POSTING else ():
        rule(by, course_key)
    if ref is not None:
        if host.course_of_post(ref, course_key) != str(course_key):
            raise GoneError
        if act not in OPEN_ACTS and roles & MODERATORS == {Role.GROUP_MODERATOR}:
            _check_cohort(host, by, course_key, ref)
    return roles


def _check_cohort(host: Host, by: Any, course_key: CourseKey, ref: PostRef) -> None:
    own = host.cohort_of(by, course_key)
    if own is not None:
        post = host.read_post(by=by, course_key=course_key, ref=ref)
        author = get_user_model().objects.filter(username=post.author).first() if post.author else None
        if post.group_id == own.id or (author is not None and host.cohort_of(author, course_key) == own):
            return
    raise NotAllowedError(_("A group moderator may do this only to posts of the own cohort."))
