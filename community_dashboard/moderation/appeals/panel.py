"""What stands at /community/me/ of decisions about the person's posts: what was done, why, and the way to appeal."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostRef
from community_dashboard.moderation.appeals.queries import Appealed, Told, told_to
from community_dashboard.moderation.decisions.lines import ref_of
from community_dashboard.moderation.decisions.log_words import TOLD, reason_words
from community_dashboard.moderation.decisions.logbook import Logged
from community_dashboard.moderation.projection.queries import posts_in
from community_dashboard.moderation.sanctions.queries import sanctions_now
from community_dashboard.moderation.sanctions.words import standing_of
from referral_xblock.api import Viewing, seen_course


@dataclass(frozen=True)
class MyDecision:
    """One decision as its author reads it."""

    decision: Logged
    what: str
    why: str
    post: str  # the beginning of the post, so that the author knows which; "" for a decision about the person alone
    appeal: Appealed | None
    may_appeal: bool


@dataclass(frozen=True)
class MyCourse:
    """The decisions of one course, the newest first. `key` stands in addresses; a course that is gone has no title."""

    key: str
    title: str
    standing: str  # what keeps the person from posting now; "" for nothing
    decisions: tuple[MyDecision, ...]


def draw_decisions(viewing: Viewing) -> str:
    """The part of the page, or "" for somebody about whom nothing was decided. One query for those, five and two a course."""
    courses = my_courses(viewing)
    if not courses:
        return ""
    return render_to_string("community_dashboard/moderation/my_decisions.html", {"courses": courses})


def my_courses(viewing: Viewing) -> list[MyCourse]:
    """The courses in which something was decided, by the latest decision."""
    told = told_to(viewing.user_id)
    if not told:
        return []
    standing = sanctions_now(viewing.user_id, viewing.now)
    by_course: dict[CourseKey, list[MyDecision]] = {}
    excerpts: dict[tuple[CourseKey, PostRef], str] = {}
    for course_key in {one.decision.course_key for one in told}:
        refs = [ref for one in told if one.decision.course_key == course_key and (ref := ref_of(one.decision))]
        for ref, post in posts_in(course_key, refs).items():
            excerpts[course_key, ref] = post.title or post.excerpt
    for one in told:
        course_key, ref = one.decision.course_key, ref_of(one.decision)
        post = excerpts.get((course_key, ref), "") if ref else ""
        by_course.setdefault(course_key, []).append(_told(one, post))
    return [
        MyCourse(
            key=str(course_key),
            title=course.title if (course := seen_course(course_key)) else "",
            standing=standing_of(standing[course_key]) if course_key in standing else "",
            decisions=tuple(decisions),
        )
        for course_key, decisions in by_course.items()
    ]


def told_line(told: Told) -> MyDecision:
    """One decision for a page of its own. Two queries."""
    ref = ref_of(told.decision)
    post = posts_in(told.decision.course_key, [ref]).get(ref) if ref else None
    return _told(told, (post.title or post.excerpt) if post else "")


def _told(told: Told, post: str) -> MyDecision:
    one = told.decision
    return MyDecision(one, str(TOLD[one.choice]), reason_words(one), post, told.appeal, told.may_appeal)
