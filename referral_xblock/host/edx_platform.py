"""The LMS as our host. The only file of this package that imports edx-platform, inside the function that needs it.

Names are those of the Teak line as tried in a running LMS; where a release lacks one, the verb answers empty.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from referral_xblock.data import Course, Enrolment, Person, Role, Unit

MODERATOR_ROLES = {"Administrator", "Moderator", "Community TA"}


class EdxPlatform:
    """Answers `host.interface.Host` in the LMS."""

    def course(self, course_key: Any) -> Course | None:
        """From the course overview. One query, or none while the platform caches it."""
        from common.djangoapps.util.course import get_link_for_about_page
        from openedx.core.djangoapps.content.course_overviews.api import get_course_overview_or_none

        overview = get_course_overview_or_none(course_key)
        if overview is None:
            return None
        return Course(
            key=str(course_key),
            title=overview.display_name_with_default,
            organisation=overview.display_org_with_default,
            number=overview.display_number_with_default,
            summary=overview.short_description or "",
            language=overview.language or "",
            start=overview.start,
            end=overview.end,
            about_url=get_link_for_about_page(overview),
            home_url=self._absolute(reverse("course_root", args=[str(course_key)])),
            picture_url=self._absolute(overview.course_image_url) if overview.course_image_url else "",
            open_to_public=overview.catalog_visibility != "none" and not overview.invitation_only,
            graded=bool(overview.has_any_active_web_certificate) or overview.lowest_passing_grade is not None,
        )

    def course_picture(self, course_key: Any) -> bytes | None:
        """From the course's own assets; None where the picture lies elsewhere."""
        from openedx.core.djangoapps.content.course_overviews.api import get_course_overview_or_none
        from xmodule.contentstore.content import StaticContent
        from xmodule.contentstore.django import contentstore
        from xmodule.exceptions import NotFoundError

        overview = get_course_overview_or_none(course_key)
        if overview is None or not overview.course_image_url:
            return None
        try:
            location = StaticContent.get_location_from_path(overview.course_image_url)
            return contentstore().find(location).data
        except (NotFoundError, ValueError):
            return None

    def unit(self, usage_key: Any) -> Unit | None:
        """The address that the platform itself resolves to the unit, in the learning MFE or the old courseware."""
        if usage_key is None or usage_key.course_key is None:
            return None
        path = reverse("jump_to", args=[str(usage_key.course_key), str(usage_key)])
        return Unit(usage_key=str(usage_key), title="", url=self._absolute(path))

    def block_titles(self, usage_keys: list[str]) -> dict[str, str]:
        """Titles of the units, from the module store; unknown ones are left out."""
        from opaque_keys import InvalidKeyError
        from opaque_keys.edx.keys import UsageKey
        from xmodule.modulestore.django import modulestore
        from xmodule.modulestore.exceptions import ItemNotFoundError

        titles = {}
        for text in usage_keys:
            try:
                block = modulestore().get_item(UsageKey.from_string(text))
                titles[text] = block.get_parent().display_name_with_default
            except (InvalidKeyError, ItemNotFoundError, AttributeError):
                continue
        return titles

    def join_url(self, course_key: Any, next_url: str, *, signed_in: bool) -> str:
        """Registration, or the page that only enrols; both keep the course and the way back."""
        query = urlencode({"course_id": str(course_key), "enrollment_action": "enroll", "next": next_url})
        return ("/account/finish_auth?" if signed_in else "/register?") + query

    def sign_in_url(self, next_url: str) -> str:
        return "/login?" + urlencode({"next": next_url})

    def enrolment(self, user: Any, course_key: Any) -> Enrolment | None:
        return self.enrolments([user.id], course_key).get(user.id) if user.is_authenticated else None

    def enrolments(self, user_ids: list[int], course_key: Any) -> dict[int, Enrolment]:
        from common.djangoapps.student.models import CourseEnrollment

        rows = CourseEnrollment.objects.filter(user_id__in=user_ids, course_id=course_key)
        return {
            user_id: Enrolment(active=active, created=created, mode=mode)
            for user_id, active, created, mode in rows.values_list("user_id", "is_active", "created", "mode")
        }

    def roles(self, user: Any, course_key: Any) -> frozenset[Role]:
        from common.djangoapps.student.models import CourseEnrollment
        from common.djangoapps.student.roles import CourseDataResearcherRole
        from lms.djangoapps.courseware.access import has_access
        from openedx.core.djangoapps.django_comment_common.models import Role as ForumRole

        if not user.is_authenticated or not user.is_active:
            return frozenset()
        found = set()
        if user.is_staff:
            found |= {Role.GLOBAL_STAFF, Role.COURSE_STAFF}
        if has_access(user, "staff", course_key):
            found.add(Role.COURSE_STAFF)
        if CourseDataResearcherRole(course_key).has_user(user):
            found.add(Role.DATA_RESEARCHER)
        forum_roles = set(ForumRole.objects.filter(course_id=course_key, users=user).values_list("name", flat=True))
        if forum_roles & MODERATOR_ROLES:
            found.add(Role.FORUM_MODERATOR)
        if "Group Moderator" in forum_roles:
            found.add(Role.GROUP_MODERATOR)
        if CourseEnrollment.is_enrolled(user, course_key):
            found.add(Role.LEARNER)
        return frozenset(found)

    def people(self, user_ids: list[int]) -> dict[int, Person]:
        rows = get_user_model().objects.filter(id__in=user_ids).select_related("profile")
        return {
            row.id: Person(
                id=row.id,
                username=row.username,
                name=getattr(getattr(row, "profile", None), "name", "") or "",
                email=row.email,
            )
            for row in rows
        }

    def courses_led_by(self, user: Any) -> list[str]:
        from common.djangoapps.student.models import CourseAccessRole
        from openedx.core.djangoapps.django_comment_common.models import Role as ForumRole

        led = CourseAccessRole.objects.filter(user=user, role__in=["staff", "instructor", "limited_staff"])
        moderated = ForumRole.objects.filter(users=user, name__in=MODERATOR_ROLES | {"Group Moderator"})
        keys = set(led.values_list("course_id", flat=True)) | set(moderated.values_list("course_id", flat=True))
        return sorted(str(key) for key in keys if key)

    def has_passed(self, user: Any, course_key: Any) -> bool:
        from lms.djangoapps.grades.api import CourseGradeFactory

        return bool(CourseGradeFactory().read(user, course_key=course_key).passed)

    def completion_share(self, user: Any, course_key: Any) -> float:
        from lms.djangoapps.courseware.courses import get_course_blocks_completion_summary

        summary = get_course_blocks_completion_summary(course_key, user)
        done, open_units = summary.get("complete_count", 0), summary.get("incomplete_count", 0)
        return done / (done + open_units) if done + open_units else 0.0

    def base_template(self) -> str:
        return "main_django.html"

    def signed_in_request(self) -> Any | None:
        from crum import get_current_request

        return get_current_request()

    def _absolute(self, path: str) -> str:
        return path if "://" in path else settings.LMS_ROOT_URL.rstrip("/") + path
