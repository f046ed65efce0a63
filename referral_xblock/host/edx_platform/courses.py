"""What an outsider may know of a course, from the course overview."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags

from referral_xblock.data import Course
from referral_xblock.host.edx_platform.answering import absolute, is_course, nothing, or_else
from referral_xblock.host.edx_platform.units import collected_blocks


class Courses:
    """Courses and their pictures."""

    @or_else(nothing)
    def course(self, course_key: Any) -> Course | None:
        """From the course overview: one query, and the collected blocks once for `graded`.

        A course that was never published has an overview as soon as somebody asks; a deleted one has none.
        """
        overview = _overview(course_key)
        if overview is None:
            return None
        return Course(
            key=str(course_key),
            title=overview.display_name_with_default or "",
            organisation=overview.display_org_with_default or "",
            number=overview.display_number_with_default or "",
            summary=unescape(strip_tags(overview.short_description or "")).strip(),
            language=(overview.language or "").replace("_", "-"),
            start=None if overview.start_date_is_still_default else overview.start,
            end=overview.end,
            about_url=absolute(_about_address(overview) or f"/courses/{course_key}/about"),
            home_url=absolute(_home_address(course_key) or f"/courses/{course_key}/course/"),
            picture_url=absolute(overview.course_image_url) if overview.course_image_url else "",
            open_to_public=overview.catalog_visibility in ("both", "about") and not _is_by_invitation(overview),
            graded=overview.lowest_passing_grade is not None and bool(_counts_for_a_grade(course_key)),
        )

    @or_else(nothing)
    def course_picture(self, course_key: Any) -> bytes | None:
        """From the course's own files; None where the picture is drawn in lines or lies elsewhere. One query and one file."""
        from opaque_keys import InvalidKeyError
        from xmodule.contentstore.content import StaticContent
        from xmodule.contentstore.django import contentstore

        overview = _overview(course_key)
        if overview is None or not overview.course_image_url:
            return None
        try:
            place = StaticContent.get_location_from_path(overview.course_image_url)
        except InvalidKeyError:  # the site's default picture is none of the course's files
            return None
        found = contentstore().find(place, throw_on_not_found=False) if place else None
        return found.data if found and found.content_type != "image/svg+xml" else None


def _overview(course_key: Any) -> Any | None:
    """The row; None for libraries, and for courses that are not there or cannot be read."""
    from openedx.core.djangoapps.content.course_overviews.api import get_course_overview_or_none

    return get_course_overview_or_none(course_key) if is_course(course_key) else None


@or_else(str)
def _about_address(overview: Any) -> str:
    """Where strangers read about the course: a marketing page, the catalogue, or the LMS's own page.

    A hidden course has an address too; it answers strangers with 404, so that pages name it only for open courses.
    """
    from common.djangoapps.util.course import get_link_for_about_page

    return get_link_for_about_page(overview)


@or_else(str)
def _home_address(course_key: Any) -> str:
    """The course's home in the learning micro-frontend; "" where this process does not know its address, as in Studio."""
    from openedx.features.course_experience import course_home_url

    return course_home_url(course_key) if getattr(settings, "LEARNING_MICROFRONTEND_URL", None) else ""


@or_else(lambda: True)
def _is_by_invitation(overview: Any) -> bool:
    """Whether nobody enrols alone, by the course's own setting or by the site's. Closed where that cannot be told."""
    from lms.djangoapps.courseware.toggles import course_is_invitation_only

    return bool(course_is_invitation_only(overview))


@or_else(bool)
def _counts_for_a_grade(course_key: Any) -> bool:
    """Whether any problem counts for the grade. Every course has a grading policy, also those that grade nothing."""
    blocks = collected_blocks(course_key)
    return blocks is not None and any(
        blocks.get_xblock_field(key, "graded") and blocks.get_xblock_field(key, "has_score")
        for key in blocks.get_block_keys()
    )
