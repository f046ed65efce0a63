"""What may be deleted when it is old: nothing that a journey is computed from."""

from __future__ import annotations

from django.db.models import QuerySet

from referral_xblock.journey.models import Event, Touch, Waiting


def clicks_in_use(click_ids: list[int]) -> set[int]:
    """Those of these clicks of which an account came. One query."""
    tokens = [f"click:{click_id}" for click_id in click_ids]
    found = Touch.objects.filter(token__in=tokens).values_list("token", flat=True)
    return {int(token.removeprefix("click:")) for token in found}


def events() -> QuerySet[Event]:
    """What the platform told. No query."""
    return Event.objects.all()


def events_in_use(event_ids: list[int]) -> set[int]:
    """Those of these events that belong to somebody whom an invitation brought, to that course or, for what belongs to no
    course, to any. One query for the people and one for their touches.

    Of everybody else the platform still knows the enrolment, should an invitation turn out later.
    """
    rows = list(Event.objects.filter(id__in=event_ids).values_list("id", "user_id", "course"))
    people = {user_id for _id, user_id, _course in rows}
    touched = {
        (user_id, str(course_key))
        for user_id, course_key in Touch.objects.filter(user_id__in=people).values_list("user_id", "course_key")
    }
    somewhere = {user_id for user_id, _course in touched}
    return {
        event_id
        for event_id, user_id, course in rows
        if (user_id, course) in touched or (not course and user_id in somewhere)
    }


def forgotten_work() -> QuerySet[Waiting]:
    """Work that was left for a worker. No query."""
    return Waiting.objects.all()
