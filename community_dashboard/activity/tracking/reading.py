"""Which tracking events tell of learning, and the fact in each. Plain Python; nothing else of an event is kept.

A unit is opened by the request for it (`/xblock/<key>`: the learning MFE shows each unit in a frame, apps do likewise) and by
turning to the next. A video is watched when it begins to play, a problem tried when the server has an answer.

An event is what a browser or a block says: whatever is not exactly of its shape is no fact. Who did it is the account that the
platform found signed in, never a name in the event: staff who look at a course as a learner are themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey
from opaque_keys.edx.locator import LibraryLocator

from community_dashboard.activity import facts
from community_dashboard.activity.facts import NewActivity
from community_dashboard.activity.kinds import Kind

LONGEST = 255  # of a key, as the record's columns have it
MOST_ACCOUNTS = 2**63
REQUEST_FOR_UNIT = "/xblock/"
KINDS = {kind.value: kind for kind in (Kind.OPENED, Kind.WATCHED, Kind.TRIED)}
Parts = Mapping[str, Any]
Find = Callable[[str, Parts, Parts], str | None]  # the block's key, from name, data and context


def read(event: Any) -> NewActivity | None:
    """The fact in a tracking event as `eventtracking` hands it to backends; None for all others. Never raises."""
    try:
        name = event["name"]
        data, context = event["data"], event["context"]
        if name.startswith(REQUEST_FOR_UNIT):
            found: tuple[Kind, Find] | None = (Kind.OPENED, _requested)
        else:
            found = EVENTS.get(name) if isinstance(data, dict) else None
        if found is None:
            return None
        kind, find = found
        return _fact(kind, _account(context.get("user_id")), find(name, data, context), event["timestamp"])
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError, InvalidKeyError):
        return None


def message_of(fact: NewActivity) -> str:
    """The fact as a short text, for the way to the worker."""
    moment = int(fact.happened_at.timestamp() * 1000)
    return json.dumps([fact.kind.value, fact.user_id, fact.about[1], moment], separators=(",", ":"))


def fact_of(message: Any) -> NewActivity | None:
    """The fact in such a text; None for what is none. Never raises."""
    try:
        kind, account, block, moment = json.loads(message)
        at = datetime.fromtimestamp(moment / 1000, UTC)
        return _fact(KINDS[kind], _account(account), block, at)
    except (ArithmeticError, KeyError, OSError, TypeError, ValueError, RecursionError, InvalidKeyError):
        return None


def _fact(kind: Kind, account: int | None, block: Any, at: Any) -> NewActivity | None:
    if account is None or not isinstance(at, datetime) or at.tzinfo is None:
        return None
    if not isinstance(block, str) or not 0 < len(block) <= LONGEST:
        return None
    key = UsageKey.from_string(block)
    course = key.context_key
    if not isinstance(course, CourseKey) or isinstance(course, LibraryLocator) or course.run is None:
        return None
    if len(str(key)) > LONGEST:
        return None
    return facts.tracked(kind=kind, user_id=account, course_key=course, block_id=str(key), at=at.astimezone(UTC))


def _account(told: Any) -> int | None:
    """Visitors have none ("" or None)."""
    if isinstance(told, bool) or not isinstance(told, int | str):
        return None
    if isinstance(told, str) and not (told.isascii() and told.isdigit() and len(told) < 20):
        return None
    number = int(told)
    return number if 0 < number < MOST_ACCOUNTS else None


def _requested(name: str, data: Parts, context: Parts) -> str | None:
    return name.removeprefix(REQUEST_FOR_UNIT) if context.get("event_source") == "server" else None


def _selected(name: str, data: Parts, context: Parts) -> str | None:
    """In the learning MFE the unit; the legacy page names the sequence, which is no unit and is left out later."""
    return data.get("id")


def _played(name: str, data: Parts, context: Parts) -> str | None:
    """Apps name the key, the page of a course only the end of it."""
    if "module_id" in data:
        return data["module_id"]
    end = data["id"]
    if not isinstance(end, str) or len(end) > LONGEST or "@" in end:
        return end
    return str(CourseKey.from_string(context["course_id"]).make_usage_key("video", end))


def _answered(name: str, data: Parts, context: Parts) -> str | None:
    if context.get("event_source") != "server":  # browsers tell of the press of the button too, without the key
        return None
    return data["problem_id"] if "problem_id" in data else context["module"]["usage_key"]


EVENTS: dict[str, tuple[Kind, Find]] = {
    "edx.ui.lms.sequence.next_selected": (Kind.OPENED, _selected),
    "edx.ui.lms.sequence.previous_selected": (Kind.OPENED, _selected),
    "edx.ui.lms.sequence.tab_selected": (Kind.OPENED, _selected),
    "play_video": (Kind.WATCHED, _played),
    "edx.video.played": (Kind.WATCHED, _played),
    "problem_check": (Kind.TRIED, _answered),
    "edx.drag_and_drop_v2.item.dropped": (Kind.TRIED, _answered),
    "openassessmentblock.create_submission": (Kind.TRIED, _answered),
}
