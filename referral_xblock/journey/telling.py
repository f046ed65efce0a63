"""What is told when journeys change: our own signal for each, and an event for each stage that counts anew or no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Stage, Status
from referral_xblock.emission.emitting import after_commit, emit
from referral_xblock.emission.events import JOURNEY_JOINED, JOURNEY_WITHDRAWN, TrackingEvent
from referral_xblock.journey.models import Journey
from referral_xblock.links.telling import channels_of
from referral_xblock.signals import JOURNEY_CHANGED

# Stages that count, each for a link, with the moment in which it was reached.
Credits = Mapping[tuple[Stage, int | None], datetime]


def tell(journeys: Iterable[Journey], course_key: CourseKey) -> None:
    """JOURNEY_CHANGED for each of these; an error of a receiver is nobody else's."""
    for row in journeys:
        JOURNEY_CHANGED.send_robust(
            sender=None,
            course_key=course_key,
            user_id=row.user_id,
            inviter_id=row.inviter_id,
            stages=credited_stages(row),
        )


def credited_stages(row: Journey) -> frozenset[Stage]:
    """The stages for which this journey is credited at present; empty while held or not credited."""
    return frozenset(stage for stage, _link in credits_of(row))


def credits_of(row: Journey) -> Credits:
    """The same with the link for which each counts, and when it was reached."""
    if row.status != Status.CREDITED.value:
        return {}
    reached = {
        Stage.CLICKED: row.clicked_at,
        Stage.REGISTERED: row.registered_at,
        Stage.ENROLLED: row.enrolled_at,
        Stage.ACTIVE: row.active_at,
        Stage.COMPLETED: row.completed_at,
    }
    return {(stage, row.link_id): moment for stage, moment in reached.items() if moment}


def emit_difference(before: Mapping[int, Credits], after: Mapping[int, Credits], course_key: CourseKey) -> None:
    """Events for what changed between the two, by person, after the commit; that somebody clicked is told by the click.

    One query for the channels of the links, none if no stage came or went, or where events are not sent.
    """
    changes = [
        (event, user_id, stage, link_id, moment)
        for event, new, old in ((JOURNEY_WITHDRAWN, before, after), (JOURNEY_JOINED, after, before))
        for user_id, credits in new.items()
        for (stage, link_id), moment in credits.items()
        if stage is not Stage.CLICKED and (stage, link_id) not in old.get(user_id, {})
    ]
    if changes:
        after_commit(JOURNEY_JOINED, lambda: _emit(changes, course_key))


def _emit(changes: list[tuple[TrackingEvent, int, Stage, int | None, datetime]], course_key: CourseKey) -> None:
    channels = channels_of({link_id for _event, _user, _stage, link_id, _moment in changes if link_id is not None})
    for event, user_id, stage, link_id, moment in changes:
        data: dict[str, Any] = {
            "stage": stage.value,
            "reached_at": moment.astimezone(UTC).isoformat(),
            "link": link_id,
            "channel": channels.get(link_id, "") if link_id is not None else "",
        }
        emit(event, data, user_id=user_id, course_key=course_key)
