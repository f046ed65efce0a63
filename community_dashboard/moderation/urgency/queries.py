"""How urgent posts of a course are, by what it learned and by what moderators said of single posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.data import Finding
from community_dashboard.moderation.urgency.judging import Urgency, judge, judge_error
from community_dashboard.moderation.urgency.models import LearnedUrgency, UrgencyMark
from community_dashboard.moderation.urgency.weighing import MARKED, course_error_finding, urgent_finding
from community_dashboard.moderation.urgency.weights import Weights, read_weights

AT_ONCE = 500


def urgency_of(course_key: CourseKey, texts: Mapping[PostRef, tuple[str, str]]) -> dict[PostRef, Urgency]:
    """The urgency of posts given with title and body. Two queries for 500 posts, and well under 5 ms for each post."""
    weights = weights_of(course_key)
    read = weights.judge if weights else judge
    found = {ref: read(title, body) for ref, (title, body) in texts.items()}
    for ref, urgent in marks_in(texts).items():
        found[ref] = Urgency(1.0, (MARKED,)) if urgent else Urgency(0.0, ())
    return found


def find_urgent(
    course_key: CourseKey, texts: Mapping[PostRef, tuple[str, str]], since: Mapping[PostRef, datetime]
) -> dict[PostRef, list[Finding]]:
    """What to tell the queue as the source "urgency", for every post given; an empty list where it is not urgent.

    `since` says of each post since when it waits. The cost of `urgency_of`.
    """
    return {
        ref: [urgent_finding(urgency, since[ref])] if urgency.is_urgent else []
        for ref, urgency in urgency_of(course_key, texts).items()
    }


def find_course_errors(
    texts: Mapping[PostRef, tuple[str, str]], since: Mapping[PostRef, datetime]
) -> dict[PostRef, list[Finding]]:
    """What to tell the queue as the source "errors", likewise. No query."""
    judged = {ref: judge_error(title, body) for ref, (title, body) in texts.items()}
    return {ref: [course_error_finding(error, since[ref])] if error.is_urgent else [] for ref, error in judged.items()}


def learned_by(course_key: CourseKey) -> LearnedUrgency | None:
    """What the course learned last; None before. One query."""
    return LearnedUrgency.objects.filter(course_key=course_key).order_by("-version").first()


def weights_of(course_key: CourseKey) -> Weights | None:
    """The weights to be used in the course; None for our signs alone. One query."""
    learned = learned_by(course_key)
    return read_weights(learned.weights) if learned and learned.better else None


def marks_in(refs: Iterable[PostRef]) -> dict[PostRef, bool]:
    """What moderators said of these posts; those without a word are left out. One query per kind for 500 posts."""
    ids: dict[PostKind, list[str]] = {}
    for ref in refs:
        ids.setdefault(ref.kind, []).append(ref.id)
    found = {}
    for kind, all_ids in ids.items():
        for start in range(0, len(all_ids), AT_ONCE):
            rows = UrgencyMark.objects.filter(kind=kind.value, post_id__in=all_ids[start : start + AT_ONCE])
            found.update((PostRef(kind, post_id), urgent) for post_id, urgent in rows.values_list("post_id", "urgent"))
    return found


def marks_of(course_key: CourseKey, most: int) -> dict[PostRef, bool]:
    """The newest words of the course's moderators. One query by an index."""
    rows = UrgencyMark.objects.filter(course_key=course_key).order_by("-marked_at")[:most]
    return {
        PostRef(PostKind(kind), post_id): said for kind, post_id, said in rows.values_list("kind", "post_id", "urgent")
    }
