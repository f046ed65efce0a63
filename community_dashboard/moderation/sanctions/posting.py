"""Which requests to the platform write in a forum. Plain Python.

| call | release | course | writes |
|---|---|---|---|
| POST api/discussion/v1/threads/ | all | field `course_id` | always |
| PATCH api/discussion/v1/threads/<id>/ | all | that of the thread | where a text field is among the fields |
| POST api/discussion/v1/comments/ | all | that of the thread in field `thread_id` | always |
| PATCH api/discussion/v1/comments/<id>/ | all | that of the comment | where a text field is among the fields |
| POST courses/<key>/discussion/<topic>/threads/create | all | in the path | always |
| POST courses/<key>/discussion/threads/<id>/(update, reply) | all | in the path | always |
| POST courses/<key>/discussion/comments/<id>/(update, reply) | all | in the path | always |

The last three are the forum's old pages and the discussion block in a unit, where the site does not use the discussions MFE. To
have read a thread, to vote, follow and report go through PATCH too: they are nobody's loss and stay open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TEXT_FIELDS = frozenset({"raw_body", "title", "topic_id", "type"})

_API = re.compile(r"^/api/discussion/v1/(threads|comments)/(?:([^/]+)/?)?$")
_OLD = re.compile(
    r"^/courses/(.+)/discussion/(?:[\w\-.]+/threads/create|threads/[\w\-]+/(?:update|reply)|comments/[\w\-]+/(?:update|reply))$"
)


@dataclass(frozen=True)
class Call:
    """A request that may write in a forum."""

    kind: str  # "threads" or "comments" of the discussion API; "" for the old pages
    id: str = ""  # of what is changed; "" for something new
    course: str = ""  # of the old pages

    @property
    def old(self) -> bool:
        """Whether it is one of the forum's old pages: they show an error only in their own shape."""
        return not self.kind


@dataclass(frozen=True)
class Place:
    """Where a call writes: in a course that it names, or in that of a thread or comment."""

    course: str = ""
    kind: str = ""  # "thread" or "comment"
    id: str = ""


def find_call(method: str, path: str) -> Call | None:
    """The call that a request is; None for every other request."""
    if method not in ("POST", "PATCH") or "/discussion/" not in path:
        return None
    if found := _API.match(path):
        kind, number = found[1], found[2] or ""
        return Call(kind, number) if (method == "PATCH") == bool(number) else None
    if method == "POST" and (found := _OLD.match(path)):
        return Call("", course=found[1])
    return None


def place_of(call: Call, fields: Mapping[str, Any]) -> Place | None:
    """Where the call writes; None if it writes no text, or says nowhere where."""
    if call.old:
        return Place(course=call.course)
    if call.id:
        return Place(kind=call.kind.removesuffix("s"), id=call.id) if TEXT_FIELDS & set(fields) else None
    named = "course_id" if call.kind == "threads" else "thread_id"
    value = fields.get(named)
    if not isinstance(value, str | int) or value == "":
        return None
    return Place(course=str(value)) if named == "course_id" else Place(kind="thread", id=str(value))
