"""Decisions as lines of a list: with names, posts and reasons in words. All texts are hostile until a template escapes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.log_words import DONE, change_words, reason_words
from community_dashboard.moderation.decisions.logbook import Logged
from community_dashboard.moderation.projection.queries import posts_in
from referral_xblock.api import get_host as get_people_host


@dataclass(frozen=True)
class Line:
    """One decision as the team reads it."""

    decision: Logged
    what: str
    by: str
    author: str  # "" where nobody is known
    title: str  # of the thread; "" for a comment
    excerpt: str  # the beginning of what the author wrote; "" if the post is not known
    gone: bool  # deleted in the forum
    why: str
    change: str  # before and after
    note: str  # for the team alone


def lines_of(rows: Sequence[Logged], course_key: CourseKey) -> list[Line]:
    """The lines of these decisions, in their order. One query for names, two for posts, two where threads were moved."""
    name = names_of([user_id for one in rows for user_id in (one.actor_id, one.subject_id)])
    posts = posts_in(course_key, [ref for one in rows if (ref := ref_of(one))])
    moved = any(one.choice == Choice.MOVE for one in rows)
    topics = {topic.id: topic.title for topic in get_host().topics(course_key)} if moved else {}
    lines = []
    for one in rows:
        post = posts.get(ref) if (ref := ref_of(one)) else None
        lines.append(
            Line(
                decision=one,
                what=str(DONE[one.choice]),
                by=name(one.actor_id),
                author=name(one.subject_id) if one.subject_id else "",
                title=post.title if post and post.kind == PostKind.THREAD else "",
                excerpt=post.excerpt if post else "",
                gone=post is not None and post.gone_at is not None,
                why=reason_words(one),
                change=change_words(one, topics),
                note=one.note or str(one.fields.get("text", "")) if one.choice == Choice.NOTE else one.note,
            )
        )
    return lines


def names_of(user_ids: Sequence[int | None]) -> Callable[[int | None], str]:
    """A function that names one of these people to the team. One query."""
    people = get_people_host().people(sorted({user_id for user_id in user_ids if user_id is not None}))

    def name(user_id: int | None) -> str:
        person = people.get(user_id) if user_id is not None else None
        if person is None:
            return _("An account that is gone")
        return person.name if person.name == person.username else f"{person.name} ({person.username})"

    return name


def ref_of(one: Logged) -> PostRef | None:
    """The post of a decision; None for a decision about a person alone."""
    return PostRef(PostKind(one.kind), one.post_id) if one.kind and one.post_id else None


def within_group(rows: Sequence[Logged], course_key: CourseKey, group: int | None) -> list[Logged]:
    """Those of these decisions that concern a cohort: its posts, and posts and persons of its members; None: all.

    No query for all; otherwise two, and what the host needs for cohorts.
    """
    if group is None:
        return list(rows)
    posts = posts_in(course_key, [ref for one in rows if (ref := ref_of(one))])
    subjects = {one.subject_id for one in rows if one.subject_id is not None}
    members = {user_id for user_id, own in get_host().cohorts_of(subjects, course_key).items() if own == group}
    meant = {ref for ref, post in posts.items() if post.group_id == group}
    return [one for one in rows if one.subject_id in members or ref_of(one) in meant]
