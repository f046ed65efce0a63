"""Who somebody is: accounts, enrolments, parts in a course."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from referral_xblock.data import Enrolment, Person, Role
from referral_xblock.host.edx_platform.answering import in_parts, is_course, or_else

# Limited staff are course staff without Studio. Beta testers, finance and sales staff and the coach of a master course have
# no part here; the coach of a CCX is staff of that CCX by the platform's own doing.
TEAM_ROLES = frozenset({"staff", "instructor", "limited_staff"})
FORUM_ROLES = {
    "Administrator": Role.FORUM_MODERATOR,
    "Moderator": Role.FORUM_MODERATOR,
    "Community TA": Role.FORUM_MODERATOR,
    "Group Moderator": Role.GROUP_MODERATOR,
}


class People:
    """Accounts and what they may do."""

    def enrolment(self, user: Any, course_key: Any) -> Enrolment | None:
        """One query; none for a visitor."""
        return self.enrolments([user.id], course_key).get(user.id) if user.is_authenticated else None

    @or_else(dict)
    def enrolments(self, user_ids: list[int], course_key: Any) -> dict[int, Enrolment]:
        """One query for 500 people."""
        from common.djangoapps.student.models import CourseEnrollment

        found = {}
        for part in in_parts(user_ids) if is_course(course_key) else ():
            rows = CourseEnrollment.objects.filter(user_id__in=part, course_id=course_key)
            for user_id, active, created, mode in rows.values_list("user_id", "is_active", "created", "mode"):
                found[user_id] = Enrolment(active=active, created=created, mode=mode)
        return found

    @or_else(list)
    def enrolled_ids(self, course_key: Any, *, limit: int) -> list[int]:
        """One query."""
        from common.djangoapps.student.models import CourseEnrollment

        if not is_course(course_key):
            return []
        rows = CourseEnrollment.objects.filter(course_id=course_key, is_active=True)
        return list(rows.order_by("id").values_list("user_id", flat=True)[:limit])

    def enrol(self, user: Any, course_key: Any) -> None:
        """By the platform's own method, with its events."""
        from common.djangoapps.student.models import CourseEnrollment

        CourseEnrollment.enroll(user, course_key)

    def unenrol(self, user: Any, course_key: Any) -> None:
        """By the platform's own method, with its events."""
        from common.djangoapps.student.models import CourseEnrollment

        CourseEnrollment.unenroll(user, course_key)

    @or_else(frozenset)
    def roles(self, user: Any, course_key: Any) -> frozenset[Role]:
        """Three queries. An account whose address is not confirmed is a learner at most, as the platform holds it."""
        if not user.is_authenticated or not is_course(course_key):
            return frozenset()
        found = set()
        if user.is_active:
            found = _team_roles(user, course_key) | _forum_roles([user.id], course_key).get(user.id, set())
        enrolment = self.enrolment(user, course_key)
        if enrolment and enrolment.active:
            found.add(Role.LEARNER)
        return frozenset(found)

    @or_else(dict)
    def roles_of(self, user_ids: list[int], course_key: Any) -> dict[int, frozenset[Role]]:
        """Four queries for 500 people, and one for each who has a part in the course's organisation.

        Where the course's team stands in openedx-authz (Verawood and later, by a flag), one for each person.
        """
        found: dict[int, set[Role]] = {user_id: set() for user_id in user_ids}
        for part in in_parts(user_ids) if is_course(course_key) else ():
            leading = {user.id: _team_roles(user, course_key) for user in _who_may_be_on_the_team(part, course_key)}
            moderating = _forum_roles(part, course_key)
            for user_id in _active(leading.keys() | moderating.keys()):
                found[user_id] |= leading.get(user_id, set()) | moderating.get(user_id, set())
            for user_id, enrolment in self.enrolments(part, course_key).items():
                if enrolment.active:
                    found[user_id].add(Role.LEARNER)
        return {user_id: frozenset(roles) for user_id, roles in found.items()}

    def people(self, user_ids: list[int]) -> dict[int, Person]:
        """One query for 500 people. Who has no profile, or no name in it, is named by the username."""
        found = {}
        for part in in_parts(user_ids):
            rows = get_user_model().objects.filter(id__in=part)
            for user_id, username, email, name in rows.values_list("id", "username", "email", "profile__name"):
                found[user_id] = Person(id=user_id, username=username, name=name or username, email=email)
        return found

    @or_else(dict)
    def languages(self, user_ids: list[int]) -> dict[int, str]:
        """One query for 500 people."""
        from openedx.core.djangoapps.lang_pref import LANGUAGE_KEY
        from openedx.core.djangoapps.user_api.models import UserPreference

        found: dict[int, str] = {}
        for part in in_parts(user_ids):
            rows = UserPreference.objects.filter(user_id__in=part, key=LANGUAGE_KEY).exclude(value="")
            found.update(rows.values_list("user_id", "value"))
        return found

    @or_else(list)
    def courses_led_by(self, user: Any) -> list[str]:
        """Two queries, three for who leads a whole organisation; global staff lead every course of the site."""
        from common.djangoapps.student.roles import RoleCache
        from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

        if not user.is_authenticated or not user.is_active:
            return []
        overviews = CourseOverview.objects.order_by()
        if user.is_staff:
            return sorted(str(key) for key in overviews.values_list("id", flat=True))
        parts = [row for row in RoleCache(user).all_roles_set if row.role in TEAM_ROLES]
        led = {str(row.course_id) for row in parts if row.course_id}
        whole = {row.org for row in parts if row.org and not row.course_id}
        if whole:
            keys = overviews.filter(org__in=whole).values_list("id", flat=True)
            led |= {str(key) for key in keys if key.org in whole}  # MySQL compares without case, the platform with
        # Libraries have teams of the same names.
        return sorted(text for text in led | _moderated_by(user) if not text.startswith(("library-v1:", "lib:")))


