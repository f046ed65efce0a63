"""Who is in a course of the LMS, and what they told the platform."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from community_dashboard.data import Cohort, ForumRole, MailChoice, Member, Profile
from community_dashboard.host.keys import batches, is_course

# What the instructor dashboard's own list of learners shows; the year of birth is kept out of it in every case.
SHOWN_BY_DEFAULT = frozenset({"language", "level_of_education", "gender"})
FORUM_ROLES = {
    "Administrator": ForumRole.ADMINISTRATOR,
    "Moderator": ForumRole.MODERATOR,
    "Community TA": ForumRole.COMMUNITY_TA,
    "Group Moderator": ForumRole.GROUP_MODERATOR,
}


class People:
    """Enrolments, cohorts, profiles and choices about mail."""

    def roster(self, course_key: Any, *, after: int = 0, limit: int = 500) -> list[Member]:
        """The next enrolments by their primary key. One query, served by the index on the course."""
        from common.djangoapps.student.models import CourseEnrollment

        if not is_course(course_key):
            return []
        rows = CourseEnrollment.objects.filter(course_id=course_key, id__gt=after).order_by("id")
        columns = ("id", "user_id", "user__username", "created", "mode", "is_active")
        return [Member(*row) for row in rows.values_list(*columns)[:limit]]

    def search_roster(self, course_key: Any, text: str, *, limit: int) -> set[int]:
        """Beginnings are found by the indexes of usernames, addresses and names. Three queries."""
        from common.djangoapps.student.models import CourseEnrollment

        found: set[int] = set()
        for column in ("username", "email", "profile__name") if is_course(course_key) and text else ():
            rows = CourseEnrollment.objects.filter(course_id=course_key, **{f"user__{column}__istartswith": text})
            found.update(rows.values_list("user_id", flat=True)[:limit])
        return found

    def roster_size(self, course_key: Any) -> int:
        """Active enrolments. One query."""
        from common.djangoapps.student.models import CourseEnrollment

        return (
            CourseEnrollment.objects.filter(course_id=course_key, is_active=True).count()
            if is_course(course_key)
            else 0
        )

    def cohorts(self, course_key: Any) -> list[Cohort]:
        """The course's cohorts by name. Two queries."""
        rows = self._cohort_rows(course_key)
        return [] if rows is None else [Cohort(*row) for row in rows.order_by("name").values_list("id", "name")]

    def cohort_of(self, user: Any, course_key: Any) -> Cohort | None:
        """The person's cohort; nobody is put into one by asking. Two queries."""
        rows = self._cohort_rows(course_key) if user.id else None
        row = None if rows is None else rows.filter(users__id=user.id).values_list("id", "name").first()
        return Cohort(*row) if row else None

    def cohorts_of(self, user_ids: Iterable[int], course_key: Any) -> dict[int, int]:
        """Cohort ids by user. One query, and one for every 500 people."""
        from openedx.core.djangoapps.course_groups.models import CohortMembership

        if self._cohort_rows(course_key) is None:
            return {}
        found: dict[int, int] = {}
        for ids in batches(user_ids):
            rows = CohortMembership.objects.filter(course_id=course_key, user_id__in=ids)
            found.update(rows.values_list("user_id", "course_user_group_id"))
        return found

    def forum_roles_of(self, user_ids: Iterable[int], course_key: Any) -> dict[int, frozenset[ForumRole]]:
        """The roles of the platform's forum by their names there. One query for every 500 people."""
        from openedx.core.djangoapps.django_comment_common.models import Role

        found: dict[int, set[ForumRole]] = {}
        for ids in batches(user_ids) if is_course(course_key) else ():
            rows = Role.objects.filter(course_id=course_key, users__id__in=ids, users__is_active=True)
            for user_id, name in rows.filter(name__in=list(FORUM_ROLES)).values_list("users__id", "name"):
                found.setdefault(user_id, set()).add(FORUM_ROLES[name])
        return {user_id: frozenset(roles) for user_id, roles in found.items()}

    def moderators(self, course_key: Any) -> list[int]:
        """Who has one of the forum's roles. One query."""
        from openedx.core.djangoapps.django_comment_common.models import Role

        if not is_course(course_key):
            return []
        rows = Role.objects.filter(course_id=course_key, name__in=list(FORUM_ROLES), users__is_active=True)
        return sorted(set(rows.values_list("users__id", flat=True)))

    def team(self, course_key: Any) -> list[int]:
        """Who holds one of the platform's roles of staff in the course or its organisation. Five queries."""
        from common.djangoapps.student import roles

        if not is_course(course_key):
            return []
        in_course = (roles.CourseStaffRole, roles.CourseInstructorRole, roles.CourseLimitedStaffRole)
        held = [role(course_key) for role in in_course]
        held += [role(course_key.org) for role in (roles.OrgStaffRole, roles.OrgInstructorRole)]
        found = (role.users_with_role().filter(is_active=True).values_list("id", flat=True) for role in held)
        return sorted({user_id for ids in found for user_id in ids})

    def profiles(self, user_ids: Iterable[int]) -> dict[int, Profile]:
        """The account's language setting goes before the profile's. Two queries for every 500 people."""
        from common.djangoapps.student.models import UserProfile
        from openedx.core.djangoapps.lang_pref import LANGUAGE_KEY
        from openedx.core.djangoapps.user_api.models import UserPreference

        found: dict[int, Profile] = {}
        columns = ("user_id", "country", "language", "year_of_birth", "level_of_education", "gender")
        for ids in batches(user_ids):
            chosen = UserPreference.objects.filter(user_id__in=ids, key=LANGUAGE_KEY)
            languages = dict(chosen.values_list("user_id", "value"))
            for user_id, country, language, year, education, gender in UserProfile.objects.filter(
                user_id__in=ids
            ).values_list(*columns):
                found[user_id] = Profile(
                    country=str(country or ""),
                    language=languages.get(user_id) or language or "",
                    year_of_birth=year,
                    level_of_education=education or "",
                    gender=gender or "",
                )
        return found

    def profile_fields(self) -> frozenset[str]:
        """As in the instructor dashboard's list: the site's `student_profile_download_fields`, always with the country."""
        from openedx.core.djangoapps.site_configuration import helpers

        chosen = frozenset(helpers.get_value("student_profile_download_fields", []) or SHOWN_BY_DEFAULT)
        return (chosen & SHOWN_BY_DEFAULT) | {"country"}

    def mail_choices(self, user_ids: Iterable[int], course_key: Any) -> dict[int, MailChoice]:
        """Opt-outs of the course's mail, and the notification setting. Two queries for every 500 people."""
        from lms.djangoapps.bulk_email.models import Optout

        found: dict[int, MailChoice] = {}
        for ids in batches(user_ids):
            out = set()
            if is_course(course_key):
                out = set(
                    Optout.objects.filter(course_id=course_key, user_id__in=ids).values_list("user_id", flat=True)
                )
            updates = _updates_by_email(ids)
            for user_id in ids:
                found[user_id] = MailChoice(course_mail=user_id not in out, updates_by_email=updates.get(user_id))
        return found

    def _cohort_rows(self, course_key: Any) -> Any | None:
        """The course's cohorts as a queryset; None where the course does not use them. One query."""
        from openedx.core.djangoapps.course_groups.models import CourseCohortsSettings, CourseUserGroup

        if not is_course(course_key):
            return None
        if not CourseCohortsSettings.objects.filter(course_id=course_key, is_cohorted=True).exists():
            return None
        return CourseUserGroup.objects.filter(course_id=course_key, group_type=CourseUserGroup.COHORT)


def _updates_by_email(ids: list[int]) -> dict[int, bool]:
    try:
        from openedx.core.djangoapps.notifications.models import NotificationPreference
    except ImportError:  # Teak
        return {}
    rows = NotificationPreference.objects.filter(user_id__in=ids, app="updates", type="course_updates")
    return dict(rows.values_list("user_id", "email"))
