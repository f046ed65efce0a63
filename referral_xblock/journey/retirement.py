"""What is left of a retired person here: that somebody came by a link, how far, and that somebody invited."""

from __future__ import annotations

from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from referral_xblock.journey.models import Event, Journey, Review, Reviewed, Touch, Unjudged, Waiting


def courses_of(user_id: int) -> set[CourseKey]:
    """The courses in which the person came by a link or is credited for others. Three queries."""
    return {
        key
        for rows in (
            Touch.objects.filter(user_id=user_id),
            Journey.objects.filter(user_id=user_id),
            Journey.objects.filter(inviter_id=user_id),
        )
        for key in rows.values_list("course_key", flat=True).distinct()
    }


def touched_links(user_id: int, course_key: CourseKey) -> list[int]:
    """The links that brought this person. One query."""
    return list(Touch.objects.filter(user_id=user_id, course_key=course_key).values_list("link_id", flat=True))


def move(user_id: int, course_key: CourseKey, *, stub_id: int) -> None:
    """Moves the ledger and the journeys of this course to the stub: computed anew, they are the same.

    Numbers that hold the account's are written anew. What belongs to no course, such as registering, the stub gets as a
    copy. Fourteen statements, and one for each row of the ledger.
    """
    for touch in Touch.objects.filter(user_id=user_id, course_key=course_key):
        touch.user_id = stub_id
        if touch.kind == "code":
            touch.token = f"code:{stub_id}:{touch.link_id}"
        touch.save()
    for event in Event.objects.filter(user_id=user_id, course__in=("", str(course_key))):
        event.user_id, event.event_id = stub_id, f"{event.kind}:{stub_id}:{event.id}"
        if not event.course:
            event.id = None
        event.save(force_insert=event.id is None)
    # Why somebody was approved or rejected is a text that may name the person, or the friend or inviter of one.
    about = Journey.objects.filter(Q(user_id=user_id) | Q(inviter_id=user_id), course_key=course_key)
    reviews = Reviewed.objects.filter(user_id__in=[*about.values_list("user_id", flat=True)], course_key=course_key)
    Review.objects.filter(id__in=[*reviews.values_list("review_id", flat=True).distinct()]).update(why="")
    Reviewed.objects.filter(user_id=user_id, course_key=course_key).update(user_id=stub_id)
    Journey.objects.filter(user_id=user_id, course_key=course_key).update(user_id=stub_id)
    Journey.objects.filter(inviter_id=user_id, course_key=course_key).update(inviter_id=stub_id)


def forget(user_id: int) -> None:
    """Deletes what was left to do for the person, and the rest of the ledger: where nobody invited, it counts for nothing."""
    Waiting.objects.filter(user_id=user_id).delete()
    Unjudged.objects.filter(inviter_id=user_id).delete()
    Event.objects.filter(user_id=user_id).delete()


def forget_decisions(user_id: int) -> None:
    """Takes the name of a member of the course's team off what they decided, and their words with it. Two statements."""
    Review.objects.filter(decided_by_id=user_id).update(decided_by=None, why="")
    Review.objects.filter(undone_by_id=user_id).update(undone_by=None)
