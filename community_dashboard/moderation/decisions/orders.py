"""An order: what somebody asked for, with what is known of the post and its author, once it is known that they may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.host.interface import Host
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.authority import Part
from community_dashboard.moderation.decisions.errors import BadFieldError, GoneError, NoAuthorError
from community_dashboard.moderation.decisions.forum_now import ForumNow, read_now
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.decisions.remembering import recall
from community_dashboard.moderation.decisions.standing import ABOUT_PEOPLE, check
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.queries import posts_in

SEEN, ROW = "seen", "row"  # of a post, among what a job remembers


@dataclass
class Order:
    """What is to be done. `ref` is None for a decision about a person without a post; `asked` is what the log keeps of it."""

    by: Any
    course_key: CourseKey
    ref: PostRef | None
    choice: Choice
    reason: str
    fields: Mapping[str, Any]
    now: datetime
    automatic: bool = False
    subject: Any | None = None
    thread_id: str = ""
    parent_id: str = ""
    parts: frozenset[Part] = frozenset()
    asked: dict[str, Any] = field(default_factory=dict)
    kept: Any = None  # what is kept of the post while this order is carried out

    @cached_property
    def host(self) -> Host:
        """The platform."""
        return get_host()

    @cached_property
    def seen(self) -> ForumNow | None:
        """The post as the forum had it when it was first asked; None if it is gone. One query."""
        if self.ref is None:
            return None
        return recall((SEEN, self.course_key), [self.ref], lambda refs: {ref: self.read() for ref in refs})[self.ref]

    @property
    def post(self) -> PostRef:
        """The post; for choices that need one."""
        if self.ref is None:
            raise GoneError
        return self.ref

    @property
    def forum(self) -> ForumNow:
        """`seen`, or GoneError."""
        if self.seen is None:
            raise GoneError
        return self.seen

    @property
    def author(self) -> Any:
        """The person that this is about, or NoAuthorError."""
        if self.subject is None:
            raise NoAuthorError
        return self.subject

    def read(self) -> ForumNow | None:
        """The post as the forum has it now."""
        return read_now(self.host, by=self.by, course_key=self.course_key, ref=self.post)

    def text(self, name: str) -> str:
        """A field as text; "" if it was not given."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else "" if value is None else str(value)


def read_order(
    *,
    by: Any,
    course_key: CourseKey,
    ref: PostRef | None,
    choice: Choice,
    reason: str,
    fields: Mapping[str, Any],
    automatic: bool,
    now: datetime,
) -> Order:
    """The order, if `by` may give it in this course. Raises GoneError, NoAuthorError, NotAllowedError, BadFieldError.

    Without `ref`, a decision about people needs `fields["user_id"]`. One query for the post, one for its author, and what
    the hosts need for roles.
    """
    order = Order(by, course_key, ref, Choice(choice), reason.strip(), fields, now, automatic)
    group = 0
    if ref is not None:
        row = posts_of(course_key, [ref]).get(ref) or _first_seen(course_key, ref, now)
        if row is None:
            # The right is checked first: who moderates nothing here learns nothing of what is here.
            check(order.choice, by=by, subject=None, post_group=0, course_key=course_key)
            raise GoneError
        order.subject, group = row.author, row.group_id
        order.thread_id, order.parent_id = row.thread_id, row.parent_id
    elif order.choice in ABOUT_PEOPLE:
        order.subject = _person(fields.get("user_id"))
    else:
        raise GoneError
    order.parts = check(order.choice, by=by, subject=order.subject, post_group=group, course_key=course_key)
    return order


def order_of_row(row: Decision, *, by: Any, now: datetime) -> Order:
    """The order that a row of the log once was, for undoing and repairing it; the right is not checked. One query."""
    ref = PostRef(PostKind(row.kind), row.post_id) if row.post_id else None
    order = Order(by, row.course_key, ref, Choice(row.choice), row.reason, row.fields, now, row.automatic, row.subject)
    order.asked, order.thread_id = dict(row.fields), row.thread_id
    return order


def posts_of(course_key: CourseKey, refs: Iterable[PostRef]) -> dict[PostRef, Any]:
    """The rows of these posts with their authors; within a job as they were at most two seconds ago. One query for each kind."""
    return recall((ROW, course_key), refs, partial(posts_in, course_key, with_authors=True))


def _first_seen(course_key: CourseKey, ref: PostRef, now: datetime) -> Any | None:
    """A post that the projection does not have yet."""
    rows = project(course_key=course_key, refs=[ref], now=now)
    return next((row for row in rows if (row.kind, row.post_id) == (ref.kind.value, ref.id)), None)


def _person(user_id: Any) -> Any:
    if not str(user_id or "").isdecimal():
        raise BadFieldError("user_id", NoAuthorError.sentence)
    person = get_user_model().objects.filter(pk=int(user_id)).first()
    if person is None:
        raise NoAuthorError
    return person
