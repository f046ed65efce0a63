"""A forum with a thread of chen's and an answer, and people of every part; decisions by bo unless a test says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from community_dashboard.host.chosen import get_host
from community_dashboard.moderation.data import Choice, Finding, Reason
from community_dashboard.moderation.decisions.actions import decide, undo
from community_dashboard.moderation.decisions.models import Decision
from community_dashboard.moderation.projection.actions import project
from community_dashboard.moderation.projection.reading import rows_of
from community_dashboard.moderation.queue.actions import set_findings
from demo.campus import actions as campus
from demo.campus.models import Profile
from demo.forum.models import Cohort, CohortMember, ForumTitle
from referral_xblock.api import Role
from tests.community_dashboard.moderation.projection.conftest import ForumOf

EXACT = "  <p>Why *so* many bees?</p>\r\n\n| a | b |\n|---|---|\n\t🐝 café e\u0301 \u200b&amp; <script>alert(1)</script> \n \n"

# What stands below our sentence in the place of a masked post.
OWN = "\n\nIf it is yours, you can read why, and object, at http://testserver/community/me/"


@dataclass
class Desk:
    """A course's desk of moderation, at which `by` decides."""

    course_key: Any
    by: Any
    now: Any

    def decide(self, ref: Any, choice: Choice, reason: str = "", *, by: Any = None, version: Any = None, **fields: Any):
        """One decision, a minute after the one before."""
        self.now += timedelta(minutes=1)
        more = {name: fields.pop(name) for name in ("cause", "automatic") if name in fields}
        return decide(
            by=by or self.by, course_key=self.course_key, ref=ref, choice=choice, reason=reason, fields=fields,
            version=version, now=self.now, **more,
        )  # fmt: skip

    def undo(self, row: Any, *, by: Any = None, after: timedelta = timedelta(minutes=1)):
        """Takes it back."""
        self.now += after
        return undo(by=by or self.by, course_key=self.course_key, decision_id=row.pk, now=self.now)

    def find(self, ref: Any, reason: Reason = Reason.REPORTED):
        """Something is found of a post, which then stands in the queue."""
        finding = Finding(reason, "reported", 10, self.now, {})
        return set_findings(course_key=self.course_key, ref=ref, source="reports", findings=[finding], now=self.now)

    def text(self, ref: Any) -> tuple[str, str]:
        """Title and body as the forum's table has them, to the last byte: its interface trims what it answers."""
        row = rows_of(ref.kind).get(pk=ref.id)
        return getattr(row, "title", ""), row.body

    def read(self, *refs: Any) -> None:
        """The projection reads these posts."""
        project(course_key=self.course_key, refs=refs, now=self.now)


@pytest.fixture
def forum(course_key) -> ForumOf:
    """The forum of the tiny course."""
    return ForumOf(course_key)


@pytest.fixture
def desk(cast, course_key, now) -> Desk:
    """bo's desk."""
    return Desk(course_key, cast.bo, now)


@pytest.fixture
def thread(cast, forum, desk):
    """A question of chen's, in the projection."""
    ref = forum.thread(cast.chen, body=EXACT)
    desk.read(ref)
    return ref


@pytest.fixture
def answer(cast, forum, desk, thread, somebody):
    """An answer to it by another learner."""
    ref = forum.answer(thread, somebody("learner"))
    desk.read(thread, ref)
    return ref


@pytest.fixture
def somebody(course_key, now):
    """`somebody("community_ta", cohort="Red")`: a new person of that part in the course."""

    def one(part: str = "learner", *, cohort: str = "", username: str = "", where: Any = course_key) -> Any:
        user = get_user_model().objects.create(
            username=username or f"{part}{get_user_model().objects.count()}", is_staff=part == "global_staff"
        )
        Profile.objects.create(user=user, name=user.username.capitalize())
        campus.enrol(user=user, course_key=where, by=None, now=now)
        roles = {"course_staff": Role.COURSE_STAFF, "group_moderator": Role.GROUP_MODERATOR}
        if part in ("administrator", "moderator", "community_ta"):
            roles[part] = Role.FORUM_MODERATOR
        if part in roles:
            campus.give_role(user=user, course_key=where, role=roles[part])
        if part in ("administrator", "community_ta"):
            ForumTitle.objects.create(user=user, course_key=where, title=part)
        if cohort:
            group, _made = Cohort.objects.get_or_create(course_key=where, name=cohort)
            CohortMember.objects.create(user=user, course_key=where, cohort=group)
        return user

    return one


class Counted:
    """The demo's host, counting the acts it is asked for."""

    VERBS = ("edit_post", "close_thread", "reopen_thread", "pin_thread", "endorse", "move_thread", "clear_flags", "delete_post",
             "reply")  # fmt: skip

    def __init__(self, monkeypatch: Any) -> None:
        self.calls: list[str] = []
        self.fails: Any = None  # raised instead of acting
        self.before: Any = None  # called before each act
        host = get_host()
        for verb in self.VERBS:
            monkeypatch.setattr(host, verb, self._watched(verb, getattr(host, verb)), raising=True)

    def _watched(self, verb: str, act: Any):
        def watched(**named: Any) -> Any:
            self.calls.append(verb)
            if self.before is not None:
                self.before()
            if self.fails is not None:
                raise self.fails
            return act(**named)

        return watched


@pytest.fixture
def acts(monkeypatch) -> Counted:
    """What the forum is asked to do."""
    return Counted(monkeypatch)


def rows() -> list[tuple[str, str]]:
    """Choice and state of every row of the log, in order."""
    return list(Decision.objects.order_by("id").values_list("choice", "state"))
