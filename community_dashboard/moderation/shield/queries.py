"""Reads of the shield: the rules of a course, and what is known of posts when they are judged."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from community_dashboard.data import PostKind, PostRef
from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.projection.queries import posts_in
from community_dashboard.moderation.projection.writers import moments_of, staff_writers, standing_since
from community_dashboard.moderation.shield.judging import Facts, Sight
from community_dashboard.moderation.shield.models import ShieldRules, Trace
from community_dashboard.moderation.shield.rules import Rules, Sign, from_json
from community_dashboard.moderation.shield.sameness import mark_of
from referral_xblock.api import get_host as get_people_host

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
MOST_OF_ONE_MARK = 2_000  # rows that are read to count the same text
LARGEST_TEAM = 200


@dataclass(frozen=True)
class KeptRules:
    """The rules of a course as they are kept."""

    rules: Rules
    version: int = 0  # 0: never changed, the usual ones
    changed_at: datetime | None = None
    changed_by: str = ""  # username; "" if nobody, or somebody who is gone


@dataclass(frozen=True)
class Seen:
    """A post to be judged: its facts, a digest of its text and the mark it shares with the same words."""

    row: Any
    facts: Facts
    text: str
    mark: str

    @property
    def ref(self) -> PostRef:
        """Which post it is."""
        return _ref(self.row)


def rules_of(course_key: CourseKey) -> KeptRules:
    """The rules that hold in a course. One query."""
    row = ShieldRules.objects.filter(course_key=course_key).select_related("changed_by").first()
    if row is None:
        return KeptRules(Rules())
    name = row.changed_by.username if row.changed_by else ""
    return KeptRules(from_json(row.rules), row.version, row.changed_at, name)


def traces_of(refs: Iterable[PostRef]) -> dict[PostRef, Trace]:
    """What was seen in these posts before. One query."""
    wanted = Q(pk__in=[])
    given = list(refs)
    for kind in PostKind:
        if ids := [ref.id for ref in given if ref.kind is kind]:
            wanted |= Q(kind=kind.value, post_id__in=ids)
    return {PostRef(PostKind(row.kind), row.post_id): row for row in Trace.objects.filter(wanted)}


def recent_traces(course_key: CourseKey, *, since: datetime, limit: int) -> list[Trace]:
    """The newest traces of a course since then. One query."""
    rows = Trace.objects.filter(course_key=course_key, judged_at__gte=since)
    return list(rows.order_by("-judged_at", "-id")[:limit])


def sight_of(trace: Trace) -> Sight:
    """What was seen, as the judging takes it."""
    signs = {Sign(sign): points for sign, points in trace.signs.items() if sign in set(Sign)}
    return Sight(signs, trace.same_text, trace.posts_in_hour, trace.held_in_hour)


def digest_of(title: str, body: str) -> str:
    """32 hexadecimal digits of a text as it stands."""
    return hashlib.blake2b(f"{title}\n{body}".encode(errors="replace"), digest_size=16).hexdigest()


def team_of(course_key: CourseKey, rules: Rules) -> tuple[tuple[str, str], ...]:
    """(username, full name) of the forum's moderators, of the team's people who wrote there, and the names of the rules.

    Two queries and that of the host.
    """
    ids = {*get_host().moderators(course_key), *staff_writers(course_key, limit=LARGEST_TEAM)}
    people = get_people_host().people(sorted(ids)[:LARGEST_TEAM]).values()
    team = [(one.username, one.name) for one in people]
    return (*team, *(("", name) for name in rules.names))


def facts_of(
    course_key: CourseKey, rows: Sequence[Any], bodies: Mapping[PostRef, str], rules: Rules, now: datetime
) -> list[Seen]:
    """What is known of these posts now, each with its digest and mark; posts without body or author are left out.

    Ten queries and those of the host, whatever the number of posts (up to some hundreds).
    """
    wanted = [row for row in rows if _ref(row) in bodies and row.author_id is not None]
    if not wanted:
        return []
    authors = {row.author_id for row in wanted}
    written = [_written(row) for row in wanted]
    first, last = min(written), max(written)
    accounts = {one[0]: one[1:] for one in _accounts(authors)}
    names = {user_id: person.name for user_id, person in get_people_host().people(sorted(authors)).items()}
    moments = moments_of(course_key, authors, since=first - AN_HOUR, until=last)
    standing = standing_since(course_key, authors)
    threads = _threads(course_key, {row.thread_id for row in wanted if row.kind == PostKind.COMMENT})
    marks = {_ref(row): mark_of(row.title, bodies[_ref(row)]) for row in wanted}
    same = _same_texts(course_key, {mark for mark in marks.values() if mark}, first)
    held = list(_held(course_key, now - A_DAY))
    team = team_of(course_key, rules)
    own_hosts = frozenset(host for host in map(_host_name, settings.ALLOWED_HOSTS) if host)
    found = []
    for row in wanted:
        ref, (username, joined_at) = _ref(row), accounts.get(row.author_id, ("", None))
        # What was changed is judged at the moment of the change.
        at = _written(row)
        began = threads.get(row.thread_id)
        facts = Facts(
            title=row.title,
            body=bodies[ref],
            posted_at=at,
            username=username,
            name=names.get(row.author_id, ""),
            joined_at=joined_at,
            has_lasted=row.author_id in standing and at - standing[row.author_id] > A_DAY,
            posts_in_hour=sum(at - AN_HOUR <= one <= at for one in moments.get(row.author_id, ()))
            - (row.created_at >= at - AN_HOUR),
            same_text=len({thread for thread, when in same[marks[ref]] if abs(at - when) <= A_DAY} - {row.thread_id}),
            held_in_hour=sum(at - AN_HOUR <= one <= at for one in held),
            after_thread=_after(row, began),
            team=team,
            own_hosts=own_hosts,
        )
        found.append(Seen(row, facts, digest_of(row.title, bodies[ref]), marks[ref]))
    return _with_neighbours(found)


def _with_neighbours(found: list[Seen]) -> list[Seen]:
    """The same text within one batch counts too: those that come earlier are seen by the later."""
    earlier: dict[str, set[str]] = defaultdict(set)
    counted = []
    for one in sorted(found, key=lambda one: one.row.created_at):
        others = len(earlier[one.mark] - {one.row.thread_id}) if one.mark else 0
        counted.append(replace(one, facts=replace(one.facts, same_text=max(one.facts.same_text, others))))
        earlier[one.mark].add(one.row.thread_id)
    return counted


def _ref(row: Any) -> PostRef:
    return PostRef(PostKind(row.kind), row.post_id)


def _accounts(authors: set[int]) -> Iterable[tuple[int, str, datetime]]:
    return get_user_model().objects.filter(pk__in=authors).values_list("pk", "username", "date_joined")


def _threads(course_key: CourseKey, ids: set[str]) -> dict[str, Any]:
    rows = posts_in(course_key, [PostRef(PostKind.THREAD, one) for one in sorted(ids)])
    return {ref.id: row for ref, row in rows.items()}


def _written(row: Any) -> datetime:
    return max(row.created_at, row.edited_at or row.created_at)


def _after(row: Any, began: Any | None) -> timedelta | None:
    if row.kind == PostKind.THREAD or began is None or began.author_id == row.author_id or row.edited_at is not None:
        return None
    return row.created_at - began.created_at


def _same_texts(course_key: CourseKey, marks: set[str], first: datetime) -> dict[str, list[tuple[str, datetime]]]:
    found: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    if marks:
        rows = Trace.objects.filter(course_key=course_key, mark__in=marks, posted_at__gte=first - A_DAY)
        for mark, thread_id, at in rows.values_list("mark", "thread_id", "posted_at")[:MOST_OF_ONE_MARK]:
            found[mark].append((thread_id, at))
    return found


def _held(course_key: CourseKey, since: datetime) -> Iterable[datetime]:
    rows = Trace.objects.filter(course_key=course_key, hold=True, judged_at__gte=since).order_by("-judged_at")
    return rows.values_list("posted_at", flat=True)[:MOST_OF_ONE_MARK]


def _host_name(allowed: str) -> str:
    return "" if allowed.startswith("*") else allowed.lstrip(".").casefold()
