"""The demo as the dashboard sees a platform: every verb of `community_dashboard.host.interface.Host`.

The campus has no certificates, no GeoIP file and no notification settings, and asks nobody for an age, a gender or an
education: those answers are empty, as in an LMS that has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from completion.models import BlockCompletion
from django.contrib.auth import get_user_model
from django.db.models import Max

from community_dashboard.data import (
    Cohort,
    Due,
    ForumRole,
    LastSeen,
    MailChoice,
    Member,
    OutlineUnit,
    Profile,
    Standing,
)
from community_dashboard.host.keys import batches, is_course
from demo import deadlines
from demo.campus import queries as campus
from demo.campus.models import CourseRole, Enrolment
from demo.campus.models import Profile as ProfileRow
from demo.courseware import queries as courseware
from demo.forum import models
from demo.forum.acts import ForumActs
from demo.tabs import CourseTab
from referral_xblock.data import Role


class DashboardHost(ForumActs):
    """Answers from the tables of the campus and of the published forum app."""

    def course_tab_base(self) -> type:
        """The demo's class of tabs, built from a `tab_dict` like the platform's."""
        return CourseTab

    def country_of(self, request: Any) -> str:
        """Never known: the demo has no file of addresses."""
        return ""

    def roster(self, course_key: Any, *, after: int = 0, limit: int = 500) -> list[Member]:
        """The next enrolments by their primary key. One query."""
        if not is_course(course_key):
            return []
        rows = Enrolment.objects.filter(course_key=course_key, id__gt=after).order_by("id")
        columns = ("id", "user_id", "user__username", "created", "mode", "active")
        return [Member(*row) for row in rows.values_list(*columns)[:limit]]

    def search_roster(self, course_key: Any, text: str, *, limit: int) -> set[int]:
        """By username, address and name. Three queries."""
        found: set[int] = set()
        for column in ("username", "email", "profile__name") if is_course(course_key) and text else ():
            rows = Enrolment.objects.filter(course_key=course_key, **{f"user__{column}__istartswith": text})
            found.update(rows.values_list("user_id", flat=True)[:limit])
        return found

    def roster_size(self, course_key: Any) -> int:
        """Active enrolments. One query."""
        return Enrolment.objects.filter(course_key=course_key, active=True).count() if is_course(course_key) else 0

    def cohorts(self, course_key: Any) -> list[Cohort]:
        """The course's cohorts by name. One query."""
        if not is_course(course_key):
            return []
        rows = models.Cohort.objects.filter(course_key=course_key).order_by("name")
        return [Cohort(*row) for row in rows.values_list("id", "name")]

    def cohort_of(self, user: Any, course_key: Any) -> Cohort | None:
        """The person's cohort. One query."""
        if not user.id or not is_course(course_key):
            return None
        rows = models.CohortMember.objects.filter(user_id=user.id, course_key=course_key)
        row = rows.values_list("cohort_id", "cohort__name").first()
        return Cohort(*row) if row else None

    def cohorts_of(self, user_ids: Iterable[int], course_key: Any) -> dict[int, int]:
        """Cohort ids by user. One query for every 500 people."""
        found: dict[int, int] = {}
        for ids in batches(user_ids) if is_course(course_key) else ():
            rows = models.CohortMember.objects.filter(course_key=course_key, user_id__in=ids)
            found.update(rows.values_list("user_id", "cohort_id"))
        return found

    def forum_roles_of(self, user_ids: Iterable[int], course_key: Any) -> dict[int, frozenset[ForumRole]]:
        """The parts in the forum, with their titles. Two queries for every 500 people."""
        found: dict[int, set[ForumRole]] = {}
        for ids in batches(user_ids) if is_course(course_key) else ():
            rows = models.ForumTitle.objects.filter(user_id__in=ids, course_key=course_key)
            titles = dict(rows.values_list("user_id", "title"))
            given = CourseRole.objects.filter(user_id__in=ids, user__is_active=True, course_key=course_key)
            moderating = given.filter(role__in=[Role.FORUM_MODERATOR.value, Role.GROUP_MODERATOR.value])
            for user_id, role in moderating.values_list("user_id", "role"):
                leads = role == Role.FORUM_MODERATOR
                part = titles.get(user_id, ForumRole.MODERATOR) if leads else ForumRole.GROUP_MODERATOR
                found.setdefault(user_id, set()).add(ForumRole(part))
        return {user_id: frozenset(parts) for user_id, parts in found.items()}

    def moderators(self, course_key: Any) -> list[int]:
        """Who moderates, everywhere or in a cohort. One query."""
        roles = (Role.FORUM_MODERATOR, Role.GROUP_MODERATOR)
        return campus.holders_of(roles, course_key) if is_course(course_key) else []

    def team(self, course_key: Any) -> list[int]:
        """Who is course staff. One query."""
        return campus.holders_of((Role.COURSE_STAFF,), course_key) if is_course(course_key) else []

    def profiles(self, user_ids: Iterable[int]) -> dict[int, Profile]:
        """Country and language. One query for every 500 people."""
        found: dict[int, Profile] = {}
        for ids in batches(user_ids):
            rows = ProfileRow.objects.filter(user_id__in=ids).values_list("user_id", "country", "language")
            found.update({user_id: Profile(country=country, language=language) for user_id, country, language in rows})
        return found

    def profile_fields(self) -> frozenset[str]:
        """What the campus asks for."""
        return frozenset({"country", "language"})

    def mail_choices(self, user_ids: Iterable[int], course_key: Any) -> dict[int, MailChoice]:
        """Who wants no mail of the course. One query for every 500 people."""
        found: dict[int, MailChoice] = {}
        for ids in batches(user_ids):
            out: set[int] = set()
            if is_course(course_key):
                rows = models.MailOptOut.objects.filter(course_key=course_key, user_id__in=ids)
                out = set(rows.values_list("user_id", flat=True))
            found.update({user_id: MailChoice(course_mail=user_id not in out) for user_id in ids})
        return found

    def standings(self, user_ids: Iterable[int], course_key: Any) -> dict[int, Standing]:
        """Shares of all points. Two queries, and one for every 500 people."""
        wanted = list(dict.fromkeys(user_ids))
        about = courseware.course(course_key) if is_course(course_key) else None
        shares = courseware.grades(wanted, course_key) if about else {}
        found = dict.fromkeys(wanted, Standing())
        for user_id, share in shares.items():
            found[user_id] = Standing(share=share, passed=about is not None and share >= about.passing_share)
        return found

    def last_seen(self, user_ids: Iterable[int], course_key: Any) -> dict[int, LastSeen]:
        """The last completed block and the last sign-in. Two queries for every 500 people."""
        found: dict[int, LastSeen] = {}
        for ids in batches(user_ids):
            latest = {}
            if is_course(course_key):
                rows = BlockCompletion.objects.filter(context_key=course_key, user_id__in=ids).order_by()
                latest = dict(rows.values_list("user_id").annotate(Max("modified")))
            signed_in = dict(get_user_model().objects.filter(id__in=ids).values_list("id", "last_login"))
            found.update({user_id: LastSeen(latest.get(user_id), signed_in.get(user_id)) for user_id in ids})
        return found

    def outline(self, course_key: Any) -> list[OutlineUnit]:
        """The units with their blocks. Two queries."""
        chapters = courseware.outline(course_key, with_blocks=True) if is_course(course_key) else []
        return [
            OutlineUnit(
                usage_key=str(unit.usage_key),
                title=unit.title,
                section=chapter.title,
                blocks=tuple(str(block.usage_key) for block in unit.blocks if block.completable),
            )
            for chapter in chapters
            for sequence in chapter.children
            for unit in sequence.children
        ]

    def deadlines(self, course_key: Any) -> list[datetime]:
        """When the sequences with graded questions are due, as the crowd's story has it. One query."""
        return courseware.deadlines(course_key) if is_course(course_key) else []

    def own_deadlines(self, user_ids: Iterable[int], course_key: Any) -> dict[int, list[Due]]:
        """Dates that count from the enrolment, and extensions. Two queries, and two for every 500 people."""
        return deadlines.own_deadlines(user_ids, course_key) if is_course(course_key) else {}

    def updates(self, course_key: Any) -> list[date]:
        """None: the demo's courses have no page of updates."""
        return []
