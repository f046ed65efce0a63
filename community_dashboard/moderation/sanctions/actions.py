"""Writes of sanctions. Each belongs to one decision of `decisions`, and done twice for the same decision it does nothing more.

`decisions.actions` calls them: it has checked who may do this to whom, and writes the log. Here it is checked that the course
and the sanction make sense. Raises `host.errors.ForumError` with a sentence for the moderator. A ban is told to the platform too,
where it keeps bans of its own; if that fails, ours holds all the same.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.host.chosen import get_host
from community_dashboard.host.errors import BadValueError, DisabledError, ForumError
from community_dashboard.host.keys import is_course
from community_dashboard.moderation.sanctions.models import LONGEST_NOTE, LONGEST_REASON, AuthorNote, Kind, Sanction
from community_dashboard.moderation.sanctions.queries import in_force
from community_dashboard.moderation.sanctions.tasks import tell_sanctioned

log = logging.getLogger(__name__)

LONGEST_SILENCE = timedelta(days=366)


def warn(*, by: Any, course_key: CourseKey, user: Any, reason: str, decision_id: int, now: datetime) -> Sanction:
    """Tells an author that something was wrong; keeps them from nothing. Two queries."""
    return _sanction(Kind.WARN, course_key=course_key, user=user, reason=reason, decision_id=decision_id, now=now)


def silence(
    *, by: Any, course_key: CourseKey, user: Any, until: datetime, reason: str, decision_id: int, now: datetime
) -> Sanction:
    """Keeps an author from posting in a course until a moment. A second silence shortens no other: the longest holds."""
    if until <= now:
        raise BadValueError(_("A silence ends in the future. Please choose a later moment."))
    if until > now + LONGEST_SILENCE:
        raise BadValueError(
            _("A silence ends within a year. To keep somebody out for longer, ban them from the course.")
        )
    return _sanction(
        Kind.SILENCE, course_key=course_key, user=user, reason=reason, decision_id=decision_id, now=now, until=until
    )


def ban(*, by: Any, course_key: CourseKey, user: Any, reason: str, decision_id: int, now: datetime) -> Sanction:
    """Keeps an author from posting in a course until it is lifted. Two queries, and what the platform's own bans need."""
    made = _sanction(Kind.BAN, course_key=course_key, user=user, reason=reason, decision_id=decision_id, now=now)
    _tell_platform("ban_person", by=by, course_key=course_key, user=user, reason=made.reason)
    return made


def lift(*, by: Any, course_key: CourseKey, user: Any, decision_id: int, now: datetime) -> int:
    """Ends every silence and ban of an author in a course; returns how many this decision ended. Two queries."""
    _check_course(course_key)
    in_force(now).filter(user_id=user.id, course_key=course_key).update(lifted_at=now, lifting_id=decision_id)
    ended = Sanction.objects.filter(lifting_id=decision_id)
    kinds = set(ended.values_list("kind", flat=True))
    if Kind.BAN in kinds:
        _tell_platform("lift_ban", by=by, course_key=course_key, user=user, reason="")
    return len(ended)


def note(*, by: Any, course_key: CourseKey, user: Any, text: str, decision_id: int, now: datetime) -> AuthorNote:
    """Writes down something about an author for the team. Two queries."""
    _check_course(course_key)
    words = _words(text, LONGEST_NOTE, empty=_("Please write something."))
    fields = {"course_key": course_key, "user_id": user.id, "by_id": by.id, "text": words, "made_at": now}
    return AuthorNote.objects.get_or_create(decision_id=decision_id, defaults=fields)[0]


def take_back(*, by: Any, decision_id: int, now: datetime) -> int:
    """Undoes what one decision did here: its warning, silence, ban or note, or that it lifted others. Six queries.

    Returns how many rows changed; done again, none. A warning or a note is deleted, since its words stand in the log.
    """
    own = Sanction.objects.filter(decision_id=decision_id).select_related("user").first()
    lifted = list(Sanction.objects.filter(lifting_id=decision_id).select_related("user"))
    changed = 0
    if own is not None and own.kind == Kind.WARN:
        changed += own.delete()[0]
    elif own is not None and own.lifted_at is None:
        changed += Sanction.objects.filter(pk=own.pk, lifted_at=None).update(lifted_at=now, lifting_id=0)
        if own.kind == Kind.BAN and not _still_banned(own):
            _tell_platform("lift_ban", by=by, course_key=own.course_key, user=own.user, reason=own.reason)
    if lifted:
        changed += Sanction.objects.filter(lifting_id=decision_id).update(lifted_at=None, lifting_id=0)
        for one in (one for one in lifted if one.kind == Kind.BAN):
            _tell_platform("ban_person", by=by, course_key=one.course_key, user=one.user, reason=one.reason)
    return changed + AuthorNote.objects.filter(decision_id=decision_id).delete()[0]


def forget_author(*, user_id: int) -> None:
    """Deletes what was done to a retired person and what was noted about them; notes by them lose their name. Three queries."""
    Sanction.objects.filter(user_id=user_id).delete()
    AuthorNote.objects.filter(user_id=user_id).delete()
    AuthorNote.objects.filter(by_id=user_id).update(by=None)


def delete_old(*, before: datetime, now: datetime) -> int:
    """Deletes sanctions and notes made before a moment, but for those in force; returns how many. Two statements."""
    over = Q(kind=Kind.WARN) | Q(lifted_at__isnull=False) | Q(until__lte=now)
    return (
        Sanction.objects.filter(over, made_at__lt=before).delete()[0]
        + AuthorNote.objects.filter(made_at__lt=before).delete()[0]
    )


def _still_banned(sanction: Sanction) -> bool:
    rows = Sanction.objects.filter(user_id=sanction.user_id, course_key=sanction.course_key, kind=Kind.BAN)
    return rows.filter(lifted_at=None).exists()


def _tell_platform(verb: str, *, by: Any, course_key: CourseKey, user: Any, reason: str) -> None:
    host = get_host()
    if not host.keeps_bans(course_key):
        return
    try:
        getattr(host, verb)(by=by, course_key=course_key, user=user, reason=reason)
    except ForumError:
        log.warning("The platform's own ban was not changed (%s).", verb, exc_info=True)


def _sanction(
    kind: Kind,
    *,
    course_key: CourseKey,
    user: Any,
    reason: str,
    decision_id: int,
    now: datetime,
    until: datetime | None = None,
) -> Sanction:
    _check_course(course_key)
    fields = {
        "course_key": course_key,
        "user_id": user.id,
        "kind": kind,
        "reason": _words(reason, LONGEST_REASON, empty=_("Please say why: the author reads it.")),
        "made_at": now,
        "until": until,
    }
    row, new = Sanction.objects.get_or_create(decision_id=decision_id, defaults=fields)
    if new:
        # A broker that is away must not undo the sanction: robust logs it, and /community/me/ tells the author all the same.
        transaction.on_commit(lambda: tell_sanctioned.delay(row.pk), robust=True)
    return row


def _check_course(course_key: CourseKey) -> None:
    if not is_course(course_key):
        raise DisabledError


def _words(text: str, longest: int, *, empty: str) -> str:
    words = text.strip()
    if not words:
        raise BadValueError(empty)
    if len(words) > longest:
        raise BadValueError(_("Please use at most %(number)s characters.") % {"number": longest})
    return words
