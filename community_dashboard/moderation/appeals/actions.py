"""Writes of appeals. Raises the errors of `decisions.errors`, each with a sentence for the person."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.moderation.appeals.models import LONGEST_ANSWER, LONGEST_APPEAL, Appeal, State
from community_dashboard.moderation.appeals.queries import Appealed, appealed, may_appeal
from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.actions import decide
from community_dashboard.moderation.decisions.errors import (
    BadFieldError,
    ChangedError,
    GoneError,
    NotAllowedError,
    NoWayBackError,
)
from community_dashboard.moderation.decisions.logbook import UNDONE, Logged, find_logged
from community_dashboard.moderation.decisions.standing import check
from community_dashboard.moderation.decisions.undoing import undo
from community_dashboard.moderation.projection.queries import find_post


def appeal(*, by: Any, course_key: CourseKey, decision_id: int, words: str, now: datetime) -> Appealed:
    """What an author says to a decision about them; said again, the first appeal is the answer. Four queries.

    Raises NotAllowedError for a decision about somebody else, BadFieldError for words that are none or too many.
    """
    decision = find_logged(course_key, decision_id)
    if decision is None or decision.subject_id is None or decision.subject_id != by.id:
        raise NotAllowedError(_("You can appeal decisions about yourself and your own posts."))
    known = Appeal.objects.filter(decision_id=decision_id).first()
    if known is not None:
        return appealed(known)
    if not may_appeal(decision):
        raise GoneError(_("This decision does not stand any more: there is nothing to appeal."))
    said = plain(words)
    if not said:
        raise BadFieldError("words", _("Please write what should be looked at again."))
    if len(said) > LONGEST_APPEAL:
        raise BadFieldError("words", _("Please use at most %(number)s characters.") % {"number": LONGEST_APPEAL})
    about = {"decision_id": decision_id, "course_key": course_key, "user_id": by.id}
    try:
        with transaction.atomic():
            return appealed(Appeal.objects.create(**about, words=said, made_at=now))
    except IntegrityError:  # sent twice at once
        return appealed(Appeal.objects.get(decision_id=decision_id))


def decide_appeal(
    *, by: Any, course_key: CourseKey, appeal_id: int, overturn: bool, answer: str, now: datetime
) -> Appealed:
    """Upholds the decision or overturns it, which undoes it where that is possible; decided already, it stays as it is.

    Raises NotAllowedError for who decided, for the author, and for who could not have decided such a thing; what undoing
    raises is raised on, and the appeal stays open.
    """
    with transaction.atomic():
        row = Appeal.objects.select_for_update().filter(pk=appeal_id, course_key=course_key).first()
        decision = find_logged(course_key, row.decision_id) if row else None
        check_may_decide(decision, by=by, course_key=course_key)
        if row is None or decision is None:
            raise GoneError(_("This appeal is no longer there."))
        if row.state != State.OPEN:
            return appealed(row)
        said = plain(answer)
        if not said or len(said) > LONGEST_ANSWER:
            sentence = _("Please say why, in at most %(number)s characters: the author reads it.")
            raise BadFieldError("answer", sentence % {"number": LONGEST_ANSWER})
        if overturn:
            row.undo_id = _take_back(decision, by=by, now=now)
        row.state = State.OVERTURNED if overturn else State.UPHELD
        row.answer, row.decided_by_id, row.decided_at = said, by.id, now
        row.save(update_fields=["state", "answer", "decided_by", "decided_at", "undo_id"])
        return appealed(row)


def check_may_decide(decision: Logged | None, *, by: Any, course_key: CourseKey) -> None:
    """Raises NotAllowedError unless this person may decide on an appeal to the decision. The queries for roles.

    Whoever could have made the decision, but is neither who made it nor the author. None: a right to decide anything at all.
    """
    choice = Choice(decision.choice) if decision else Choice.APPROVE
    subject = get_user_model().objects.filter(pk=decision.subject_id).first() if decision else None
    post = (
        find_post(course_key, PostRef(PostKind(decision.kind), decision.post_id))
        if decision and decision.kind
        else None
    )
    check(choice, by=by, subject=subject, post_group=post.group_id if post else 0, course_key=course_key)
    if decision is None:
        return
    if decision.subject_id == by.id:
        raise NotAllowedError(_("This is about yourself. Somebody else has to decide it."))
    if decision.actor_id == by.id:
        raise NotAllowedError(_("You made this decision: somebody else has to look at it."))


def forget_author(*, user_id: int) -> None:
    """Deletes what a retired person appealed, and takes their name off appeals that they decided. Two queries."""
    Appeal.objects.filter(user_id=user_id).delete()
    Appeal.objects.filter(decided_by_id=user_id).update(decided_by=None)


def plain(text: str) -> str:
    """The text without what cannot be seen (but for new lines and tabs), and without space around it."""
    kept = (sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or unicodedata.category(sign) not in _UNSEEN)
    return "".join(kept).strip()


# Controls, surrogates, and signs that no standard knows. Marks that join letters or turn their direction are part of languages.
_UNSEEN = frozenset({"Cc", "Cs", "Cn", "Co"})


def _take_back(decision: Logged, *, by: Any, now: datetime) -> int:
    """Undoes the decision; returns the number under which it stands in the log, 0 if the world does not allow it."""
    if decision.state == UNDONE:
        return decision.id
    about = {"by": by, "course_key": decision.course_key, "now": now}
    try:
        return undo(**about, decision_id=decision.id).pk
    except (NoWayBackError, GoneError, ChangedError):
        if decision.choice not in (Choice.SILENCE, Choice.BAN) or decision.subject_id is None:
            return 0
    # Too late to undo, but what holds can still be ended.
    who = {"user_id": decision.subject_id}
    return decide(**about, ref=None, choice=Choice.LIFT, fields=who, cause=decision.id).pk
