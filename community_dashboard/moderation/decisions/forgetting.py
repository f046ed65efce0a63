"""What the log keeps when a person is retired: the action, without the name, the words and the post."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.db import transaction

from community_dashboard.moderation.data import Choice
from community_dashboard.moderation.decisions.models import CannedReply, Decision, EarlierText, KeptOriginal

PAGE = 500
# Whose reason is a code of the forum and not somebody's words.
CODED = frozenset({Choice.EDIT, Choice.CLOSE})


def forget_person(*, user_id: int, draw: Callable[[], str] = lambda: secrets.token_hex(16)) -> None:
    """Takes a retired person out of the log, as author and as moderator; their texts are deleted. Repeatable.

    `draw` gives a new name for the strand of each row about the person, so that nobody can compute it again. A few queries,
    and two for 500 rows.
    """
    with transaction.atomic():
        KeptOriginal.objects.filter(author_id=user_id).delete()
        EarlierText.objects.filter(author_id=user_id).delete()
        CannedReply.objects.filter(author_id=user_id).update(author=None)
        Decision.objects.filter(undone_by_id=user_id).update(undone_by=None)
        _forget(lambda: Decision.objects.filter(actor_id=user_id), _without_actor)
        _forget(lambda: Decision.objects.filter(subject_id=user_id), lambda row: _without_subject(row, draw()))
        given = Decision.objects.filter(choice=Choice.ASSIGN.value, fields__to=user_id)
        _forget(lambda: given, lambda row: row.fields.update(to=None))
        before = Decision.objects.filter(choice=Choice.ASSIGN.value, after__was=user_id)
        _forget(lambda: before, lambda row: row.after.update(was=None))


def _forget(rows: Callable[[], object], change: Callable[[Decision], None]) -> None:
    """Changes all of these rows so that they are no longer among them."""
    names = [
        "actor",
        "subject",
        "strand",
        "kind",
        "post_id",
        "thread_id",
        "reason",
        "note",
        "fields",
        "before",
        "after",
    ]
    while page := list(rows()[:PAGE]):  # type: ignore[index]
        for row in page:
            change(row)
        Decision.objects.bulk_update(page, names)


def _without_actor(row: Decision) -> None:
    row.actor = None
    row.after.pop("comment_id", None)  # the moderator's own post


def _without_subject(row: Decision, strand: str) -> None:
    row.subject, row.strand = None, strand
    row.kind = row.post_id = row.thread_id = row.note = ""
    if not row.automatic and row.choice not in CODED:
        row.reason = ""
    row.fields = {name: value for name, value in row.fields.items() if name in ("until", "to", "canned")}
    row.before = {name: value for name, value in row.before.items() if name != "topic_id"}
    row.after = {name: value for name, value in row.after.items() if name not in ("comment_id", "topic_id")}