def _team_roles(user: Any, course_key: Any) -> set[Role]:
    """The person's part in the team, as the platform's own checks have it; organisation-wide parts are among them."""
    from common.djangoapps.student.roles import CourseDataResearcherRole, OrgDataResearcherRole
    from lms.djangoapps.courseware.access import has_access

    found = {Role.GLOBAL_STAFF, Role.COURSE_STAFF} if user.is_staff else set()
    if has_access(user, "staff", course_key):
        found.add(Role.COURSE_STAFF)
    if CourseDataResearcherRole(course_key).has_user(user) or OrgDataResearcherRole(course_key.org).has_user(user):
        found.add(Role.DATA_RESEARCHER)
    return found


@or_else(dict)
def _forum_roles(user_ids: list[int], course_key: Any) -> dict[int, set[Role]]:
    """The parts in the course's forum, by user id. One query."""
    from openedx.core.djangoapps.django_comment_common.models import Role as ForumRole

    rows = ForumRole.users.through.objects.filter(user_id__in=user_ids, role__course_id=course_key)
    found: dict[int, set[Role]] = {}
    for user_id, name in rows.values_list("user_id", "role__name"):
        if name in FORUM_ROLES:
            found.setdefault(user_id, set()).add(FORUM_ROLES[name])
    return found


@or_else(set)
def _moderated_by(user: Any) -> set[str]:
    """Keys of the courses in whose forum the person has a part. One query."""
    from openedx.core.djangoapps.django_comment_common.models import Role as ForumRole

    keys = ForumRole.objects.filter(users=user, name__in=list(FORUM_ROLES)).values_list("course_id", flat=True)
    return {str(key) for key in keys if key}


def _active(user_ids: Iterable[int]) -> list[int]:
    """Those of these few people whose address is confirmed. One query, none for nobody."""
    return list(get_user_model().objects.filter(id__in=list(user_ids), is_active=True).values_list("id", flat=True))


def _who_may_be_on_the_team(user_ids: list[int], course_key: Any) -> Iterable[Any]:
    """Those of these people who may have a part; the exact question is asked of them alone. One query."""
    users = get_user_model().objects.filter(id__in=user_ids)
    if _team_stands_in_authz(course_key):
        return users
    return users.filter(Q(is_staff=True) | Q(courseaccessrole__org=course_key.org)).distinct()


def _team_stands_in_authz(course_key: Any) -> bool:
    try:
        from openedx.core.toggles import AUTHZ_COURSE_AUTHORING_FLAG
    except ImportError:  # Teak and Ulmo have the one table
        return False
    return bool(AUTHZ_COURSE_AUTHORING_FLAG.is_enabled(course_key))
