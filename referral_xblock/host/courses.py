"""What a course looks like to an outsider, kept in the cache: the invitation page asks for it at every click."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.cache import cache
from opaque_keys.edx.keys import CourseKey

from referral_xblock.data import Course
from referral_xblock.host.cache_keys import cache_key
from referral_xblock.host.chosen import get_host

log = logging.getLogger(__name__)


def seen_course(course_key: CourseKey) -> Course | None:
    """The course, None if there is none. No query while cached (REFERRAL_COURSE_CACHE_SECONDS)."""
    key = cache_key("referral-course", course_key)
    course = cache.get(key)
    if course is None:
        course = get_host().course(course_key)
        if course is not None:
            cache.set(key, course, settings.REFERRAL_COURSE_CACHE_SECONDS)
    return course


def title_if_known(course_key: CourseKey) -> str:
    """The course's title for a preview; "" where no host is set, as in a workbench, or where it cannot say."""
    if not hasattr(settings, "REFERRAL_HOST"):
        return ""
    try:
        course = seen_course(course_key)
    except Exception:  # whatever a host of the site's own does: the preview is drawn without the title
        log.info("The title of %s is not known here.", course_key, exc_info=True)
        return ""
    return course.title if course else ""
