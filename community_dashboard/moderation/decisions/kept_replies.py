"""Answers that the moderators of a course keep for use again. What `by` may do is checked here, whatever page asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.moderation.decisions.authority import ACTING
from community_dashboard.moderation.decisions.errors import BadFieldError, ChangedError, GoneError, NotAllowedError
from community_dashboard.moderation.decisions.models import CannedReply
from community_dashboard.moderation.decisions.standing import parts_of
from community_dashboard.moderation.decisions.variables import NAMES, UnknownNameError, names_in

LONGEST_TITLE, LONGEST_SHORTCUT, LONGEST_BODY = 120, 20, 20_000
MOST = 200  # in one course: a list to choose from, read with every post that is opened
_DIGITS = 18  # of a number that a database can be asked for
_FOR_TESTS = ("rtl", "fake2")  # languages that the platform lists for those who translate it


def reply_languages() -> dict[str, str]:
    """The languages of the site by code, each called as who speaks it calls it, or else as the site does.

    Those whose codes have no place in the table are left out: the platform lists a few such as "ca@valencia".
    """
    longest = CannedReply._meta.get_field("language").max_length
    return {
        code: LANG_INFO.get(code, {}).get("name_local") or str(name)
        for code, name in settings.LANGUAGES
        if len(code) <= longest and "@" not in code and code not in _FOR_TESTS
    }


def may_keep(by: Any, course_key: CourseKey) -> bool:
    """Whether `by` has a role in the course's forum with which replies are kept. As many queries as roles need."""
    return bool(getattr(by, "id", None)) and bool(parts_of([by.id], course_key)[by.id] & ACTING)


def canned_replies(course_key: CourseKey) -> list[CannedReply]:
    """The canned replies of a course by title; 200 at most. One query."""
    return list(CannedReply.objects.filter(course_key=course_key).order_by("title", "id")[:MOST])


def reply_of(course_key: CourseKey, number: str) -> CannedReply | None:
    """The canned reply of this number in this course, whatever was typed as a number. One query."""
    if not number.isdecimal() or len(number) > _DIGITS:
        return None
    return CannedReply.objects.filter(course_key=course_key, pk=int(number)).first()


def keep_reply(
    *,
    by: Any,
    course_key: CourseKey,
    language: str,
    title: str,
    body: str,
    shortcut: str = "",
    number: int | None = None,
    seen: datetime | None = None,
    now: datetime,
) -> CannedReply:
    """Keeps an answer for use again, or changes the one of this number.

    `seen` is the `changed_at` of the reply as `by` saw it: what somebody else changed since then is not overwritten. Raises
    NotAllowedError, BadFieldError, GoneError, ChangedError.
    """
    _check(by, course_key)
    title, shortcut = title.strip(), shortcut.strip()
    if language not in reply_languages():
        raise BadFieldError("language", _("Please choose a language."))
    if not title or len(title) > LONGEST_TITLE:
        raise BadFieldError("title", _("Please give it a short name."))
    if len(shortcut) > LONGEST_SHORTCUT:
        raise BadFieldError("shortcut", _("Please use at most %(number)s characters.") % {"number": LONGEST_SHORTCUT})
    if not body.strip():
        raise BadFieldError("body", _("Please write something."))
    if len(body) > LONGEST_BODY:
        raise BadFieldError("body", _("Please use at most %(number)s characters.") % {"number": LONGEST_BODY})
    try:
        names_in(body)
    except UnknownNameError as error:
        raise BadFieldError("body", _unknown(error.name)) from error
    values = {"language": language, "title": title, "shortcut": shortcut, "body": body, "author": by, "changed_at": now}
    try:
        with transaction.atomic():
            return _added(course_key, values) if number is None else _changed(course_key, number, seen, values)
    except IntegrityError as error:
        raise BadFieldError("title", _("There is a reply of this name already.")) from error


def drop_reply(*, by: Any, course_key: CourseKey, number: int) -> CannedReply | None:
    """Deletes a canned reply and gives back what it was; None if it is gone. Raises NotAllowedError. Two queries."""
    _check(by, course_key)
    found = reply_of(course_key, str(number))
    if found is not None:
        CannedReply.objects.filter(course_key=course_key, pk=number).delete()
    return found


def _added(course_key: CourseKey, values: dict[str, Any]) -> CannedReply:
    if CannedReply.objects.filter(course_key=course_key).count() >= MOST:
        raise BadFieldError("", _("This course keeps as many replies as there is room for. Remove one first."))
    return CannedReply.objects.create(course_key=course_key, **values)


def _changed(course_key: CourseKey, number: int, seen: datetime | None, values: dict[str, Any]) -> CannedReply:
    """One statement looks and writes: of two who save at once, the second is told."""
    rows = CannedReply.objects.filter(course_key=course_key, pk=number)
    if not (rows if seen is None else rows.filter(changed_at=seen)).update(**values):
        if rows.exists():
            raise ChangedError(
                _(
                    "Somebody else has changed this reply meanwhile: the list says how. Save again to put yours in its place."
                )
            )
        raise GoneError(_("This reply is no longer kept. Please choose another or write one."))
    return rows.get()


def _check(by: Any, course_key: CourseKey) -> None:
    if not may_keep(by, course_key):
        raise NotAllowedError


def _unknown(name: str) -> str:
    known = ", ".join(f"{{{one}}}" for one in NAMES)
    if not name:
        return _("A brace stands alone. Please write it twice if it is meant as it stands.")
    return _("{%(name)s} is not known. Known are: %(known)s.") % {"name": name, "known": known}
