"""Notes and tags on learners. Each act is of somebody who may open the course's learners, on somebody of it, and is logged.

Done twice, each does nothing more. Raises `visits.RefusedError` for who may not, `errors.NotInCourseError` for a person who is
not of the course, `errors.LearnerError` with a sentence for words that will not do.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from community_dashboard.access.roles import Capability, may
from community_dashboard.access.visits import RefusedError
from community_dashboard.activity.queries import forgotten_among
from community_dashboard.activity.rollup.people import state_of
from community_dashboard.engagement.learners.errors import LearnerError, NotInCourseError
from community_dashboard.engagement.learners.labels import key_of, tidy
from community_dashboard.engagement.learners.models import (
    LONGEST_LABEL,
    LONGEST_NOTE,
    LearnerAct,
    LearnerNote,
    LearnerTag,
)

MOST_TAGS = 20  # on one learner


def add_note(*, by: Any, course_key: CourseKey, user_id: int, text: str, now: datetime) -> bool:
    """Keeps a note about a learner; False if the same words of the same author stand there already. Six queries."""
    _check(by, course_key, user_id)
    words = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not words:
        raise LearnerError(_("Please write something."))
    if len(words) > LONGEST_NOTE:
        raise LearnerError(_longest(LONGEST_NOTE))
    with transaction.atomic():
        own = LearnerNote.objects.filter(user_id=user_id, course_key=course_key, by_id=by.id)
        if any(note.text == words for note in own):
            return False
        LearnerNote.objects.create(user_id=user_id, course_key=course_key, by_id=by.id, text=words, made_at=now)
        _log(LearnerAct.What.NOTED, by, course_key, user_id, now)
    return True


def remove_note(*, by: Any, course_key: CourseKey, user_id: int, note_id: int, now: datetime) -> bool:
    """Deletes a note about a learner, whoever of the team wrote it; False if it is gone. Five queries."""
    _check(by, course_key, user_id)
    with transaction.atomic():
        gone = LearnerNote.objects.filter(id=note_id, user_id=user_id, course_key=course_key).delete()[0]
        if gone:
            _log(LearnerAct.What.UNNOTED, by, course_key, user_id, now)
    return bool(gone)


def add_tag(*, by: Any, course_key: CourseKey, user_id: int, label: str, now: datetime) -> bool:
    """Gives a learner a label; False if it is there already. Seven queries."""
    _check(by, course_key, user_id)
    words = tidy(label)
    if not words:
        raise LearnerError(_("Please write a word or two."))
    if len(words) > LONGEST_LABEL:
        raise LearnerError(_longest(LONGEST_LABEL))
    tags = LearnerTag.objects.filter(user_id=user_id, course_key=course_key)
    key = key_of(words)
    if tags.filter(key=key).exists():
        return False
    if tags.count() >= MOST_TAGS:
        raise LearnerError(_("A learner has %(number)s tags at most. Please remove one first.") % {"number": MOST_TAGS})
    try:
        with transaction.atomic():
            LearnerTag.objects.create(
                user_id=user_id, course_key=course_key, key=key, label=words, by_id=by.id, made_at=now
            )
            _log(LearnerAct.What.TAGGED, by, course_key, user_id, now, label=words)
    except IntegrityError:
        return False  # somebody else gave it at the same moment
    return True


def remove_tag(*, by: Any, course_key: CourseKey, user_id: int, label: str, now: datetime) -> bool:
    """Takes a label from a learner; False if it is not there. Six queries."""
    _check(by, course_key, user_id)
    with transaction.atomic():
        tags = LearnerTag.objects.filter(user_id=user_id, course_key=course_key, key=key_of(label))
        gone = tags.delete()[0]
        if gone:
            _log(LearnerAct.What.UNTAGGED, by, course_key, user_id, now, label=tidy(label)[:LONGEST_LABEL])
    return bool(gone)


def forget_person(*, user_id: int) -> None:
    """Deletes what was noted about a retired person; what they noted themselves, and the log, lose the name. Six statements."""
    with transaction.atomic():
        LearnerNote.objects.filter(user_id=user_id).delete()
        LearnerTag.objects.filter(user_id=user_id).delete()
        LearnerAct.objects.filter(user_id=user_id).update(user=None, label="")
        for table in (LearnerNote, LearnerTag, LearnerAct):
            table.objects.filter(by_id=user_id).update(by=None)


def _check(by: Any, course_key: CourseKey, user_id: int) -> None:
    if not may(by, course_key, Capability.LEARNERS):
        raise RefusedError
    if user_id <= 0 or state_of(course_key, user_id) is None or forgotten_among([user_id]):
        raise NotInCourseError(_("This person is not in this course, or no longer."))


def _log(
    what: LearnerAct.What, by: Any, course_key: CourseKey, user_id: int, now: datetime, *, label: str = ""
) -> None:
    LearnerAct.objects.create(
        course_key=course_key, user_id=user_id, by_id=by.id, what=what.value, label=label, happened_at=now
    )


def _longest(number: int) -> str:
    return ngettext("Please use at most %(number)s character.", "Please use at most %(number)s characters.", number) % {
        "number": number
    }
